-- $1 is a person.
DELETE FROM person WHERE person = CAST($1 AS text);

INSERT INTO person (person, username, name, employee, staff_group, job, started, ended)
SELECT e.person, e.body ->> 'username', e.body ->> 'name', e.body ->> 'employee',
       e.body ->> 'staff_group', e.body ->> 'job', CAST(e.body ->> 'started' AS bigint),
       CAST(e.body ->> 'ended' AS integer)
  FROM live AS e
 WHERE e.person = CAST($1 AS text) AND e.kind = 'person'
   AND e.body ->> 'person' IS NOT NULL
 ORDER BY e.effective DESC, e.id DESC
 LIMIT 1;
