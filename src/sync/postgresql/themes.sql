-- What people need help with, month by month, for the design office, which reads neither questions
-- nor logs: counts of eight or more in the whole trust. Leads have the report "help-themes", and for
-- them there is nothing here.
CREATE OR REPLACE FUNCTION api.help_themes_v1 ()
RETURNS TABLE (month text, theme text, asked bigint, logged bigint, people bigint, minutes bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF NOT has_role ('design') OR has_role ('lead') THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH moment (what, theme, at, people, minutes) AS (
    SELECT 'asked', coalesce(h.topic, 'Other'), h.asked, 1, 0
    FROM help h
    UNION ALL
    SELECT 'logged', coalesce(g.topic, 'Other'), g.at, coalesce(g.people, 0), coalesce(g.minutes, 0)
    FROM help_given g
  ),
  @themes;
END
$$;

ALTER FUNCTION api.help_themes_v1 () OWNER TO waymark_folder;
REVOKE ALL ON FUNCTION api.help_themes_v1 () FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.help_themes_v1 () TO waymark_user;
