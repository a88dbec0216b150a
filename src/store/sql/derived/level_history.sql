-- $1 is a person: what each sitting that stands said of each capability. Reads `attempt`,
-- which is folded before it for the same person. What is kept but not reported, since too
-- few answers were thought about, is left out.
DELETE FROM level_history WHERE person = CAST($1 AS text);

INSERT INTO level_history (person, capability, attempt, mean, sd, p1, p2, p3, p4, items,
                           provisional, required, p_required, standing, parameters, at, received)
SELECT x.person, x.capability, x.attempt, x.mean, x.sd, x.p1, x.p2, x.p3, x.p4, x.items,
       x.provisional, x.required, x.p_required, x.standing, x.parameters, a.ended,
       CASE WHEN x.received = 0 OR a.received = 0 THEN 0
            WHEN x.received > a.received THEN x.received
            ELSE a.received END
  FROM (SELECT e.person, e.body ->> 'capability' AS capability, e.body ->> 'attempt' AS attempt,
               CAST(e.body ->> 'mean' AS double precision) AS mean,
               CAST(e.body ->> 'sd' AS double precision) AS sd,
               CAST(e.body ->> 'p1' AS double precision) AS p1,
               CAST(e.body ->> 'p2' AS double precision) AS p2,
               CAST(e.body ->> 'p3' AS double precision) AS p3,
               CAST(e.body ->> 'p4' AS double precision) AS p4,
               CAST(e.body ->> 'items' AS integer) AS items,
               CAST(e.body ->> 'provisional' AS integer) AS provisional,
               CAST(e.body ->> 'required' AS integer) AS required,
               CAST(e.body ->> 'p_required' AS double precision) AS p_required,
               e.body ->> 'standing' AS standing, e.body ->> 'parameters' AS parameters,
               e.received,
               row_number () OVER (PARTITION BY e.body ->> 'attempt', e.body ->> 'capability'
                                   ORDER BY e.effective DESC, e.id DESC) AS age
          FROM live AS e
         WHERE e.person = CAST($1 AS text) AND e.kind = 'estimate'
           AND e.body ->> 'capability' IS NOT NULL) AS x
  JOIN attempt AS a ON a.attempt = x.attempt AND a.person = x.person
 WHERE x.age = 1 AND a.stands = 1
   AND NOT (x.attempt IN (SELECT d.body ->> 'attempt' FROM live AS d
                           WHERE d.person = CAST($1 AS text) AND d.kind = 'attempt_end'
                             AND d.body ->> 'attempt' IS NOT NULL
                             AND d.body ->> 'doubt' IS NOT NULL));
