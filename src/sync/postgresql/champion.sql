-- Before everybody had it from what champions say of themselves (on_call).
DROP FUNCTION IF EXISTS api.champions_here ();

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

REVOKE ALL ON FUNCTION end_terms () FROM PUBLIC;
