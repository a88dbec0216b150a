-- standing: for each unit and capability, how many members of staff meet what their role
-- asks for. Counts only, never the most likely level.
-- Somebody counts once, in the same place as in `competency`.
-- $1 unit code, '' for the whole trust; $2 staff group, '' for all.
WITH scope AS (
  SELECT u.unit, u.code, u.name, u.path, d.name AS division
  FROM unit u
  LEFT JOIN unit d ON d.unit = (SELECT x.unit FROM unit x
                                WHERE x.type = 'division' AND u.path LIKE x.path || '%'
                                ORDER BY length(x.path) DESC, x.unit LIMIT 1)
  WHERE CAST($1 AS text) = ''
     OR EXISTS (SELECT 1 FROM unit top
                WHERE top.code = CAST($1 AS text) AND u.path LIKE top.path || '%')
),
home AS (
  SELECT h.person, h.unit
  FROM (SELECT m.person, m.unit,
               row_number() OVER (PARTITION BY m.person
                                  ORDER BY coalesce(m.is_primary, 0) DESC, m.unit) AS place
        FROM membership m) AS h
  WHERE h.place = 1
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
JOIN home h ON h.person = p.person
JOIN scope s ON s.unit = h.unit
JOIN catalogue c ON c.part = 'capability'
LEFT JOIN level l ON l.person = p.person AND l.capability = c.ident
WHERE p.ended = 0
  AND (CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text))
GROUP BY s.division, s.path, s.code, s.name, c.ident, c.short, c.position
ORDER BY s.division NULLS LAST, s.code, c.position, c.ident
