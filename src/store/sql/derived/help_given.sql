-- $1 is a champion: the help they noted down.
DELETE FROM help_given WHERE champion = CAST($1 AS text);

INSERT INTO help_given (id, champion, person, unit, topic, people, minutes, text, at)
SELECT e.id, e.author, e.subject, e.unit, e.body ->> 'topic',
       CAST(e.body ->> 'people' AS integer), CAST(e.body ->> 'minutes' AS integer),
       e.body ->> 'text', e.effective
  FROM live AS e
 WHERE e.author = CAST($1 AS text) AND e.kind = 'help_given';
