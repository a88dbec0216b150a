-- $1 is a person: what they let others see. No row: nobody.
DELETE FROM shared WHERE person = CAST($1 AS text);

INSERT INTO shared (person, what, with_whom)
SELECT s.person, 'levels', s.value
  FROM (SELECT e.person, e.body ->> 'value' AS value,
               row_number () OVER (ORDER BY e.effective DESC, e.id DESC) AS age
          FROM live AS e
         WHERE e.person = CAST($1 AS text) AND e.kind = 'preference'
           AND e.body ->> 'key' = 'share_levels') AS s
 WHERE s.age = 1 AND s.value = 'champion';
