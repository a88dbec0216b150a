-- The same two views on a device, where bodies lie sealed.
CREATE TEMP VIEW readable AS
SELECT stream, seq, id, author, subject, unit, kind, ver, at, zone,
       CASE body WHEN '' THEN '{}' ELSE way_open (body) END AS body,
       received, effective, allowed, refers, person
  FROM main.event;

CREATE TEMP VIEW live AS
SELECT * FROM readable AS r
 WHERE allowed = 1 AND NOT EXISTS (SELECT 1 FROM retracted AS x WHERE x.target = r.id);
