-- $1 is what a champion asked all the others. Of one that a lead took down only why is left.
DELETE FROM corner WHERE question = CAST($1 AS text);

INSERT INTO corner (question, person, name, topic, text, because, answers, at, last)
WITH
deed (id, at, action, answer, text) AS (
  SELECT e.id, e.effective, e.body ->> 'action', e.body ->> 'answer', e.body ->> 'text'
    FROM live AS e
   WHERE e.kind = 'corner_action' AND e.refers = CAST($1 AS text)
),
standing (id, at) AS (
  SELECT d.id, d.at
    FROM deed AS d
   WHERE d.action = 'answered'
     AND NOT EXISTS (SELECT 1 FROM deed AS x WHERE x.action = 'taken-down' AND x.answer = d.id)
),
down (because) AS (
  SELECT d.text FROM deed AS d WHERE d.action = 'taken-down' AND d.answer IS NULL
   ORDER BY d.at DESC, d.id DESC LIMIT 1
)
SELECT q.id, q.author, q.body ->> 'by', q.body ->> 'topic',
       CASE WHEN EXISTS (SELECT 1 FROM down) THEN NULL ELSE q.body ->> 'text' END,
       (SELECT d.because FROM down AS d),
       CAST((SELECT count(*) FROM standing) AS integer), q.effective,
       coalesce ((SELECT max (s.at) FROM standing AS s), q.effective)
  FROM live AS q
 WHERE q.id = CAST($1 AS text) AND q.kind = 'corner_question';
