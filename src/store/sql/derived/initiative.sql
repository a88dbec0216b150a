-- Every technology that is being introduced, as it stands after its last event: what an event
-- does not say is as it was before.
DELETE FROM initiative;

INSERT INTO initiative (initiative, title, state, text, why, units, roles, benefit, measure,
                        measured_before, expected, measured_after, superusers, modules, parts,
                        risks, go_live, template, at, last)
WITH
word (initiative, id, at, body) AS (
  SELECT coalesce (e.body ->> 'initiative', e.id), e.id, e.effective, e.body
    FROM live AS e
   WHERE e.kind = 'initiative'
)
SELECT f.initiative,
       (SELECT w.body ->> 'title' FROM word AS w WHERE w.initiative = f.initiative
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'state' FROM word AS w WHERE w.initiative = f.initiative
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'text' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'text' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'why' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'why' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'units' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'units' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'roles' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'roles' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'benefit' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'benefit' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'measure' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'measure' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT CAST(w.body ->> 'before' AS double precision) FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'before' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT CAST(w.body ->> 'expected' AS double precision) FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'expected' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT CAST(w.body ->> 'after' AS double precision) FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'after' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'superusers' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'superusers' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'modules' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'modules' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'parts' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'parts' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'risks' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'risks' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'go_live' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'go_live' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       (SELECT w.body ->> 'template' FROM word AS w
         WHERE w.initiative = f.initiative AND w.body ->> 'template' IS NOT NULL
         ORDER BY w.at DESC, w.id DESC LIMIT 1),
       f.at, (SELECT max (w.at) FROM word AS w WHERE w.initiative = f.initiative)
  FROM word AS f
 WHERE f.id = f.initiative;
