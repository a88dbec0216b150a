-- A person's store on a device: the log, which pulled event belongs to which scope, and
-- what sync remembers. Everything else is derived into TEMP tables when it is opened.
-- Times are microseconds UTC. `received` is 0 until the trust has the event; until then
-- `effective` is the claimed time, moved to come after the stream's previous event.
-- `refers` is the event that a retraction, or an action on a request or on feedback, points at.

CREATE TABLE meta (
  key text PRIMARY KEY NOT NULL,
  value text NOT NULL
);

CREATE TABLE event (
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
  received integer NOT NULL DEFAULT 0 CHECK (received >= 0),
  effective integer NOT NULL,
  allowed integer NOT NULL DEFAULT 1 CHECK (allowed IN (0, 1)),
  refers text,
  person text GENERATED ALWAYS AS (coalesce (subject, author)) STORED,
  PRIMARY KEY (stream, seq)
);

CREATE INDEX event_kind ON event (kind, person);
CREATE INDEX event_refers ON event (refers) WHERE refers IS NOT NULL;

-- An event that came from elsewhere lies here once for each scope that brought it.
CREATE TABLE event_scope (
  scope text NOT NULL,
  stream text NOT NULL,
  seq integer NOT NULL,
  PRIMARY KEY (scope, stream, seq)
);

CREATE TABLE scope (
  scope text PRIMARY KEY NOT NULL,
  generation integer NOT NULL,
  cursor text NOT NULL
);
