-- Who the champions are. Everybody may know those of their own place of work, by name, with what
-- they know and when they are there; the rest of a term is between its person and the leads.

-- Those of one's unit, of its department, and of what is above them, the nearest first: distance
-- 0 is one's own unit, 1 the department, 2 beyond.
CREATE OR REPLACE FUNCTION api.champions_here ()
RETURNS TABLE (term text, person text, name text, unit text, unit_name text, shifts text,
               systems text, distance integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  WITH home AS (
    SELECT u.unit, u.path, u.parent, CASE WHEN d.type = 'trust' THEN NULL ELSE d.unit END AS department
      FROM membership AS m
      JOIN unit AS u ON u.unit = m.unit
      LEFT JOIN unit AS d ON d.unit = u.parent
     WHERE m.person = me ()
  )
  SELECT c.term, c.person, p.name, c.unit, u.name, c.shifts, c.systems,
         min (CASE WHEN c.unit = h.unit THEN 0
                   WHEN c.unit = h.department OR u.parent = h.department THEN 1
                   ELSE 2 END)
    FROM champion AS c
    JOIN person AS p ON p.person = c.person AND coalesce (p.ended, 0) = 0
    JOIN unit AS u ON u.unit = c.unit
    JOIN home AS h ON starts_with (h.path, u.path) OR u.parent = h.department
   WHERE c.state = 'active' AND coalesce (c.until, 9223372036854775807) > now_us ()
     AND c.person <> me ()
   GROUP BY c.term, c.person, p.name, c.unit, u.name, c.shifts, c.systems
   ORDER BY 8, 3, 1
$$;

-- A term whose time is over ends: the trust says so, once, in its own stream.
CREATE OR REPLACE FUNCTION end_terms () RETURNS bigint
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
DECLARE
  c record;
  n bigint := 0;
BEGIN
  FOR c IN
    SELECT x.term, x.person, x.unit FROM champion AS x
     WHERE x.state <> 'ended' AND x.until <= now_us () ORDER BY x.term
  LOOP
    PERFORM append_own (NULL, c.person, c.unit, 'champion_term', now_us (),
                        json_build_object ('state', 'ended', 'term', c.term));
    n := n + 1;
  END LOOP;
  RETURN n;
END
$$;

REVOKE ALL ON FUNCTION api.champions_here (), end_terms () FROM PUBLIC;
ALTER FUNCTION api.champions_here () OWNER TO waymark_folder;
GRANT EXECUTE ON FUNCTION api.champions_here () TO waymark_user;
