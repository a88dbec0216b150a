-- Read by every fold and report: events with their bodies open, and those that count.
CREATE VIEW readable AS
SELECT stream, seq, id, author, subject, unit, kind, ver, at, zone,
       CASE body WHEN '' THEN '{}' ELSE body END AS body,
       received, effective, allowed, refers, person
  FROM event;

CREATE VIEW live AS
SELECT * FROM readable AS r
 WHERE allowed = 1 AND NOT EXISTS (SELECT 1 FROM retracted AS x WHERE x.target = r.id);
