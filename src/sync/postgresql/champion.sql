-- Before everybody had it from what champions say of themselves (on_call).
DROP FUNCTION IF EXISTS api.champions_here ();

-- A term whose time is over ends: the trust says so, once, in its own stream. Its clock may have
-- been put back since it was said: what ends it is later all the same, or it would stand, and be
-- ended again each time.
CREATE OR REPLACE FUNCTION end_terms () RETURNS bigint
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
DECLARE
  c record;
  n bigint := 0;
BEGIN
  FOR c IN
    SELECT x.term, x.person, x.unit,
           (SELECT max (e.effective) FROM live AS e
             WHERE e.person = x.person AND e.kind = 'champion_term'
               AND coalesce (e.body ->> 'term', e.id) = x.term) AS effective
      FROM champion AS x
     WHERE x.state <> 'ended' AND x.until <= now_us () ORDER BY x.term
  LOOP
    PERFORM append_own (NULL, c.person, c.unit, 'champion_term',
                        greatest (now_us (), c.effective + 1),
                        json_build_object ('state', 'ended', 'term', c.term));
    n := n + 1;
  END LOOP;
  RETURN n;
END
$$;

-- Who says that they can be asked, and is champion there no more: the trust says that it is over,
-- since their own device may not come back. Where `ids` has no event of a term or a role there is
-- nothing to do; NULL: of everybody.
CREATE OR REPLACE FUNCTION end_calls (ids text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  people text[];
  c record;
  n bigint := 0;
BEGIN
  IF ids IS NOT NULL THEN
    SELECT array_agg (e.person) INTO people
      FROM event AS e WHERE e.id = ANY (ids) AND e.kind IN ('champion_term', 'role_grant');
    IF people IS NULL THEN
      RETURN 0;
    END IF;
  END IF;
  FOR c IN
    SELECT x.person, x.unit, x.effective
      FROM (SELECT e.person, e.unit, e.effective, e.body ->> 'ended' AS ended,
                   row_number () OVER (PARTITION BY e.person, e.unit
                                       ORDER BY e.effective DESC, e.id DESC) AS age
              FROM live AS e
             WHERE e.kind = 'on_call' AND (ids IS NULL OR e.person = ANY (people))) AS x
     WHERE x.age = 1 AND x.ended = '0'
       AND NOT EXISTS (SELECT 1 FROM role AS r
                        WHERE r.person = x.person AND r.role = 'champion'
                          AND r.unit = coalesce (x.unit, ''))
     ORDER BY x.person, x.unit
  LOOP
    -- Nothing of what they said is said again: it could not be emptied with theirs.
    PERFORM append_own (NULL, c.person, c.unit, 'on_call', greatest (now_us (), c.effective + 1),
                        json_build_object ('name', '', 'ended', 1));
    n := n + 1;
  END LOOP;
  RETURN n;
END
$$;

REVOKE ALL ON FUNCTION end_terms (), end_calls (text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION end_calls (text[]) TO waymark_api, waymark_courier;
