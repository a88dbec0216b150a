-- Each step of each initiative: how it began, and whatever was given with its because.
DELETE FROM initiative_step;

INSERT INTO initiative_step (id, initiative, state, who, because, at)
SELECT e.id, coalesce (e.body ->> 'initiative', e.id), e.body ->> 'state', e.body ->> 'who',
       e.body ->> 'because', e.effective
  FROM live AS e
 WHERE e.kind = 'initiative'
   AND (e.body ->> 'initiative' IS NULL OR e.body ->> 'because' IS NOT NULL);
