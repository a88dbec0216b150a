-- $1 is a pulse: how many gave which answer. Of each person the last answer to a question counts,
-- where it was given before the pulse closed (what is asked after a pathway closes for each by
-- themselves); `answered` leaves out who skipped (0).
DELETE FROM pulse_count WHERE pulse = CAST($1 AS text);

INSERT INTO pulse_count (pulse, question, value, people, answered)
WITH
said (question, value) AS (
  SELECT a.question, a.value
    FROM (SELECT coalesce (CAST(e.body ->> 'question' AS bigint), 1) AS question,
                 CAST(e.body ->> 'value' AS bigint) AS value,
                 row_number () OVER (PARTITION BY e.author,
                                                  coalesce (CAST(e.body ->> 'question' AS bigint), 1)
                                     ORDER BY e.effective DESC, e.id DESC) AS age
            FROM live AS e
            LEFT JOIN live AS p ON p.id = CAST($1 AS text) AND p.kind = 'pulse'
           WHERE e.kind = 'pulse_answer' AND e.refers = CAST($1 AS text)
             AND (e.effective <= CAST(p.body ->> 'closes' AS bigint)
                  OR CAST($1 AS text) = 'pathway')) AS a
   WHERE a.age = 1 AND a.value BETWEEN 0 AND 5 AND a.question BETWEEN 1 AND 5
)
SELECT CAST($1 AS text), CAST(s.question AS integer), CAST(s.value AS integer),
       CAST(count(*) AS integer),
       CAST((SELECT count(*) FROM said AS o WHERE o.question = s.question AND o.value > 0)
            AS integer)
  FROM said AS s
 GROUP BY s.question, s.value;
