-- $1 is a person: their sittings, checks and practice tasks.
--
-- A sitting may be gone on with on another desktop (`continues`). Where both ended, the
-- end that comes first counts and the others are superseded. On a champion's device only
-- the ends are known, so a row may come from either event.
DELETE FROM attempt WHERE person = CAST($1 AS text);

INSERT INTO attempt (attempt, person, type, module, desk, started, ended, how, asked, right_count,
                     score, passed, pack, pack_version, parameters, try, purpose, stands,
                     received)
WITH RECURSIVE
begun (attempt, type, module, desk, started, pack, pack_version, parameters, try, purpose,
       continues, received) AS (
  SELECT e.id, e.body ->> 'type', e.body ->> 'module', e.body ->> 'desk', e.effective,
         e.body ->> 'pack', CAST(e.body ->> 'pack_version' AS integer), e.body ->> 'parameters',
         CAST(e.body ->> 'try' AS integer), e.body ->> 'purpose', e.body ->> 'continues',
         e.received
    FROM live AS e
   WHERE e.person = CAST($1 AS text) AND e.kind = 'attempt'
     AND e.body ->> 'type' IS NOT NULL
),
every_end (attempt, id, type, module, desk, ended, how, asked, right_count, score, passed,
           purpose, received, age) AS (
  SELECT e.body ->> 'attempt', e.id, e.body ->> 'type', e.body ->> 'module', e.body ->> 'desk',
         e.effective, e.body ->> 'how', CAST(e.body ->> 'asked' AS integer),
         CAST(e.body ->> 'right' AS integer), CAST(e.body ->> 'score' AS double precision),
         CAST(e.body ->> 'passed' AS integer), e.body ->> 'purpose', e.received,
         row_number () OVER (PARTITION BY e.body ->> 'attempt' ORDER BY e.effective, e.id)
    FROM live AS e
   WHERE e.person = CAST($1 AS text) AND e.kind = 'attempt_end'
     AND e.body ->> 'attempt' IS NOT NULL
),
finish (attempt, id, type, module, desk, ended, how, asked, right_count, score, passed,
        purpose, received) AS (
  SELECT attempt, id, type, module, desk, ended, how, asked, right_count, score, passed, purpose,
         received
    FROM every_end
   WHERE age = 1
),
-- Which sitting each one that goes on with another goes back to.
linked (attempt, continues) AS (
  SELECT attempt, continues FROM begun WHERE continues IS NOT NULL
),
line (attempt, root, depth) AS (
  SELECT k.continues, k.continues, 1
    FROM linked AS k
   WHERE NOT EXISTS (SELECT 1 FROM linked AS p WHERE p.attempt = k.continues)
   GROUP BY k.continues
  UNION ALL
  SELECT k.attempt, l.root, l.depth + 1
    FROM line AS l
    JOIN linked AS k ON k.continues = l.attempt
   WHERE l.depth < 100
),
ranked (attempt, type, module, desk, ended, how, asked, right_count, score, passed, purpose,
        received, place) AS (
  SELECT f.attempt, f.type, f.module, f.desk, f.ended, f.how, f.asked, f.right_count, f.score,
         f.passed, f.purpose, f.received,
         CASE WHEN f.how = 'superseded' THEN 0
              ELSE row_number () OVER (PARTITION BY coalesce (l.root, f.attempt),
                                                    CASE WHEN f.how = 'superseded' THEN 1
                                                         ELSE 0 END
                                       ORDER BY f.ended, f.id) END
    FROM finish AS f
    LEFT JOIN line AS l ON l.attempt = f.attempt
),
-- At most two rows for each sitting: its beginning and its end.
half (attempt, type, module, desk, started, pack, pack_version, parameters, try, purpose,
      received, end_type, end_module, end_desk, ended, how, asked, right_count, score, passed,
      end_purpose, end_received, place) AS (
  SELECT attempt, type, module, desk, started, pack, pack_version, parameters, try, purpose,
         received, CAST(NULL AS text), CAST(NULL AS text), CAST(NULL AS text),
         CAST(NULL AS bigint), CAST(NULL AS text), CAST(NULL AS integer), CAST(NULL AS integer),
         CAST(NULL AS double precision), CAST(NULL AS integer), CAST(NULL AS text),
         CAST(NULL AS bigint), CAST(NULL AS bigint)
    FROM begun
  UNION ALL
  SELECT attempt, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, type, module, desk,
         ended, how, asked, right_count, score, passed, purpose, received, place
    FROM ranked
)
SELECT h.attempt, CAST($1 AS text), coalesce (max (h.type), max (h.end_type)),
       coalesce (max (h.module), max (h.end_module)), coalesce (max (h.desk), max (h.end_desk)),
       max (h.started), max (h.ended),
       CASE WHEN max (h.place) <> 1 THEN 'superseded' ELSE max (h.how) END,
       max (h.asked), max (h.right_count), max (h.score), max (h.passed), max (h.pack),
       max (h.pack_version), max (h.parameters), max (h.try),
       coalesce (max (h.purpose), max (h.end_purpose)),
       CASE WHEN max (h.place) = 1 THEN 1 ELSE 0 END,
       coalesce (max (h.end_received), max (h.received))
  FROM half AS h
 GROUP BY h.attempt;
