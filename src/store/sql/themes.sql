-- What people need help with, month by month, over the year up to the newest of it: the rest of a
-- WITH whose last part is moment (what, theme, at, people, minutes). For the report "help-themes"
-- (way_report_expand_sql) and for the design office, who may not read what is counted
-- (api.help_themes_v1 ()).
-- Months of England: in summer an hour ahead of UTC, which at the ends of a month is from the
-- first of April to the first of October. Days since 1970 become months since the year 0 by the
-- calendar of 400 years that begin in March.
day (day) AS (
  SELECT m.at / 86400000000 FROM moment m
  UNION
  SELECT (m.at + 3600000000) / 86400000000 FROM moment m
),
era (day, era, place) AS (
  SELECT d.day, (d.day + 719468) / 146097, (d.day + 719468) % 146097 FROM day d
),
year (day, year, place) AS (
  SELECT e.day,
         e.era * 400 + (e.place - e.place / 1460 + e.place / 36524 - e.place / 146096) / 365,
         e.place - 365 * ((e.place - e.place / 1460 + e.place / 36524 - e.place / 146096) / 365)
         - (e.place - e.place / 1460 + e.place / 36524 - e.place / 146096) / 365 / 4
         + (e.place - e.place / 1460 + e.place / 36524 - e.place / 146096) / 365 / 100
  FROM era e
),
month (day, month) AS (
  SELECT y.day, y.year * 12 + (5 * y.place + 2) / 153 + 2 FROM year y
),
dated (what, theme, people, minutes, month) AS (
  SELECT m.what, m.theme, m.people, m.minutes,
         CASE WHEN b.month % 12 BETWEEN 3 AND 9 THEN b.month ELSE a.month END
  FROM moment m
  JOIN month a ON a.day = m.at / 86400000000
  JOIN month b ON b.day = (m.at + 3600000000) / 86400000000
),
back (n) AS (
  VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11)
),
shown (month) AS (
  SELECT (SELECT max(d.month) FROM dated d) - b.n FROM back b
),
counted (month, theme, asked, logged, people, minutes) AS (
  SELECT d.month, d.theme,
         sum(CASE d.what WHEN 'asked' THEN 1 ELSE 0 END),
         sum(CASE d.what WHEN 'logged' THEN 1 ELSE 0 END),
         sum(CASE d.what WHEN 'logged' THEN d.people ELSE 0 END),
         sum(d.minutes)
  FROM dated d
  WHERE d.month IN (SELECT s.month FROM shown s)
  GROUP BY d.month, d.theme
),
-- The year of a theme, unless all months but one are shown: it would tell that one.
whole (theme, asked, logged, people, minutes, asked_hidden, logged_hidden) AS (
  SELECT c.theme, CAST(sum(c.asked) AS bigint), CAST(sum(c.logged) AS bigint),
         CAST(sum(c.people) AS bigint), CAST(sum(c.minutes) AS bigint),
         12 - sum(CASE WHEN c.asked >= 8 THEN 1 ELSE 0 END),
         12 - sum(CASE WHEN c.logged >= 8 THEN 1 ELSE 0 END)
  FROM counted c
  GROUP BY c.theme
  HAVING sum(c.asked) >= 8 OR sum(c.logged) >= 8
),
figure (month, theme, asked, logged, people, minutes) AS (
  SELECT s.month, w.theme,
         CASE WHEN c.asked >= 8 THEN c.asked END,
         CASE WHEN c.logged >= 8 THEN c.logged END,
         CASE WHEN c.logged >= 8 THEN c.people END,
         CASE WHEN c.logged >= 8 THEN c.minutes END
  FROM shown s
  CROSS JOIN whole w
  LEFT JOIN counted c ON c.month = s.month AND c.theme = w.theme
  UNION ALL
  SELECT NULL, w.theme,
         CASE WHEN w.asked >= 8 AND w.asked_hidden <> 1 THEN w.asked END,
         CASE WHEN w.logged >= 8 AND w.logged_hidden <> 1 THEN w.logged END,
         CASE WHEN w.logged >= 8 AND w.logged_hidden <> 1 THEN w.people END,
         CASE WHEN w.logged >= 8 AND w.logged_hidden <> 1 THEN w.minutes END
  FROM whole w
)
SELECT CAST(f.month / 12 AS text) || CASE WHEN f.month % 12 < 9 THEN '-0' ELSE '-' END
       || CAST(f.month % 12 + 1 AS text) AS month,
       f.theme, f.asked, f.logged, f.people, f.minutes
FROM figure f
ORDER BY f.month NULLS LAST, f.theme
