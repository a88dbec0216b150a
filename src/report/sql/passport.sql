-- passport: each outcome that a current member of staff has evidence of, with the strongest.
-- $1 unit code, '' for the whole trust; $2 staff group, '' for all.
-- What a check shows is kept for its module (outcome empty) and speaks for each outcome of it.
-- Rungs: 2 known, 3 practised, 4 witnessed, 5 used at work. What people rate themselves as is
-- no evidence for others.
WITH @places,
entry AS (
  SELECT e.person, o.pack, o.ident, e.at,
         CASE e.type WHEN 'check' THEN 2 WHEN 'paper' THEN 2 WHEN 'elsewhere' THEN 2
                     WHEN 'practice' THEN 3
                     WHEN 'witnessed' THEN 4 WHEN 'signed-off' THEN 4
                     WHEN 'used' THEN 5 ELSE 0 END AS rung
  FROM evidence e
  JOIN catalogue o ON o.part = 'outcome'
   AND (o.ident = e.outcome OR (e.outcome = '' AND o.required = e.module))
),
best AS (
  SELECT n.person, n.pack, n.ident, n.rung, n.at,
         count(*) OVER (PARTITION BY n.person, n.pack, n.ident) AS entries,
         row_number() OVER (PARTITION BY n.person, n.pack, n.ident
                            ORDER BY n.rung DESC, n.at DESC) AS place
  FROM entry n
  WHERE n.rung > 0
)
SELECT p.username,
       p.name,
       coalesce(r.name, p.staff_group) AS staff_group,
       s.division,
       s.code AS unit_code,
       s.name AS unit,
       o.capability AS capability,
       c.short AS capability_name,
       o.required AS module,
       m.name AS module_name,
       o.ident AS outcome,
       o.name AS outcome_name,
       CASE b.rung WHEN 2 THEN 'known' WHEN 3 THEN 'practised' WHEN 4 THEN 'witnessed'
                   ELSE 'used at work' END AS evidence,
       b.at AS since,
       b.entries AS entries
FROM best b
JOIN person p ON p.person = b.person
JOIN home h ON h.person = p.person
JOIN scope s ON s.unit = h.unit
JOIN catalogue o ON o.part = 'outcome' AND o.pack = b.pack AND o.ident = b.ident
LEFT JOIN catalogue c ON c.part = 'capability' AND c.pack = o.pack AND c.ident = o.capability
LEFT JOIN catalogue m ON m.part = 'module' AND m.pack = o.pack AND m.ident = o.required
LEFT JOIN catalogue r ON r.part = 'role' AND r.pack = o.pack AND r.ident = p.staff_group
WHERE b.place = 1 AND p.ended = 0
  AND (CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text))
ORDER BY s.division NULLS LAST, s.code, p.username, c.position NULLS LAST, o.required, o.position,
         o.ident, o.pack
