-- What was refused and is allowed since, because what gives the right to it came after it to a
-- trust that was put back. Whoever wrote it hears of it by this.
SET ROLE waymark_owner;
SET search_path = main;

CREATE TABLE judged_again (
  id text PRIMARY KEY NOT NULL CHECK (length (id) = 36)
);

CREATE INDEX event_refused ON event (received) WHERE allowed = 0;

ALTER TABLE judged_again ENABLE ROW LEVEL SECURITY;
ALTER TABLE judged_again FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON judged_again TO waymark_owner USING (true) WITH CHECK (true);
-- Pull asks it of events that their reader may see.
GRANT SELECT ON judged_again TO waymark_reader;
CREATE POLICY reader ON judged_again FOR SELECT TO waymark_reader USING (true);

RESET search_path;
RESET ROLE;
