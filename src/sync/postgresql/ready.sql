-- What the design office may know of the people whom something touches: how many there are, what
-- they have done of what is asked, and whom a pulse would ask. No names and nothing of levels; of
-- fewer than eight nothing. The same text as in session/way-session-ready.c and -pulse.c, by which
-- a lead asks the tables themselves.

-- $1 units, $2 staff groups, $3 parts, all by spaces, the first two empty for all; $4 the Monday of
-- the week. Each person is a number that is another one each time.
CREATE OR REPLACE FUNCTION api.readiness_v1 (units text, groups text, parts text, week text)
RETURNS TABLE (person bigint, what text, value text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = main, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF NOT has_role ('design') AND NOT has_role ('lead') THEN
    RAISE EXCEPTION 'only training leads and the design office ask who is ready'
      USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
  WITH touched AS (
    SELECT x.person, row_number () OVER (ORDER BY gen_random_uuid ()) AS n
      FROM (SELECT DISTINCT p.person
              FROM person AS p
              JOIN membership AS m ON m.person = p.person
              JOIN unit AS u ON u.unit = m.unit
             WHERE coalesce (p.ended, 0) = 0
               AND ($1 = '' OR EXISTS (SELECT 1 FROM unit AS top
                                        WHERE ' ' || $1 || ' ' LIKE '% ' || top.unit || ' %'
                                          AND starts_with (u.path, top.path)))
               AND ($2 = '' OR ' ' || $2 || ' ' LIKE '% ' || p.staff_group || ' %')) AS x
  ),
  said AS (
    SELECT t.n, 'a' AS what, '' AS value FROM touched AS t
    UNION
    SELECT t.n, 'covered', ''
      FROM touched AS t JOIN membership AS m ON m.person = t.person
     WHERE EXISTS (SELECT 1 FROM rota AS r WHERE r.unit = m.unit AND r.week = $4)
    UNION
    SELECT t.n, 'rota', r.shifts
      FROM touched AS t JOIN rota AS r ON r.person = t.person
     WHERE r.week = $4
    UNION
    SELECT t.n, 'done', g.module
      FROM touched AS t JOIN progress AS g ON g.person = t.person
     WHERE g.state IN ('checked', 'done') AND ' ' || $3 || ' ' LIKE '% ' || g.module || ' %'
    UNION
    SELECT t.n, 'done', v.module
      FROM touched AS t JOIN evidence AS v ON v.person = t.person
     WHERE v.type = 'elsewhere' AND v.outcome = ''
       AND ' ' || $3 || ' ' LIKE '% ' || v.module || ' %'
  )
  SELECT s.n, s.what, s.value
    FROM said AS s
   WHERE (SELECT count(*) FROM touched) >= 8
   ORDER BY 1, 2, 3;
END
$$;

-- Who works where, so that it can be counted whom a pulse has asked: whom it draws follows from who
-- somebody is, and from nothing that they did.
CREATE OR REPLACE FUNCTION api.roster_v1 ()
RETURNS TABLE (person text, staff_group text, path text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF NOT has_role ('design') AND NOT has_role ('lead') THEN
    RAISE EXCEPTION 'only training leads and the design office ask who is asked'
      USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
  SELECT p.person, p.staff_group, u.path
    FROM person AS p
    JOIN membership AS m ON m.person = p.person
    JOIN unit AS u ON u.unit = m.unit
   WHERE p.ended = 0
   ORDER BY p.person, u.path;
END
$$;

DO $functions$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['api.readiness_v1 (text, text, text, text)', 'api.roster_v1 ()'] LOOP
    EXECUTE format ('ALTER FUNCTION %s OWNER TO waymark_folder', name);
    EXECUTE format ('REVOKE ALL ON FUNCTION %s FROM PUBLIC', name);
    EXECUTE format ('GRANT EXECUTE ON FUNCTION %s TO waymark_user', name);
  END LOOP;
END
$functions$;
