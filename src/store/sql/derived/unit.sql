-- The places of the trust, all of them: where one lies depends on those above it.
DELETE FROM unit;

INSERT INTO unit (unit, code, name, type, parent, path)
WITH RECURSIVE
newest (unit, code, name, type, parent, age) AS (
  SELECT e.body ->> 'place', e.body ->> 'code', e.body ->> 'name', e.body ->> 'type',
         e.body ->> 'parent',
         row_number () OVER (PARTITION BY e.body ->> 'place' ORDER BY e.effective DESC, e.id DESC)
    FROM live AS e
   WHERE e.kind = 'place' AND e.body ->> 'place' IS NOT NULL
),
place (unit, code, name, type, parent) AS (
  SELECT unit, code, name, type, parent FROM newest WHERE age = 1
),
tree (unit, path, depth) AS (
  SELECT p.unit, '/' || p.unit || '/', 1
    FROM place AS p
   WHERE p.parent IS NULL OR NOT EXISTS (SELECT 1 FROM place AS q WHERE q.unit = p.parent)
  UNION ALL
  SELECT p.unit, t.path || p.unit || '/', t.depth + 1
    FROM tree AS t
    JOIN place AS p ON p.parent = t.unit
   WHERE t.depth < 16
)
SELECT p.unit, p.code, p.name, p.type, p.parent, coalesce (t.path, '/' || p.unit || '/')
  FROM place AS p
  LEFT JOIN tree AS t ON t.unit = p.unit;
