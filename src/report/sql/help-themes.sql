-- help-themes: what people need help with, month by month, over the year up to the newest of it:
-- questions to champions, and help that champions have logged. Of fewer than 8 nothing is said, and
-- every theme of which there are as many in the year has every month, so that few is not told from
-- none. A row without a month is the whole year.
-- $1 unit code, '' for the whole trust; $2 staff group, '' for all.
WITH @places,
-- Of help that was given the place is where it was, and the staff group who gave it.
moment (what, theme, at, people, minutes) AS (
  SELECT 'asked', coalesce(h.topic, 'Other'), h.asked, 1, 0
  FROM help h
  LEFT JOIN person p ON p.person = h.person
  WHERE (CAST($1 AS text) = '' OR h.unit IN (SELECT s.unit FROM scope s))
    AND (CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text))
  UNION ALL
  SELECT 'logged', coalesce(g.topic, 'Other'), g.at, coalesce(g.people, 0), coalesce(g.minutes, 0)
  FROM help_given g
  LEFT JOIN person p ON p.person = g.champion
  WHERE (CAST($1 AS text) = '' OR g.unit IN (SELECT s.unit FROM scope s))
    AND (CAST($2 AS text) = '' OR p.staff_group = CAST($2 AS text))
),
@themes
