-- $1 is a person: their terms as a champion, each from the event that began it. Somebody is a
-- champion who has said so themselves and whom a lead has appointed, in whichever order; a pause
-- of their own they lift by accepting again, a lead's they do not. Where they are one is the
-- lead's to say, and so is until when; all else counts from whoever said it last.
DELETE FROM champion WHERE person = CAST($1 AS text);

INSERT INTO champion (term, person, unit, state, since, begun, accepted, appointed, trained, shifts,
                      systems, minutes, until)
WITH
said (id, term, is_own, unit, at, state, shifts, systems, minutes, until) AS (
  SELECT e.id, coalesce (e.body ->> 'term', e.id), CASE WHEN e.author = e.person THEN 1 ELSE 0 END,
         CASE WHEN e.unit = '' THEN NULL ELSE e.unit END, e.effective, e.body ->> 'state',
         e.body ->> 'shifts', e.body ->> 'systems', CAST(e.body ->> 'minutes' AS integer),
         CAST(e.body ->> 'until' AS bigint)
    FROM live AS e
   WHERE e.person = CAST($1 AS text) AND e.kind = 'champion_term'
     AND e.body ->> 'state' IS NOT NULL
),
term (term, unit, state, begun, accepted, appointed, trained, moved, moved_at, moved_by_self,
      shifts, systems, minutes, until) AS (
  SELECT f.id,
         coalesce ((SELECT s.unit FROM said AS s
                     WHERE s.term = f.id AND s.unit IS NOT NULL AND s.state IN ('appointed', 'active')
                     ORDER BY s.at DESC, s.id DESC LIMIT 1), f.unit),
         f.state, f.at,
         (SELECT min (s.at) FROM said AS s
           WHERE s.term = f.id AND s.is_own = 1 AND s.state IN ('put-forward', 'accepted')),
         (SELECT min (s.at) FROM said AS s
           WHERE s.term = f.id AND s.state IN ('appointed', 'active')),
         (SELECT min (s.at) FROM said AS s WHERE s.term = f.id AND s.state = 'trained'),
         (SELECT s.state FROM said AS s
           WHERE s.term = f.id AND s.state IN ('active', 'paused', 'ended')
           ORDER BY s.at DESC, s.id DESC LIMIT 1),
         (SELECT s.at FROM said AS s
           WHERE s.term = f.id AND s.state IN ('active', 'paused', 'ended')
           ORDER BY s.at DESC, s.id DESC LIMIT 1),
         (SELECT s.is_own FROM said AS s
           WHERE s.term = f.id AND s.state IN ('active', 'paused', 'ended')
           ORDER BY s.at DESC, s.id DESC LIMIT 1),
         (SELECT s.shifts FROM said AS s WHERE s.term = f.id AND s.shifts IS NOT NULL
           ORDER BY s.at DESC, s.id DESC LIMIT 1),
         (SELECT s.systems FROM said AS s WHERE s.term = f.id AND s.systems IS NOT NULL
           ORDER BY s.at DESC, s.id DESC LIMIT 1),
         (SELECT s.minutes FROM said AS s WHERE s.term = f.id AND s.minutes IS NOT NULL
           ORDER BY s.at DESC, s.id DESC LIMIT 1),
         (SELECT s.until FROM said AS s
           WHERE s.term = f.id AND s.state IN ('appointed', 'active') AND s.until IS NOT NULL
           ORDER BY s.at DESC, s.id DESC LIMIT 1)
    FROM said AS f
   WHERE f.id = f.term
     AND f.state IN ('put-forward', 'nominated', 'accepted', 'appointed', 'active')
),
resumed (term, at) AS (
  SELECT t.term, min (s.at)
    FROM term AS t
    JOIN said AS s ON s.term = t.term AND s.is_own = 1 AND s.state = 'accepted' AND s.at > t.moved_at
   WHERE t.moved = 'paused' AND t.moved_by_self = 1
   GROUP BY t.term
),
standing (term, state) AS (
  SELECT t.term,
         CASE WHEN t.moved = 'ended' THEN 'ended'
              WHEN t.moved = 'paused' AND r.term IS NULL THEN 'paused'
              WHEN t.accepted IS NOT NULL AND t.appointed IS NOT NULL THEN 'active'
              WHEN t.appointed IS NOT NULL THEN 'appointed'
              WHEN t.accepted IS NULL THEN 'nominated'
              WHEN t.state = 'put-forward' THEN 'put-forward'
              ELSE 'accepted' END
    FROM term AS t
    LEFT JOIN resumed AS r ON r.term = t.term
)
SELECT t.term, CAST($1 AS text), t.unit, n.state,
       CASE n.state WHEN 'ended' THEN t.moved_at
                    WHEN 'paused' THEN t.moved_at
                    WHEN 'active' THEN coalesce (r.at, CASE WHEN t.moved_at > t.accepted THEN t.moved_at
                                                            WHEN t.appointed > t.accepted THEN t.appointed
                                                            ELSE t.accepted END)
                    WHEN 'appointed' THEN t.appointed
                    WHEN 'accepted' THEN t.accepted
                    ELSE t.begun END,
       t.begun, t.accepted, t.appointed, t.trained, t.shifts, t.systems, t.minutes, t.until
  FROM term AS t
  JOIN standing AS n ON n.term = t.term
  LEFT JOIN resumed AS r ON r.term = t.term;
