-- The trust itself: one row.
DELETE FROM organisation;

INSERT INTO organisation (name, ods, synthetic)
SELECT e.body ->> 'name', e.body ->> 'ods', CAST(e.body ->> 'synthetic' AS integer)
  FROM live AS e
 WHERE e.kind = 'organisation'
 ORDER BY e.effective DESC, e.id DESC
 LIMIT 1;
