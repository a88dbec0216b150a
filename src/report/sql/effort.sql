-- effort: what champions gave in a year, and what changed for the people of the same places, in the
-- whole trust and in each unit with everything below it. The year ends with the newest of either.
-- Sums; what may be said of them, and how sure that is, way-effort.c works out.
-- $1 unit code, '' for the whole trust; $2 staff group, '' for all.
WITH @places,
newest (at) AS (
  SELECT max(x.at)
  FROM (SELECT max(g.at) AS at FROM help_given g
        UNION ALL
        SELECT max(l.at) FROM level_history l) AS x
),
begun (at) AS (
  SELECT n.at - 31536000000000 FROM newest n
),
-- What lies in what; the whole of it is a unit without a name, and so is what is in none.
reach (unit, top) AS (
  SELECT s.unit, t.unit FROM scope s JOIN scope t ON s.path LIKE t.path || '%'
  UNION ALL
  SELECT s.unit, '' FROM scope s
  UNION ALL
  SELECT '', '' WHERE CAST($1 AS text) = ''
),
given (unit, contacts, helped, minutes) AS (
  SELECT coalesce(g.unit, ''), count(*), sum(g.people), sum(g.minutes)
  FROM help_given g
  JOIN begun b ON g.at > b.at
  LEFT JOIN person p ON p.person = g.champion
  WHERE CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text)
  GROUP BY coalesce(g.unit, '')
),
giving (unit, champions) AS (
  SELECT coalesce(c.unit, ''), count(DISTINCT c.person)
  FROM champion c
  JOIN person p ON p.person = c.person AND p.ended = 0
  WHERE c.state = 'active' AND (CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text))
  GROUP BY coalesce(c.unit, '')
),
-- Each person's last result of the year beside the last one before it, or else the first in it.
result (person, capability, mean, inside, early, late) AS (
  SELECT l.person, l.capability, l.mean, CASE WHEN l.at > b.at THEN 1 ELSE 0 END,
         row_number() OVER (PARTITION BY l.person, l.capability,
                                         CASE WHEN l.at > b.at THEN 1 ELSE 0 END
                            ORDER BY l.at, l.attempt),
         row_number() OVER (PARTITION BY l.person, l.capability,
                                         CASE WHEN l.at > b.at THEN 1 ELSE 0 END
                            ORDER BY l.at DESC, l.attempt DESC)
  FROM level_history l
  CROSS JOIN begun b
  WHERE l.mean IS NOT NULL
),
pair (person, before, after) AS (
  SELECT x.person,
         coalesce(max(CASE WHEN x.inside = 0 AND x.late = 1 THEN x.mean END),
                  max(CASE WHEN x.inside = 1 AND x.early = 1 AND x.late > 1 THEN x.mean END)),
         max(CASE WHEN x.inside = 1 AND x.late = 1 THEN x.mean END)
  FROM result x
  GROUP BY x.person, x.capability
),
-- In millionths of a level, whole ones, so that both engines have the same sum in any order: what
-- a cast makes of a half and of what is below zero is not the same.
mean (person, gain) AS (
  SELECT q.person, avg(q.after - q.before) * 1000000 + 0.5
  FROM pair q
  WHERE q.before IS NOT NULL AND q.after IS NOT NULL
  GROUP BY q.person
),
gain (person, gain) AS (
  SELECT m.person,
         CAST(m.gain AS bigint) - CASE WHEN CAST(m.gain AS bigint) > m.gain THEN 1 ELSE 0 END
  FROM mean m
),
desk (person, modules) AS (
  SELECT v.person, count(DISTINCT v.module)
  FROM evidence v
  JOIN begun b ON v.at > b.at
  WHERE v.type = 'practice'
  GROUP BY v.person
),
staff (unit, people, measured, gain, squares, practised) AS (
  SELECT h.unit, count(*), count(g.gain), sum(g.gain), sum(g.gain * g.gain), count(d.modules)
  FROM person p
  JOIN home h ON h.person = p.person
  LEFT JOIN gain g ON g.person = p.person
  LEFT JOIN desk d ON d.person = p.person
  WHERE p.ended = 0 AND (CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text))
  GROUP BY h.unit
)
SELECT s.division,
       s.code AS unit_code,
       s.name AS unit,
       coalesce(sum(t.people), 0) AS people,
       coalesce(sum(c.champions), 0) AS champions,
       coalesce(sum(g.contacts), 0) AS contacts,
       coalesce(sum(g.helped), 0) AS helped,
       coalesce(sum(g.minutes), 0) AS minutes,
       coalesce(sum(t.measured), 0) AS measured,
       sum(t.gain) AS gain,
       sum(t.squares) AS squares,
       coalesce(sum(t.practised), 0) AS practised
FROM reach r
LEFT JOIN scope s ON s.unit = r.top
LEFT JOIN staff t ON t.unit = r.unit
LEFT JOIN giving c ON c.unit = r.unit
LEFT JOIN given g ON g.unit = r.unit
GROUP BY r.top, s.division, s.code, s.name
ORDER BY CASE r.top WHEN '' THEN 0 ELSE 1 END, s.division NULLS LAST, s.code NULLS LAST, r.top
