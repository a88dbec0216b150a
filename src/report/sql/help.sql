-- help: how soon who asks is answered, for the whole trust and for each unit, over the year up to
-- the newest question. The middle one of all times; of fewer than 8 nothing is said.
-- $1 unit code, '' for the whole trust; $2 staff group, '' for all.
WITH @places,
asked (request, unit, accepted, answered) AS (
  SELECT h.request, s.unit,
         CASE WHEN h.accepted < h.asked THEN 0 ELSE h.accepted - h.asked END,
         CASE WHEN h.answered < h.asked THEN 0 ELSE h.answered - h.asked END
  FROM help h
  JOIN scope s ON s.unit = h.unit
  LEFT JOIN person p ON p.person = h.person
  WHERE h.asked > (SELECT max(x.asked) FROM help x) - 31536000000000
    AND (CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text))
),
-- The whole of it counts as a unit without a name.
counted (request, unit, accepted, answered) AS (
  SELECT a.request, a.unit, a.accepted, a.answered FROM asked a
  UNION ALL
  SELECT a.request, '', a.accepted, a.answered FROM asked a
),
timed (unit, what, took, place, n) AS (
  SELECT e.unit, 'accepted', e.accepted,
         row_number() OVER (PARTITION BY e.unit ORDER BY e.accepted, e.request),
         count(*) OVER (PARTITION BY e.unit)
  FROM counted e WHERE e.accepted IS NOT NULL
  UNION ALL
  SELECT e.unit, 'answered', e.answered,
         row_number() OVER (PARTITION BY e.unit ORDER BY e.answered, e.request),
         count(*) OVER (PARTITION BY e.unit)
  FROM counted e WHERE e.answered IS NOT NULL
),
middle (unit, what, n, minutes) AS (
  SELECT t.unit, t.what, t.n, CAST(sum(t.took) AS bigint) / (count(*) * 60000000)
  FROM timed t
  WHERE t.place IN ((t.n + 1) / 2, (t.n + 2) / 2) AND t.n >= 8
  GROUP BY t.unit, t.what, t.n
),
-- The whole of it stands there where nobody has asked, too.
listed (unit) AS (
  SELECT CAST('' AS text)
  UNION
  SELECT a.unit FROM asked a
)
SELECT s.division,
       s.code AS unit_code,
       s.name AS unit,
       CASE WHEN count(c.request) >= 8 THEN count(c.request) END AS asked,
       (SELECT m.n FROM middle m WHERE m.unit = e.unit AND m.what = 'accepted') AS accepted,
       (SELECT m.minutes FROM middle m WHERE m.unit = e.unit AND m.what = 'accepted') AS to_accept,
       (SELECT m.n FROM middle m WHERE m.unit = e.unit AND m.what = 'answered') AS answered,
       (SELECT m.minutes FROM middle m WHERE m.unit = e.unit AND m.what = 'answered') AS to_answer
FROM listed e
LEFT JOIN counted c ON c.unit = e.unit
LEFT JOIN scope s ON s.unit = e.unit
GROUP BY e.unit, s.division, s.code, s.name
ORDER BY CASE e.unit WHEN '' THEN 0 ELSE 1 END, s.division NULLS LAST, s.code NULLS LAST, e.unit
