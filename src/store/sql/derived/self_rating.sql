-- $1 is a person: how they see themselves, and what they think they need.
DELETE FROM self_rating WHERE person = CAST($1 AS text);

INSERT INTO self_rating (person, capability, now, need, at)
SELECT s.person, s.capability, s.now, s.need, s.at
  FROM (SELECT e.person, e.body ->> 'capability' AS capability,
               CAST(e.body ->> 'now' AS integer) AS now,
               CAST(e.body ->> 'need' AS integer) AS need, e.effective AS at,
               row_number () OVER (PARTITION BY e.body ->> 'capability'
                                   ORDER BY e.effective DESC, e.id DESC) AS age
          FROM live AS e
         WHERE e.person = CAST($1 AS text) AND e.kind = 'self_rating'
           AND e.body ->> 'capability' IS NOT NULL) AS s
 WHERE s.age = 1;
