#!/usr/bin/env python3
# check-both-engines.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the SQL of the tables for reading on PostgreSQL over the log of an SQLite trust, and
compares what the two engines make of it; then the SQL of the reports. Arguments: the
program that writes such a trust, the folder of the SQL, and that of the reports."""

import csv
import glob
import io
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

SCHEMA = """
CREATE TABLE event (
  stream text, seq bigint, id text, author text, subject text, unit text, kind text, ver integer,
  at bigint, zone text, body json, received bigint, effective bigint, allowed integer,
  refers text, person text);
CREATE VIEW readable AS SELECT * FROM event;
"""
LIVE = """
CREATE VIEW live AS
SELECT * FROM readable AS r
 WHERE allowed = 1 AND NOT EXISTS (SELECT 1 FROM retracted AS x WHERE x.target = r.id);
"""
COLUMNS = ("stream, seq, id, author, subject, unit, kind, ver, at, zone, body, received, effective,"
           " allowed, refers, person")


class Cluster:
    """A PostgreSQL of its own in a temporary folder, on a socket there."""

    def __init__(self):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not found:
            sys.exit("Bail out! There is no PostgreSQL: apt-get install postgresql-15")
        self.bin = found[-1]
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wpg."))
        self.prefix = []
        if os.geteuid() == 0:
            self.prefix = ["setpriv", "--pdeathsig", "INT", "--reuid=postgres", "--regid=postgres",
                           "--init-groups", "env", "-i", f"PATH={self.bin}:/usr/bin:/bin",
                           "LC_ALL=C.UTF-8"]
            shutil.chown(self.folder, "postgres")
        data = self.folder / "data"
        self.run("initdb", "--no-sync", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8",
                 "--locale=C")
        self.server = subprocess.Popen(
            [*self.prefix, f"{self.bin}/postgres", "-D", data, "-k", self.folder, "-c",
             "listen_addresses=", "-c", "fsync=off"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(500):
            ready = subprocess.run([f"{self.bin}/pg_isready", "-q", "-h", self.folder], check=False)
            if ready.returncode == 0:
                return
            time.sleep(0.02)
        self.close()
        sys.exit("Bail out! PostgreSQL does not start")

    def run(self, program, *arguments):
        done = subprocess.run([*self.prefix, f"{self.bin}/{program}", *map(str, arguments)],
                              capture_output=True, text=True, check=False, cwd="/")
        if done.returncode != 0:
            self.close()
            sys.exit(f"Bail out! {program}: {done.stderr}")
        return done.stdout

    def sql(self, text):
        done = subprocess.run(
            [f"{self.bin}/psql", "-X", "-q", "-h", self.folder, "-U", "postgres", "-v",
             "ON_ERROR_STOP=1", "--csv", "-t", "-P", "null=\\N"],
            input=text, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout

    def close(self):
        if hasattr(self, "server"):
            self.server.send_signal(signal.SIGINT)
            self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def quote(value):
    return "'" + str(value).replace("'", "''") + "'"


def copy_line(row):
    cells = []
    for value in row:
        if value is None:
            cells.append("\\N")
        else:
            cells.append(str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"))
    return "\t".join(cells)


def same(value):
    """One form for what both engines say."""
    if value is None or value == "\\N":
        return None
    try:
        return float(value)
    except ValueError:
        return str(value)


def main():
    program, folder, reports = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    derived = folder / "derived"
    with tempfile.TemporaryDirectory() as temporary:
        path = f"{temporary}/trust.db"
        made = [program, path]
        if pathlib.Path(program).name == "waymarkctl":
            made = [program, "demo", "--trust", f"sqlite:{path}", "--people", "40", "--seed", "3"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        trust = sqlite3.connect(path)
        cluster = Cluster()
        try:
            failed = compare(trust, cluster, derived, sorted(
                path for path in reports.glob("*.sql") if path.stem not in ("places", "judged")))
        finally:
            cluster.close()
    sys.exit(1 if failed else 0)


def compare(trust, cluster, derived, reports):
    tables = re.findall(r"CREATE TABLE (\w+)", (derived / "tables.sql").read_text())
    rows = trust.execute(f"SELECT {COLUMNS} FROM event ORDER BY position").fetchall()
    script = [SCHEMA, (derived / "tables.sql").read_text(), LIVE,
              f"COPY event ({COLUMNS}) FROM STDIN;"]
    script += [copy_line(row) for row in rows]
    script.append("\\.\n")
    cluster.sql("\n".join(script))

    keys = trust.execute("SELECT fold, key FROM fold_key ORDER BY fold, key").fetchall()
    print(f"1..{len(tables) + len(reports)}")
    print(f"# {len(rows)} events, {len(keys)} keys")
    first = ["retracted", "attempt", "level_history", "champion"]
    order = first + [t for t in tables if t not in first]
    failed = False
    for number, table in enumerate(order, 1):
        text = (derived / f"{table}.sql").read_text()
        script = ["BEGIN;"]
        for fold, key in keys:
            if fold == table:
                script.append(text.replace("$1", quote(key)))
        script.append("COMMIT;")
        try:
            cluster.sql("\n".join(script))
            there = csv.reader(io.StringIO(cluster.sql(f"SELECT * FROM {table};")))
            there = sorted([repr([same(v) for v in row]) for row in there])
        except RuntimeError as error:
            there = [str(error)]
        here = sorted(repr([same(v) for v in row])
                      for row in trust.execute(f"SELECT * FROM {table}"))
        failed |= tell(number, table, here, there)

    for number, path in enumerate(reports, len(tables) + 1):
        # As way_report_expand_sql() does.
        text = re.sub(r"@(\w+)", lambda part: next(
            (place / f"{part[1]}.sql").read_text() for place in (path.parent, derived.parent)
            if (place / f"{part[1]}.sql").exists()), path.read_text())
        text = text.replace("$1", "''").replace("$2", "''")
        try:
            there = csv.reader(io.StringIO(cluster.sql(text + ";")))
            there = [repr([same(v) for v in row]) for row in there]
        except RuntimeError as error:
            there = [str(error)]
        here = [repr([same(v) for v in row]) for row in trust.execute(text)]
        # In the same order, too.
        failed |= tell(number, path.stem, here, there)
    return failed


def tell(number, name, here, there):
    is_same = here == there
    print(f"{'ok' if is_same else 'not ok'} {number} /store/both-engines/{name}"
          f" # {len(here)} rows")
    if not is_same:
        for side, lines, other in (("SQLite", here, there), ("PostgreSQL", there, here)):
            for line in [x for x in lines if x not in other][:3]:
                print(f"# only {side}: {line[:600]}")
    return not is_same


if __name__ == "__main__":
    main()
