-- The trust's policy, all of it.
DELETE FROM setting;

INSERT INTO setting (key, value)
SELECT s.key, s.value
  FROM (SELECT e.body ->> 'key' AS key, e.body ->> 'value' AS value,
               row_number () OVER (PARTITION BY e.body ->> 'key'
                                   ORDER BY e.effective DESC, e.id DESC) AS age
          FROM live AS e
         WHERE e.kind = 'setting' AND e.body ->> 'key' IS NOT NULL) AS s
 WHERE s.age = 1;
