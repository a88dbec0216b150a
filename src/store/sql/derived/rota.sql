-- $1 is a person: when they work, by unit and week.
DELETE FROM rota WHERE person = CAST($1 AS text);

INSERT INTO rota (person, unit, week, shifts)
SELECT r.person, r.unit, r.week, r.shifts
  FROM (SELECT e.person, e.unit, e.body ->> 'week' AS week, e.body ->> 'shifts' AS shifts,
               row_number () OVER (PARTITION BY e.unit, e.body ->> 'week'
                                   ORDER BY e.effective DESC, e.id DESC) AS age
          FROM live AS e
         WHERE e.person = CAST($1 AS text) AND e.kind = 'rota' AND e.unit IS NOT NULL
           AND e.body ->> 'week' IS NOT NULL AND e.body ->> 'shifts' IS NOT NULL) AS r
 WHERE r.age = 1 AND r.shifts <> '';
