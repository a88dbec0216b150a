-- $1 is a person: what they are in the trust now; unit '' is the whole of it. Champion of a unit
-- is whom the trust has made one, and whose term there is active.
DELETE FROM role WHERE person = CAST($1 AS text);

INSERT INTO role (person, role, unit)
SELECT g.person, g.role, g.unit
  FROM (SELECT e.person, e.body ->> 'role' AS role, coalesce (e.body ->> 'place', '') AS unit,
               CAST(e.body ->> 'ended' AS integer) AS ended,
               row_number () OVER (PARTITION BY e.body ->> 'role',
                                                coalesce (e.body ->> 'place', '')
                                   ORDER BY e.effective DESC, e.id DESC) AS age
          FROM live AS e
         WHERE e.person = CAST($1 AS text) AND e.kind = 'role_grant'
           AND e.body ->> 'role' IS NOT NULL) AS g
 WHERE g.age = 1 AND g.ended = 0
UNION
SELECT c.person, 'champion', c.unit
  FROM champion AS c
 WHERE c.person = CAST($1 AS text) AND c.state = 'active' AND c.unit IS NOT NULL;
