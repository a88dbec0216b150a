-- champions: each term as a champion that was begun and has not ended, with what was given in it.
-- $1 unit code, '' for the whole trust; $2 staff group, '' for all.
WITH @places
SELECT p.username,
       p.name,
       s.division,
       s.code AS unit_code,
       s.name AS unit,
       c.state,
       c.since,
       c.until,
       c.shifts,
       c.systems,
       c.minutes,
       c.trained,
       (SELECT count(*) FROM help_given g
        WHERE g.champion = c.person AND g.at >= c.begun) AS times,
       (SELECT coalesce(sum(g.minutes), 0) FROM help_given g
        WHERE g.champion = c.person AND g.at >= c.begun) AS given,
       (SELECT max(g.at) FROM help_given g WHERE g.champion = c.person) AS last_helped
FROM champion c
JOIN person p ON p.person = c.person AND p.ended = 0
JOIN scope s ON s.unit = c.unit
WHERE c.state <> 'ended'
  AND (CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text))
ORDER BY s.division NULLS LAST, s.code, p.username, c.term
