-- A trust in an SQLite file: the log with what the trust adds to it, and what push needs.
-- The tables for reading are derived and lie in derived/.
-- Times are microseconds UTC. `position` is taken inside the inserting transaction; there
-- is one writer at a time, so its order is the order of commits. `refers` is the event that a
-- retraction, or an action on a request or on feedback, points at.

CREATE TABLE meta (
  key text PRIMARY KEY NOT NULL,
  value text NOT NULL
);

CREATE TABLE event (
  position integer PRIMARY KEY AUTOINCREMENT,
  stream text NOT NULL CHECK (length (stream) = 36),
  seq integer NOT NULL CHECK (seq >= 1),
  id text NOT NULL UNIQUE CHECK (length (id) = 36),
  author text,
  subject text,
  unit text,
  kind text NOT NULL CHECK (length (kind) BETWEEN 1 AND 40),
  ver integer NOT NULL CHECK (ver >= 1),
  at integer NOT NULL,
  zone text NOT NULL,
  salt text NOT NULL CHECK (length (salt) IN (0, 32)),
  body text NOT NULL,
  digest text NOT NULL CHECK (length (digest) = 64),
  chain text NOT NULL CHECK (length (chain) = 64),
  received integer NOT NULL CHECK (received > 0),
  effective integer NOT NULL CHECK (effective <= received),
  allowed integer NOT NULL DEFAULT 1 CHECK (allowed IN (0, 1)),
  login text,
  refers text,
  person text GENERATED ALWAYS AS (coalesce (subject, author)) STORED,
  UNIQUE (stream, seq)
);

CREATE INDEX event_person ON event (person, kind);
-- For whoever pulls: these end in the position, as every index does.
CREATE INDEX event_author ON event (author);
CREATE INDEX event_subject ON event (subject) WHERE subject IS NOT NULL;
CREATE INDEX event_unit ON event (unit) WHERE unit IS NOT NULL;
CREATE INDEX event_kind ON event (kind);
CREATE INDEX event_refers ON event (refers) WHERE refers IS NOT NULL;

-- One row a stream, locked by whoever pushes to it. `last_chain` is the chain that the
-- device claimed for its last event, whether or not that event could be read.
CREATE TABLE stream (
  stream text PRIMARY KEY NOT NULL,
  person text,
  machine text,
  last_seq integer NOT NULL DEFAULT 0,
  last_chain text NOT NULL DEFAULT '',
  last_effective integer NOT NULL DEFAULT 0,
  first_seen integer NOT NULL,
  last_seen integer NOT NULL
);

-- What cannot be read, kept as it came: it counts as received so that it blocks nothing.
CREATE TABLE quarantine (
  stream text NOT NULL,
  seq integer NOT NULL,
  id text,
  digest text,
  chain text,
  kind text,
  at integer,
  reason text NOT NULL,
  raw text NOT NULL,
  received integer NOT NULL,
  PRIMARY KEY (stream, seq)
);

-- A place in a stream whose event came first through another stream of the same person
-- (a copied or restored device sends its tail again under a new stream).
CREATE TABLE elsewhere (
  stream text NOT NULL,
  seq integer NOT NULL,
  id text NOT NULL,
  digest text NOT NULL,
  chain text NOT NULL,
  PRIMARY KEY (stream, seq)
);

CREATE TABLE fold_key (
  fold text NOT NULL,
  key text NOT NULL,
  folded integer NOT NULL,
  PRIMARY KEY (fold, key)
);

-- A trust that was put back from a backup lacks the newest of these, which devices keep.
-- When that is found out one is added that is `restored`: what devices knew before it,
-- cursors above all, counts no more.
CREATE TABLE epoch (
  n integer PRIMARY KEY NOT NULL,
  nonce text NOT NULL UNIQUE,
  at integer NOT NULL,
  restored integer NOT NULL DEFAULT 0
);

CREATE TABLE scope_generation (
  scope text PRIMARY KEY NOT NULL,
  generation integer NOT NULL
);
