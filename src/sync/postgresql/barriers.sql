-- What gets in the way, for training leads: how many people say so, in the whole trust and in
-- each of its divisions. Nobody's answers: a count is given from eight people on, if eight
-- others of the same place do not say it, and in steps of eight, so that what is left when
-- one count is taken from another, or from the number of staff, is never told to fewer. What
-- arrived by the beginning of this week counts, so that nobody learns who answered by asking
-- before and after. The same text as in session/way-session-overview.c, for a file.
CREATE OR REPLACE FUNCTION api.barriers_v1 ()
RETURNS TABLE (barrier text, unit text, name text, people bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
#variable_conflict use_column
DECLARE
  today bigint := now_us () / 86400000000;
  week bigint := (today - (today + 3) % 7) * 86400000000;
BEGIN
  IF NOT has_role ('lead') THEN
    RAISE EXCEPTION 'only a training lead asks what gets in the way' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
  WITH said AS (
    SELECT s.person, s.barrier
      FROM (SELECT e.author AS person, e.body ->> 'barrier' AS barrier,
                   e.body ->> 'value' AS value,
                   row_number () OVER (PARTITION BY e.author, e.body ->> 'barrier'
                                       ORDER BY e.effective DESC, e.id DESC) AS age
              FROM live AS e
             WHERE e.kind = 'barrier' AND e.received < week) AS s
     WHERE s.age = 1 AND s.value = '1'
  ),
  home AS (
    SELECT h.person, h.unit
      FROM (SELECT m.person, m.unit,
                   row_number () OVER (PARTITION BY m.person
                                       ORDER BY coalesce (m.is_primary, 0) DESC, m.unit) AS place
              FROM membership AS m) AS h
     WHERE h.place = 1
  ),
  place AS (
    SELECT p.person, '' AS unit, '' AS name FROM person AS p WHERE p.ended = 0
    UNION ALL
    SELECT p.person, d.unit, d.name
      FROM person AS p
      JOIN home AS h ON h.person = p.person
      JOIN unit AS u ON u.unit = h.unit
      JOIN unit AS d ON d.unit = (SELECT x.unit FROM unit AS x
                                   WHERE x.type = 'division' AND u.path LIKE x.path || '%'
                                   ORDER BY length (x.path), x.unit LIMIT 1)
     WHERE p.ended = 0
  ),
  size AS (SELECT p.unit, count(*) AS people FROM place AS p GROUP BY p.unit)
  SELECT s.barrier, p.unit, p.name, 8 * (count(*) / 8)
    FROM said AS s
    JOIN place AS p ON p.person = s.person
    JOIN size AS z ON z.unit = p.unit
   GROUP BY s.barrier, p.unit, p.name, z.people
  HAVING count(*) >= 8 AND z.people - count(*) >= 8
   ORDER BY 1, 2;
END
$$;

ALTER FUNCTION api.barriers_v1 () OWNER TO waymark_folder;
REVOKE ALL ON FUNCTION api.barriers_v1 () FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.barriers_v1 () TO waymark_user;
