-- standing: for each unit and capability, how many members of staff meet what their role
-- asks for. Counts only, never the most likely level.
-- $1 unit code, '' for the whole trust; $2 staff group, '' for all.
WITH @places,
@judged
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
JOIN home h ON h.person = p.person
JOIN scope s ON s.unit = h.unit
JOIN catalogue c ON c.part = 'capability'
LEFT JOIN judged l ON l.person = p.person AND l.capability = c.ident
WHERE p.ended = 0
  AND (CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text))
GROUP BY s.division, s.path, s.code, s.name, c.ident, c.short, c.position
ORDER BY s.division NULLS LAST, s.code, c.position, c.ident
