-- $1 is an answer of one champion to another: a tip for everybody, once somebody whom it helped
-- has said so, and until a lead takes it down or whoever gave the answer does.
DELETE FROM tip WHERE answer = CAST($1 AS text);

INSERT INTO tip (answer, topic, text, people, at)
WITH
said (id, at, author, state, topic, text) AS (
  SELECT e.id, e.effective, e.author, e.body ->> 'state', e.body ->> 'topic', e.body ->> 'text'
    FROM live AS e
   WHERE e.kind = 'tip' AND e.refers = CAST($1 AS text)
)
SELECT CAST($1 AS text), s.topic, s.text,
       CAST((SELECT count(DISTINCT w.author) FROM said AS w WHERE w.state = 'worked') AS integer),
       s.at
  FROM said AS s
 WHERE s.state = 'worked' AND s.text IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM said AS x WHERE x.state = 'taken-down')
 ORDER BY s.at, s.id
 LIMIT 1;
