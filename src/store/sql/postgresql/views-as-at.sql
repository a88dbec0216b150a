-- The same two views over what a trust had received before a moment.
CREATE TEMP TABLE as_at (received_before bigint NOT NULL);

CREATE TEMP VIEW readable AS
SELECT stream, seq, id, author, subject, unit, kind, ver, at, zone,
       coalesce (body, CAST('{}' AS json)) AS body,
       received, effective, allowed, refers, person
  FROM main.event
 WHERE received < (SELECT received_before FROM as_at);

CREATE TEMP VIEW live AS
SELECT * FROM readable AS r
 WHERE allowed = 1 AND NOT EXISTS (SELECT 1 FROM retracted AS x WHERE x.target = r.id);
