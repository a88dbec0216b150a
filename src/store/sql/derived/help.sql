-- $1 is a request for help: who asked, who answers, how it stands. What was not fixed is open
-- again from then on. Whom it is sent to follows from the log and the time, so no column says it.
DELETE FROM help WHERE request = CAST($1 AS text);

INSERT INTO help (request, person, unit, page, module, item, text, topic, state, taken_by, asked,
                  last, answer, urgent, system, opened, taken, taken_name, answered, fixed, ended,
                  accepted, called, name)
WITH
deed (id, author, at, action, text, name) AS (
  SELECT e.id, e.author, e.effective, e.body ->> 'action', e.body ->> 'text', e.body ->> 'by'
    FROM live AS e
   WHERE e.kind = 'help_action' AND e.refers = CAST($1 AS text)
)
SELECT q.id, q.person, q.unit, q.body ->> 'page', q.body ->> 'module', q.body ->> 'item',
       q.body ->> 'text', q.body ->> 'topic',
       coalesce ((SELECT CASE d.action WHEN 'taken' THEN 'taken'
                                       WHEN 'answered' THEN 'answered'
                                       WHEN 'closed' THEN 'closed'
                                       WHEN 'fixed' THEN 'closed'
                                       ELSE 'open' END
                    FROM deed AS d
                   ORDER BY d.at DESC, d.id DESC
                   LIMIT 1), 'open'),
       (SELECT CASE WHEN d.action IN ('taken', 'answered') THEN d.author END
          FROM deed AS d
         WHERE d.action IN ('taken', 'answered', 'passed', 'not-fixed')
         ORDER BY d.at DESC, d.id DESC
         LIMIT 1),
       q.effective, coalesce ((SELECT max (d.at) FROM deed AS d), q.effective),
       (SELECT d.text
          FROM deed AS d
         WHERE d.action = 'answered' AND d.text IS NOT NULL
         ORDER BY d.at DESC, d.id DESC
         LIMIT 1),
       coalesce (CAST(q.body ->> 'urgent' AS integer), 0), q.body ->> 'system',
       coalesce ((SELECT max (d.at) FROM deed AS d WHERE d.action = 'not-fixed'), q.effective),
       (SELECT CASE WHEN d.action IN ('taken', 'answered') THEN d.at END
          FROM deed AS d
         WHERE d.action IN ('taken', 'answered', 'passed', 'not-fixed')
         ORDER BY d.at DESC, d.id DESC
         LIMIT 1),
       (SELECT CASE WHEN d.action IN ('taken', 'answered') THEN d.name END
          FROM deed AS d
         WHERE d.action IN ('taken', 'answered', 'passed', 'not-fixed')
         ORDER BY d.at DESC, d.id DESC
         LIMIT 1),
       (SELECT min (d.at) FROM deed AS d WHERE d.action = 'answered'),
       (SELECT CASE d.action WHEN 'fixed' THEN 1 ELSE 0 END
          FROM deed AS d
         WHERE d.action IN ('fixed', 'not-fixed')
         ORDER BY d.at DESC, d.id DESC
         LIMIT 1),
       (SELECT CASE WHEN d.action IN ('closed', 'fixed') THEN d.at END
          FROM deed AS d
         ORDER BY d.at DESC, d.id DESC
         LIMIT 1),
       (SELECT min (d.at) FROM deed AS d WHERE d.action IN ('taken', 'answered')),
       q.body ->> 'called', q.body ->> 'by'
  FROM live AS q
 WHERE q.id = CAST($1 AS text) AND q.kind = 'help_request'
   AND q.body ->> 'page' IS NOT NULL;
