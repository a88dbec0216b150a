-- What was refused and is allowed since, because what gives the right to it came after it to a
-- trust that was put back. Whoever wrote it hears of it by this.

CREATE TABLE judged_again (
  id text PRIMARY KEY NOT NULL CHECK (length (id) = 36)
) WITHOUT ROWID;

CREATE INDEX event_refused ON event (received) WHERE allowed = 0;
