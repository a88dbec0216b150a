-- $1 is what a champion asked all the others: what they answered. Of an answer that a lead took
-- down only why is left, and of a question that was, no answer.
DELETE FROM corner_answer WHERE question = CAST($1 AS text);

INSERT INTO corner_answer (answer, question, person, name, text, because, at)
WITH
deed (id, at, author, action, answer, text, name) AS (
  SELECT e.id, e.effective, e.author, e.body ->> 'action', e.body ->> 'answer', e.body ->> 'text',
         e.body ->> 'by'
    FROM live AS e
   WHERE e.kind = 'corner_action' AND e.refers = CAST($1 AS text)
)
SELECT d.id, q.id, d.author, d.name,
       CASE WHEN EXISTS (SELECT 1 FROM deed AS x WHERE x.action = 'taken-down' AND x.answer = d.id)
            THEN NULL ELSE d.text END,
       (SELECT x.text FROM deed AS x WHERE x.action = 'taken-down' AND x.answer = d.id
         ORDER BY x.at DESC, x.id DESC LIMIT 1),
       d.at
  FROM live AS q
  JOIN deed AS d ON d.action = 'answered'
 WHERE q.id = CAST($1 AS text) AND q.kind = 'corner_question'
   AND NOT EXISTS (SELECT 1 FROM deed AS x WHERE x.action = 'taken-down' AND x.answer IS NULL);
