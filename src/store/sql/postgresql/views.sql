-- Read by every fold: events with their bodies, and those that count.
CREATE VIEW readable AS
SELECT stream, seq, id, author, subject, unit, kind, ver, at, zone,
       coalesce (body, CAST('{}' AS json)) AS body,
       received, effective, allowed, refers, person
  FROM event;

CREATE VIEW live AS
SELECT * FROM readable AS r
 WHERE allowed = 1 AND NOT EXISTS (SELECT 1 FROM retracted AS x WHERE x.target = r.id);

-- With the rights of whoever reads them: the folds, and whoever administers.
ALTER VIEW readable SET (security_invoker = true);
ALTER VIEW live SET (security_invoker = true);
GRANT SELECT ON readable, live TO waymark_folder;
