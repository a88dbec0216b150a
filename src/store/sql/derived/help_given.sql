-- $1 is a champion: the help they noted down. It was when they say, up to seven days before
-- they wrote it (at noon, so eight and an hour at most).
DELETE FROM help_given WHERE champion = CAST($1 AS text);

INSERT INTO help_given (id, champion, person, unit, topic, people, minutes, text, at,
                        system)
SELECT e.id, e.author, e.subject, e.unit, e.body ->> 'topic',
       CAST(e.body ->> 'people' AS integer), CAST(e.body ->> 'minutes' AS integer),
       e.body ->> 'text',
       CASE WHEN CAST(e.body ->> 'day' AS bigint)
                 BETWEEN e.effective - 694800000000 AND e.effective
            THEN CAST(e.body ->> 'day' AS bigint) ELSE e.effective END,
       e.body ->> 'system'
  FROM live AS e
 WHERE e.author = CAST($1 AS text) AND e.kind = 'help_given';
