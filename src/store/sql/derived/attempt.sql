-- $1 is a person: their sittings, checks and practice tasks.
--
-- A sitting may be gone on with on another desktop (`continues`). Where both ended, the
-- end that comes first counts and the others are superseded. On a champion's device only
-- the ends are known, so a row may come from either event.
DELETE FROM attempt WHERE person = CAST($1 AS text);

INSERT INTO attempt (attempt, person, type, module, desk, started, ended, how, asked, right_count,
                     score, passed, pack, pack_version, parameters, try, stands, received)
WITH RECURSIVE
begun (attempt, type, module, desk, started, pack, pack_version, parameters, try, continues,
       received) AS (
  SELECT e.id, e.body ->> 'type', e.body ->> 'module', e.body ->> 'desk', e.effective,
         e.body ->> 'pack', CAST(e.body ->> 'pack_version' AS integer), e.body ->> 'parameters',
         CAST(e.body ->> 'try' AS integer), e.body ->> 'continues', e.received
    FROM live AS e
   WHERE e.person = CAST($1 AS text) AND e.kind = 'attempt'
),
every_end (attempt, id, type, module, desk, ended, how, asked, right_count, score, passed,
           received, age) AS (
  SELECT e.body ->> 'attempt', e.id, e.body ->> 'type', e.body ->> 'module', e.body ->> 'desk',
         e.effective, e.body ->> 'how', CAST(e.body ->> 'asked' AS integer),
         CAST(e.body ->> 'right' AS integer), CAST(e.body ->> 'score' AS double precision),
         CAST(e.body ->> 'passed' AS integer), e.received,
         row_number () OVER (PARTITION BY e.body ->> 'attempt' ORDER BY e.effective, e.id)
    FROM live AS e
   WHERE e.person = CAST($1 AS text) AND e.kind = 'attempt_end'
     AND e.body ->> 'attempt' IS NOT NULL
),
finish (attempt, id, type, module, desk, ended, how, asked, right_count, score, passed,
        received) AS (
  SELECT attempt, id, type, module, desk, ended, how, asked, right_count, score, passed, received
    FROM every_end
   WHERE age = 1
),
known (attempt) AS (
  SELECT attempt FROM begun
  UNION
  SELECT attempt FROM finish
),
-- Which sitting each one goes back to. A root is one that continues nothing known here.
line (attempt, root, depth) AS (
  SELECT k.attempt, k.attempt, 1
    FROM known AS k
    LEFT JOIN begun AS b ON b.attempt = k.attempt
   WHERE b.continues IS NULL
      OR NOT EXISTS (SELECT 1 FROM known AS p WHERE p.attempt = b.continues)
  UNION ALL
  SELECT b.attempt, l.root, l.depth + 1
    FROM line AS l
    JOIN begun AS b ON b.continues = l.attempt
   WHERE l.depth < 100
),
ranked (attempt, place) AS (
  SELECT f.attempt,
         row_number () OVER (PARTITION BY coalesce (l.root, f.attempt) ORDER BY f.ended, f.id)
    FROM finish AS f
    LEFT JOIN line AS l ON l.attempt = f.attempt
   WHERE f.how <> 'superseded'
)
SELECT k.attempt, CAST($1 AS text), coalesce (b.type, f.type), coalesce (b.module, f.module),
       coalesce (b.desk, f.desk), b.started, f.ended,
       CASE WHEN f.attempt IS NULL THEN NULL WHEN r.place = 1 THEN f.how ELSE 'superseded' END,
       f.asked, f.right_count, f.score, f.passed, b.pack, b.pack_version, b.parameters, b.try,
       CASE WHEN r.place = 1 THEN 1 ELSE 0 END, coalesce (f.received, b.received)
  FROM known AS k
  LEFT JOIN begun AS b ON b.attempt = k.attempt
  LEFT JOIN finish AS f ON f.attempt = k.attempt
  LEFT JOIN ranked AS r ON r.attempt = k.attempt;
