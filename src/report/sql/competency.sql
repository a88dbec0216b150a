-- competency: each member of staff on each capability.
-- $1 unit code, '' for the whole trust; $2 staff group, '' for all.
WITH @places,
@judged,
shown AS (
  SELECT e.person, m.capability, count(DISTINCT e.outcome) AS outcomes, max(e.at) AS last
  FROM evidence e
  JOIN catalogue m ON m.part = 'module' AND m.ident = e.module
  GROUP BY e.person, m.capability
),
learnt AS (
  SELECT g.person, m.capability, count(*) AS modules
  FROM progress g
  JOIN catalogue m ON m.part = 'module' AND m.ident = g.module
  WHERE g.state IN ('checked', 'done')
  GROUP BY g.person, m.capability
),
likely AS (
  SELECT l.person, l.capability, l.required, l.p_required, l.standing, l.provisional, l.items,
         l.at, l.received,
         CASE WHEN l.p1 >= l.p2 AND l.p1 >= l.p3 AND l.p1 >= l.p4 THEN 1
              WHEN l.p2 >= l.p3 AND l.p2 >= l.p4 THEN 2
              WHEN l.p3 >= l.p4 THEN 3
              ELSE 4 END AS level,
         CASE WHEN l.p1 >= l.p2 AND l.p1 >= l.p3 AND l.p1 >= l.p4 THEN l.p1
              WHEN l.p2 >= l.p3 AND l.p2 >= l.p4 THEN l.p2
              WHEN l.p3 >= l.p4 THEN l.p3
              ELSE l.p4 END AS p_level
  FROM judged l
)
SELECT p.username,
       p.name,
       coalesce(r.name, p.staff_group) AS staff_group,
       s.division,
       s.code AS unit_code,
       s.name AS unit,
       c.ident AS capability,
       c.short AS capability_name,
       n.name AS level,
       k.p_level AS level_probability,
       q.name AS required,
       k.p_required AS required_probability,
       CASE k.standing WHEN 'met' THEN 'met'
                       WHEN 'not-yet' THEN 'not yet'
                       WHEN 'not-sure' THEN 'not sure yet'
                       ELSE 'not measured' END AS requirement,
       CASE k.provisional WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS provisional,
       k.items AS questions,
       k.at AS measured,
       k.received AS received,
       coalesce(x.outcomes, 0) AS outcomes_shown,
       coalesce(t.modules, 0) AS modules_finished,
       x.last AS last_evidence
FROM person p
JOIN home h ON h.person = p.person
JOIN scope s ON s.unit = h.unit
JOIN catalogue c ON c.part = 'capability'
LEFT JOIN likely k ON k.person = p.person AND k.capability = c.ident
LEFT JOIN catalogue n ON n.part = 'level' AND n.level = k.level AND n.pack = c.pack
LEFT JOIN catalogue r ON r.part = 'role' AND r.ident = p.staff_group AND r.pack = c.pack
LEFT JOIN asked a ON a.capability = c.ident AND a.staff_group = coalesce(p.staff_group, '')
 AND a.job = coalesce(p.job, '')
LEFT JOIN catalogue q ON q.part = 'level' AND q.pack = c.pack
 AND q.level = coalesce(k.required, a.level, 2)
LEFT JOIN shown x ON x.person = p.person AND x.capability = c.ident
LEFT JOIN learnt t ON t.person = p.person AND t.capability = c.ident
WHERE p.ended = 0
  AND (CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text))
ORDER BY s.division NULLS LAST, s.code, p.username, c.position, c.ident
