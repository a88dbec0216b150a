-- $1 is what was published: how many support it. The last word of each person counts.
DELETE FROM support WHERE target = CAST($1 AS text);

INSERT INTO support (target, people)
SELECT CAST($1 AS text), CAST(count(*) AS integer)
  FROM (SELECT CAST(e.body ->> 'value' AS bigint) AS value,
               row_number () OVER (PARTITION BY e.author ORDER BY e.effective DESC, e.id DESC) AS age
          FROM live AS e
         WHERE e.kind = 'vote' AND e.refers = CAST($1 AS text)) AS v
 WHERE v.age = 1 AND v.value = 1
HAVING count(*) > 0;
