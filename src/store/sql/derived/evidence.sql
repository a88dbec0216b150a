-- $1 is a person: what shows that they can. Reads `attempt`, which is folded before it for
-- the same person. A passed check speaks for its module, a practice rule that held for its
-- outcome. What somebody was seen to do counts while they say so too.
DELETE FROM evidence WHERE person = CAST($1 AS text);

INSERT INTO evidence (person, outcome, module, type, at, source, author)
SELECT a.person, '', a.module, 'check', a.ended, a.attempt, a.person
  FROM attempt AS a
 WHERE a.person = CAST($1 AS text) AND a.type = 'check' AND a.stands = 1 AND a.passed = 1
UNION ALL
SELECT a.person, o.outcome, a.module, 'practice', a.ended, a.attempt, a.person
  FROM (SELECT e.body ->> 'attempt' AS attempt, e.body ->> 'outcome' AS outcome
          FROM live AS e
         WHERE e.person = CAST($1 AS text) AND e.kind = 'rule_outcome'
           AND e.body ->> 'outcome' IS NOT NULL
         GROUP BY e.body ->> 'attempt', e.body ->> 'outcome'
        HAVING min (CAST(e.body ->> 'held' AS integer)) = 1) AS o
  JOIN attempt AS a ON a.attempt = o.attempt AND a.person = CAST($1 AS text)
 WHERE a.type = 'practice' AND a.stands = 1
UNION ALL
SELECT e.person, e.body ->> 'outcome', e.body ->> 'module', e.body ->> 'type', e.effective, e.id,
       e.author
  FROM live AS e
 WHERE e.person = CAST($1 AS text) AND e.kind = 'evidence' AND e.body ->> 'outcome' IS NOT NULL
   AND e.body ->> 'type' IS NOT NULL
   AND (e.body ->> 'type' <> 'witnessed'
        OR 'agreed' = (SELECT a.body ->> 'answer'
                         FROM live AS a
                        WHERE a.refers = e.id AND a.kind = 'evidence_answer'
                          AND a.author = e.person
                        ORDER BY a.effective DESC, a.id DESC LIMIT 1));
