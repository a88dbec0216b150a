-- A trust in a PostgreSQL database: who there is in it, the log with what the trust adds,
-- and what push needs. The tables for reading are derived and lie in ../derived/; who may
-- read what stands in readers.sql; hello, push and pull in sync/postgresql/.
--
-- Run by `waymarkctl trust create`, as somebody who may make roles and owns the database.
-- One trust is one database, and a cluster has one trust: roles belong to the cluster.
--
--   waymark_owner   owns schemas and tables; whoever administers the trust is a member
--   waymark_reader  owns the views and pull: reads what the policies let session_user see
--   waymark_folder  owns the folds: reads the log, writes the tables for reading
--   waymark_api     owns hello and push: adds to the log, in the name of session_user
--   waymark_tick    runs the trust's clockwork and nothing else
--   waymark_user    what every person's login is a member of: schema api and no table
--
-- None of them can sign in, and none bypasses row-level security.
DO $roles$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['waymark_owner', 'waymark_reader', 'waymark_folder', 'waymark_api',
                              'waymark_tick', 'waymark_user'] LOOP
    IF to_regrole (name) IS NULL THEN
      EXECUTE format ('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', name);
    END IF;
  END LOOP;
  GRANT waymark_reader, waymark_folder, waymark_api TO waymark_owner;
  IF NOT pg_has_role (session_user, 'waymark_owner', 'MEMBER') THEN
    EXECUTE format ('GRANT waymark_owner TO %I', session_user);
  END IF;
  -- So that the clockwork can end connections that do nothing. Not everybody may grant it.
  BEGIN
    GRANT pg_signal_backend, pg_read_all_stats TO waymark_owner;
  EXCEPTION WHEN insufficient_privilege THEN
    NULL;
  END;
  -- Nobody makes anything here but the trust itself.
  EXECUTE format ('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database ());
  EXECUTE format ('GRANT CONNECT ON DATABASE %I TO waymark_user, waymark_owner, waymark_tick',
                  current_database ());
  EXECUTE format ('GRANT CREATE, TEMPORARY ON DATABASE %I TO waymark_owner', current_database ());
  -- For what stood on a day that has gone: see as-at.sql.
  EXECUTE format ('GRANT TEMPORARY ON DATABASE %I TO waymark_folder, waymark_reader',
                  current_database ());
END
$roles$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
-- Large objects fill the disk and stand under no policy.
REVOKE EXECUTE ON FUNCTION lo_creat (integer), lo_create (oid), lo_from_bytea (oid, bytea),
  lo_open (oid, integer), lo_put (oid, bigint, bytea), lowrite (integer, bytea) FROM PUBLIC;

CREATE SCHEMA main AUTHORIZATION waymark_owner;
CREATE SCHEMA api AUTHORIZATION waymark_owner;

SET ROLE waymark_owner;
SET search_path = main;

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA main, api TO waymark_reader, waymark_folder, waymark_api;
GRANT USAGE ON SCHEMA api TO waymark_user, waymark_tick;

CREATE TABLE meta (
  key text PRIMARY KEY NOT NULL,
  value text NOT NULL
);

-- What makes an epoch known as this trust's own, even after it was lost in a restore.
CREATE TABLE secret (
  key bytea NOT NULL
);
INSERT INTO secret (key)
SELECT uuid_send (gen_random_uuid ()) || uuid_send (gen_random_uuid ());

-- Times are microseconds UTC. `xid` is the transaction that wrote the row: pull asks what a
-- snapshot sees, so nothing that commits late is passed over. `refers` is the event that a
-- retraction, or an action on a request or on feedback, points at.
CREATE TABLE event (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id (),
  stream text NOT NULL CHECK (length (stream) = 36),
  seq bigint NOT NULL CHECK (seq >= 1),
  id text NOT NULL UNIQUE CHECK (length (id) = 36),
  author text,
  subject text,
  unit text,
  kind text NOT NULL CHECK (length (kind) BETWEEN 1 AND 40),
  ver integer NOT NULL CHECK (ver >= 1),
  at bigint NOT NULL,
  zone text NOT NULL,
  salt text NOT NULL CHECK (length (salt) IN (0, 32)),
  body json,
  digest text NOT NULL CHECK (length (digest) = 64),
  chain text NOT NULL CHECK (length (chain) = 64),
  received bigint NOT NULL CHECK (received > 0),
  effective bigint NOT NULL CHECK (effective <= received),
  allowed integer NOT NULL DEFAULT 1 CHECK (allowed IN (0, 1)),
  login text,
  refers text,
  person text GENERATED ALWAYS AS (coalesce (subject, author)) STORED,
  UNIQUE (stream, seq)
);

CREATE INDEX event_person ON event (person, kind);
CREATE INDEX event_kind ON event (kind, xid, position);
CREATE INDEX event_refers ON event (refers) WHERE refers IS NOT NULL;
CREATE INDEX event_author ON event (author, xid, position);
CREATE INDEX event_subject ON event (subject, xid, position) WHERE subject IS NOT NULL;
CREATE INDEX event_unit ON event (unit, xid, position) WHERE unit IS NOT NULL;
CREATE INDEX event_xid ON event (xid, position);

-- One row a stream, locked by whoever pushes to it. `last_chain` is the chain that the
-- device claimed for its last event, whether or not that event could be read.
CREATE TABLE stream (
  stream text PRIMARY KEY NOT NULL,
  person text,
  machine text,
  last_seq bigint NOT NULL DEFAULT 0,
  last_chain text NOT NULL DEFAULT '',
  last_effective bigint NOT NULL DEFAULT 0,
  first_seen bigint NOT NULL,
  last_seen bigint NOT NULL
);

-- What cannot be read, kept as it came: it counts as received so that it blocks nothing.
CREATE TABLE quarantine (
  stream text NOT NULL,
  seq bigint NOT NULL,
  id text,
  digest text,
  chain text,
  kind text,
  at bigint,
  reason text NOT NULL,
  raw bytea NOT NULL,
  received bigint NOT NULL,
  PRIMARY KEY (stream, seq)
);

-- A place in a stream whose event came first through another stream of the same person
-- (a copied or restored device sends its tail again under a new stream).
CREATE TABLE elsewhere (
  stream text NOT NULL,
  seq bigint NOT NULL,
  id text NOT NULL,
  digest text NOT NULL,
  chain text NOT NULL,
  PRIMARY KEY (stream, seq)
);

CREATE TABLE fold_key (
  fold text NOT NULL,
  key text NOT NULL,
  folded bigint NOT NULL,
  PRIMARY KEY (fold, key)
);

-- A trust that was put back from a backup lacks the newest of these, which devices keep.
-- When that is found out one is added that is `restored`: what devices knew before it,
-- cursors above all, counts no more. What was received after `since` was lost.
CREATE TABLE epoch (
  n bigint PRIMARY KEY NOT NULL,
  nonce text NOT NULL UNIQUE,
  at bigint NOT NULL,
  restored integer NOT NULL DEFAULT 0,
  since bigint NOT NULL DEFAULT 0
);

CREATE TABLE scope_generation (
  scope text PRIMARY KEY NOT NULL,
  generation bigint NOT NULL
);

CREATE FUNCTION now_us () RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = main, pg_temp AS $$
  SELECT CAST(extract (epoch FROM clock_timestamp ()) * 1000000 AS bigint)
$$;

CREATE FUNCTION mark (said text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT left (encode (sha256 (key || convert_to (said, 'UTF8') || key), 'hex'), 32) FROM secret
$$;

-- An epoch's nonce is when it began, something random, and the mark of both.

CREATE FUNCTION new_epoch (is_restored integer) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  INSERT INTO epoch (n, nonce, at, restored, since)
  SELECT x.n, x.random || mark (x.n || ':' || x.random), x.now, is_restored,
         CASE is_restored WHEN 1 THEN coalesce ((SELECT max (received) FROM event), 0) ELSE 0 END
    FROM (SELECT coalesce ((SELECT max (e.n) FROM epoch AS e), 0) + 1 AS n, t.now,
                 lpad (to_hex (t.now), 16, '0')
                 || right (replace (CAST(gen_random_uuid () AS text), '-', ''), 16) AS random
            FROM (SELECT now_us () AS now) AS t) AS x
  ON CONFLICT DO NOTHING
$$;

-- After a dump was read into another cluster: there transactions are counted anew, so all
-- that came over becomes of this one, and every device learns that it must look again.
CREATE FUNCTION after_restore () RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  UPDATE event SET xid = pg_current_xact_id ();
  SELECT new_epoch (1);
$$;

-- Whether an epoch was made here, though the row is gone: nobody can invent one.
CREATE FUNCTION was_our_epoch (known text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
BEGIN
  RETURN known ~ '^[0-9]{1,18}-[0-9a-f]{64}$'
         AND mark (split_part (known, '-', 1) || ':' || left (split_part (known, '-', 2), 32))
             = right (split_part (known, '-', 2), 32);
END
$$;

CREATE FUNCTION began (known text) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = main, pg_temp AS $$
  SELECT CAST(CAST('x' || left (split_part (known, '-', 2), 16) AS bit(64)) AS bigint)
$$;

-- Whose a login is. Names of roles can be listed by everybody, so they say nothing.
-- Disabled 1: closed by somebody; 2: its person has left, and may come back.
CREATE TABLE login (
  login text PRIMARY KEY NOT NULL,
  person text NOT NULL,
  disabled integer NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1, 2))
);
CREATE INDEX login_person ON login (person);

-- What the program knows and the functions need, written anew by each upgrade: which fold
-- an event touches by which key, the kinds with their fields, who may write what.
CREATE TABLE touch (
  position integer NOT NULL,
  fold text NOT NULL,
  kind text NOT NULL,
  key text NOT NULL CHECK (key IN ('trust', 'person', 'author', 'id', 'refers')),
  -- 1: only for an event that comes after what points at it
  late integer NOT NULL
);

CREATE TABLE kind (
  kind text PRIMARY KEY NOT NULL,
  ver integer NOT NULL
);

CREATE TABLE kind_field (
  kind text NOT NULL,
  field text NOT NULL,
  type text NOT NULL CHECK (type IN ('text', 'integer', 'decimal', 'boolean')),
  optional integer NOT NULL,
  choices text,
  least double precision,
  most double precision,
  PRIMARY KEY (kind, field)
);

CREATE TABLE authority (
  kind text NOT NULL,
  who text NOT NULL,
  PRIMARY KEY (kind, who)
);

-- Row-level security on everything that is about somebody, owner included: each role has
-- the policies below or none.
DO $security$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['event', 'stream', 'quarantine', 'elsewhere', 'login', 'secret'] LOOP
    EXECUTE format ('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format ('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format ('CREATE POLICY owner ON %I TO waymark_owner USING (true) WITH CHECK (true)', name);
  END LOOP;
END
$security$;

GRANT SELECT ON meta, kind, kind_field, authority, epoch, scope_generation TO waymark_api,
  waymark_folder, waymark_reader;
GRANT SELECT ON touch, login, event TO waymark_folder;
GRANT SELECT, INSERT, UPDATE ON fold_key, scope_generation TO waymark_folder;
CREATE POLICY folder ON event FOR SELECT TO waymark_folder USING (true);
CREATE POLICY folder ON login FOR SELECT TO waymark_folder USING (true);

GRANT EXECUTE ON FUNCTION now_us (), new_epoch (integer), mark (text), was_our_epoch (text),
  began (text) TO waymark_api;
GRANT EXECUTE ON FUNCTION was_our_epoch (text), began (text) TO waymark_reader;
GRANT EXECUTE ON FUNCTION now_us () TO waymark_folder;
GRANT SELECT, INSERT, UPDATE ON stream TO waymark_api;
GRANT SELECT, INSERT ON quarantine, elsewhere TO waymark_api;
-- Position, xid and person are not for anybody to say.
GRANT INSERT (stream, seq, id, author, subject, unit, kind, ver, at, zone, salt, body, digest,
              chain, received, effective, allowed, login, refers) ON event TO waymark_api;
GRANT SELECT ON event TO waymark_api, waymark_reader;

RESET search_path;
RESET ROLE;
