-- $1 is a person: how far they are in each module. Reads `attempt`, which is folded before
-- it for the same person. Who passed the check before the lesson has done the module.
DELETE FROM progress WHERE person = CAST($1 AS text);

INSERT INTO progress (person, module, state, steps, practised, check_best, check_passed,
                      shift_done, confidence_before, confidence_after, started, last)
WITH
confidence (module, moment, value, age) AS (
  SELECT e.body ->> 'module', e.body ->> 'moment', CAST(e.body ->> 'value' AS integer),
         row_number () OVER (PARTITION BY e.body ->> 'module', e.body ->> 'moment'
                             ORDER BY e.effective DESC, e.id DESC)
    FROM live AS e
   WHERE e.person = CAST($1 AS text) AND e.kind = 'confidence'
),
-- One row for each thing done in a module.
deed (module, at, step, practised, score, passed, shift, ahead) AS (
  SELECT e.body ->> 'module', e.effective,
         CASE WHEN e.kind = 'step' THEN e.body ->> 'step' END,
         0, CAST(NULL AS double precision), 0,
         CASE WHEN e.kind = 'shift_done' THEN 1 ELSE 0 END, 0
    FROM live AS e
   WHERE e.person = CAST($1 AS text) AND e.kind IN ('step', 'shift_done', 'confidence')
     AND e.body ->> 'module' IS NOT NULL
  UNION ALL
  SELECT a.module, coalesce (a.ended, a.started), CAST(NULL AS text),
         CASE WHEN a.type = 'practice' AND a.stands = 1 THEN 1 ELSE 0 END,
         CASE WHEN a.type = 'check' AND a.stands = 1 THEN a.score END,
         CASE WHEN a.type = 'check' AND a.stands = 1 THEN coalesce (a.passed, 0) ELSE 0 END, 0,
         CASE WHEN a.type = 'check' AND a.stands = 1 AND a.purpose = 'test-out'
              THEN coalesce (a.passed, 0) ELSE 0 END
    FROM attempt AS a
   WHERE a.person = CAST($1 AS text) AND a.type IN ('check', 'practice')
     AND a.module IS NOT NULL
  -- A check on paper that somebody else marked counts as one that was passed here.
  UNION ALL
  SELECT e.body ->> 'module', e.effective, CAST(NULL AS text), 0, CAST(NULL AS double precision), 1,
         0, 0
    FROM live AS e
   WHERE e.person = CAST($1 AS text) AND e.kind = 'evidence' AND e.body ->> 'type' = 'paper'
     AND e.body ->> 'outcome' = '' AND e.body ->> 'module' IS NOT NULL
),
total (module, steps, practised, check_best, check_passed, shift_done, ahead, started,
       last) AS (
  SELECT d.module, count (DISTINCT d.step), sum (d.practised), max (d.score), max (d.passed),
         max (d.shift), max (d.ahead), min (d.at), max (d.at)
    FROM deed AS d
   GROUP BY d.module
)
SELECT CAST($1 AS text), t.module,
       CASE WHEN t.check_passed = 1 AND (t.shift_done = 1 OR t.ahead = 1) THEN 'done'
            WHEN t.check_passed = 1 THEN 'checked'
            WHEN t.practised > 0 THEN 'practised'
            ELSE 'started' END,
       t.steps, t.practised, t.check_best, t.check_passed, t.shift_done, b.value, f.value,
       t.started, t.last
  FROM total AS t
  LEFT JOIN confidence AS b ON b.module = t.module AND b.moment = 'before' AND b.age = 1
  LEFT JOIN confidence AS f ON f.module = t.module AND f.moment = 'after' AND f.age = 1;
