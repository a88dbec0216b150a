-- standing: for each unit and capability, how many members of staff meet what their role
-- asks for. Counts only, never the most likely level.
-- $1 unit code, '' for the whole trust; $2 staff group, '' for all.
WITH scope AS (
  SELECT u.unit, u.code, u.name, u.path, d.name AS division
  FROM unit u
  LEFT JOIN unit d ON d.type = 'division' AND u.path LIKE d.path || '%'
  WHERE CAST($1 AS text) = ''
     OR EXISTS (SELECT 1 FROM unit top
                WHERE top.code = CAST($1 AS text) AND u.path LIKE top.path || '%')
)
SELECT s.division,
       s.code AS unit_code,
       s.name AS unit,
       c.ident AS capability,
       c.short AS capability_name,
       count(*) AS people,
       sum(CASE WHEN l.standing = 'met' THEN 1 ELSE 0 END) AS met,
       sum(CASE WHEN l.standing = 'not-yet' THEN 1 ELSE 0 END) AS not_yet,
       sum(CASE WHEN l.standing = 'not-sure' THEN 1 ELSE 0 END) AS not_sure,
       sum(CASE WHEN l.standing IS NULL THEN 1 ELSE 0 END) AS not_measured
FROM person p
JOIN membership m ON m.person = p.person AND m.is_primary = 1
JOIN scope s ON s.unit = m.unit
JOIN catalogue c ON c.part = 'capability'
LEFT JOIN level l ON l.person = p.person AND l.capability = c.ident
WHERE p.ended = 0
  AND (CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text))
GROUP BY s.division, s.path, s.code, s.name, c.ident, c.short, c.position
ORDER BY s.division NULLS LAST, s.code, c.position, c.ident
