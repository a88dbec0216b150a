-- $1 is what somebody told the trust: how far it has come, and what was answered.
DELETE FROM feedback WHERE feedback = CAST($1 AS text);

INSERT INTO feedback (feedback, person, unit, type, text, page, module, state, decision, because,
                      reply, theme, owner, due, joined, initiative, about, published, at, last, system)
WITH
deed (id, at, action, decision, because, text, theme, owner, due, joined, initiative, module,
      published) AS (
  SELECT e.id, e.effective, e.body ->> 'action', e.body ->> 'decision', e.body ->> 'because',
         e.body ->> 'text', e.body ->> 'theme', e.body ->> 'owner', e.body ->> 'due',
         e.body ->> 'joined', e.body ->> 'initiative', e.body ->> 'module',
         e.body ->> 'published'
    FROM live AS e
   WHERE e.kind = 'feedback_action' AND e.refers = CAST($1 AS text)
)
SELECT f.id, f.person, f.unit, f.body ->> 'type', f.body ->> 'text', f.body ->> 'page',
       f.body ->> 'module',
       CASE WHEN EXISTS (SELECT 1 FROM deed AS d WHERE d.action = 'done') THEN 'done'
            WHEN EXISTS (SELECT 1 FROM deed AS d WHERE d.action = 'decided') THEN 'decided'
            WHEN EXISTS (SELECT 1 FROM deed AS d
                          WHERE d.action IN ('heard', 'themed', 'replied', 'joined')) THEN 'heard'
            ELSE 'new' END,
       (SELECT d.decision FROM deed AS d WHERE d.action = 'decided'
         ORDER BY d.at DESC, d.id DESC LIMIT 1),
       (SELECT d.because FROM deed AS d WHERE d.action = 'decided'
         ORDER BY d.at DESC, d.id DESC LIMIT 1),
       (SELECT d.text FROM deed AS d WHERE d.text IS NOT NULL
         ORDER BY d.at DESC, d.id DESC LIMIT 1),
       (SELECT nullif (d.theme, '') FROM deed AS d WHERE d.theme IS NOT NULL
         ORDER BY d.at DESC, d.id DESC LIMIT 1),
       (SELECT nullif (d.owner, '') FROM deed AS d WHERE d.owner IS NOT NULL
         ORDER BY d.at DESC, d.id DESC LIMIT 1),
       (SELECT nullif (d.due, '') FROM deed AS d WHERE d.due IS NOT NULL
         ORDER BY d.at DESC, d.id DESC LIMIT 1),
       (SELECT CASE d.action WHEN 'joined' THEN nullif (d.joined, '') END FROM deed AS d
         WHERE d.action IN ('joined', 'parted') ORDER BY d.at DESC, d.id DESC LIMIT 1),
       (SELECT nullif (d.initiative, '') FROM deed AS d WHERE d.initiative IS NOT NULL
         ORDER BY d.at DESC, d.id DESC LIMIT 1),
       (SELECT nullif (d.module, '') FROM deed AS d WHERE d.module IS NOT NULL
         ORDER BY d.at DESC, d.id DESC LIMIT 1),
       (SELECT nullif (d.published, '') FROM deed AS d WHERE d.published IS NOT NULL
         ORDER BY d.at DESC, d.id DESC LIMIT 1),
       f.effective, coalesce ((SELECT max (d.at) FROM deed AS d), f.effective),
       f.body ->> 'system'
  FROM live AS f
 WHERE f.id = CAST($1 AS text) AND f.kind = 'feedback';
