-- Whoever left longer ago than the trust keeps things is erased by rule: six years, unless
-- the setting retention_years says another number.

CREATE OR REPLACE FUNCTION retention_years () RETURNS integer
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT CASE WHEN s.value ~ '^[0-9]{1,2}$' AND CAST(s.value AS integer) BETWEEN 1 AND 30
              THEN CAST(s.value AS integer) ELSE 6 END
    FROM (SELECT max (x.value) AS value FROM setting AS x WHERE x.key = 'retention_years') AS s
$$;

-- Since when they have not been here: the first time that it was said and stayed so.
CREATE OR REPLACE FUNCTION due_for_erasure (now bigint)
RETURNS TABLE (person text, username text, since bigint)
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT p.person, p.username, min (e.effective)
    FROM person AS p
    JOIN live AS e ON e.person = p.person AND e.kind = 'person'
   WHERE p.ended = 1 AND e.body ->> 'ended' = '1'
     AND e.effective > coalesce ((SELECT max (h.effective) FROM live AS h
                                   WHERE h.person = p.person AND h.kind = 'person'
                                     AND h.body ->> 'ended' = '0'), 0)
   GROUP BY p.person, p.username
  HAVING min (e.effective) < due_for_erasure.now
                             - retention_years () * CAST(31557600000000 AS bigint)
   ORDER BY 3, 1
$$;

CREATE OR REPLACE FUNCTION retain (now bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
DECLARE
  d record;
  n bigint := 0;
BEGIN
  FOR d IN SELECT x.person FROM due_for_erasure (retain.now) AS x LOOP
    PERFORM erase_now (d.person, 'person', NULL, NULL, 'retention');
    n := n + 1;
  END LOOP;
  RETURN n;
END
$$;

REVOKE ALL ON FUNCTION retention_years (), due_for_erasure (bigint), retain (bigint) FROM PUBLIC;
