-- Who and what was erased, and files with which somebody signs in for the first time where no
-- trust can be reached. Times are microseconds UTC.

-- A person, or one event. `erasure` is the event that did it. What stands here is never taken
-- again, whoever sends it.
CREATE TABLE erased (
  target text PRIMARY KEY NOT NULL,
  what text NOT NULL CHECK (what IN ('person', 'event')),
  erasure text NOT NULL,
  reason text NOT NULL,
  at integer NOT NULL
);

-- The file's code is not here: its hash is. `stream` is whose first meeting has used it.
CREATE TABLE enrolment (
  id text PRIMARY KEY NOT NULL CHECK (length (id) = 36),
  person text NOT NULL,
  hash text NOT NULL CHECK (length (hash) = 64),
  issued integer NOT NULL,
  expires integer NOT NULL,
  used integer NOT NULL DEFAULT 0,
  stream text
);
