-- $1 is a person: where they belong now.
DELETE FROM membership WHERE person = CAST($1 AS text);

INSERT INTO membership (person, unit, is_primary)
SELECT m.person, m.unit, m.is_primary
  FROM (SELECT e.person, e.body ->> 'place' AS unit,
               CAST(e.body ->> 'is_primary' AS integer) AS is_primary,
               CAST(e.body ->> 'ended' AS integer) AS ended,
               row_number () OVER (PARTITION BY e.body ->> 'place'
                                   ORDER BY e.effective DESC, e.id DESC) AS age
          FROM live AS e
         WHERE e.person = CAST($1 AS text) AND e.kind = 'membership'
           AND e.body ->> 'place' IS NOT NULL) AS m
 WHERE m.age = 1 AND m.ended = 0;
