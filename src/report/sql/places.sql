-- Where people are, for the WITH of reports (way_report_expand_sql).
-- $1 unit code, '' for the whole trust.
-- Somebody counts once, in one place: the primary one, or where there is none or more than one,
-- the first. The tables are those of "as at": what the trust had received by the end of that day.
scope AS (
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
