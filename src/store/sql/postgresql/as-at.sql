-- What the tables for reading held when the trust had received only what came before a
-- moment: for leads, in temporary tables of their own connection, by the same folds and
-- under the same policies as the real ones. Rights are those of today.

CREATE OR REPLACE FUNCTION hide_then () RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_temp, main AS $$
DECLARE
  t record;
BEGIN
  FOR t IN
    SELECT c.relname, c.relkind
      FROM pg_catalog.pg_class AS c
     WHERE c.relnamespace = pg_catalog.pg_my_temp_schema () AND c.relkind IN ('r', 'v')
       AND c.relowner = CAST(current_user AS regrole)
     ORDER BY c.relkind DESC
  LOOP
    EXECUTE format ('DROP %s IF EXISTS pg_temp.%I CASCADE',
                    CASE t.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, t.relname);
  END LOOP;
END
$$;

-- Belongs to waymark_reader: what the policies hide from session_user is not copied.
CREATE OR REPLACE FUNCTION show_then () RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_temp, main AS $$
DECLARE
  t record;
BEGIN
  FOR t IN
    SELECT c.relname
      FROM pg_catalog.pg_class AS c
     WHERE c.relnamespace = pg_catalog.pg_my_temp_schema () AND c.relkind = 'r'
       AND c.relowner = CAST(current_user AS regrole)
  LOOP
    EXECUTE format ('DROP TABLE pg_temp.%I', t.relname);
  END LOOP;
  FOR t IN
    SELECT substr (c.relname, 6) AS name
      FROM pg_catalog.pg_class AS c
     WHERE c.relnamespace = pg_catalog.pg_my_temp_schema () AND c.relkind = 'r'
       AND starts_with (c.relname, 'then_')
  LOOP
    EXECUTE format ('CREATE TEMP TABLE %I AS SELECT * FROM pg_temp.%I', t.name, 'then_' || t.name);
    EXECUTE format ('GRANT SELECT ON pg_temp.%I TO %I', t.name, session_user);
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION api.as_at (received_before bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_temp, main AS $$
DECLARE
  t record;
  p record;
BEGIN
  IF NOT main.has_role ('lead') THEN
    RAISE EXCEPTION 'only a training lead asks for a day that has gone' USING ERRCODE = '42501';
  END IF;
  PERFORM main.hide_then ();
  PERFORM main.show_then ();
  IF received_before = 0 THEN
    RETURN;
  END IF;
  FOR t IN SELECT DISTINCT x.fold FROM main.touch AS x LOOP
    EXECUTE format ('CREATE TEMP TABLE %I (LIKE main.%I INCLUDING ALL)', t.fold, t.fold);
  END LOOP;
  EXECUTE format ('CREATE TEMP VIEW readable AS'
                  ' SELECT stream, seq, id, author, subject, unit, kind, ver, at, zone,'
                  ' coalesce (body, CAST(''{}'' AS json)) AS body, received, effective, allowed,'
                  ' refers, person FROM main.event WHERE received < %s', received_before);
  CREATE TEMP VIEW live AS
  SELECT * FROM readable AS r
   WHERE allowed = 1 AND NOT EXISTS (SELECT 1 FROM retracted AS x WHERE x.target = r.id);
  FOR t IN
    SELECT DISTINCT x.position, x.fold,
           CASE x.key WHEN 'trust' THEN 'trust' WHEN 'person' THEN e.person
                      WHEN 'author' THEN e.author WHEN 'id' THEN e.id ELSE e.refers END AS key
      FROM main.touch AS x
      JOIN main.event AS e ON e.kind = x.kind AND e.received < as_at.received_before
     WHERE x.late = 0
     ORDER BY 1, 3
  LOOP
    IF coalesce (t.key, '') <> '' THEN
      EXECUTE format ('SELECT main.fold_here_%I ($1)', t.fold) USING t.key;
    END IF;
  END LOOP;
  FOR t IN SELECT DISTINCT x.fold FROM main.touch AS x LOOP
    FOR p IN
      SELECT o.policyname, o.qual
        FROM pg_catalog.pg_policies AS o
       WHERE o.schemaname = 'main' AND o.tablename = t.fold AND 'waymark_reader' = ANY (o.roles)
    LOOP
      EXECUTE format ('CREATE POLICY %I ON pg_temp.%I FOR SELECT TO waymark_reader USING (%s)',
                      p.policyname, t.fold, p.qual);
    END LOOP;
    EXECUTE format ('ALTER TABLE pg_temp.%I ENABLE ROW LEVEL SECURITY', t.fold);
    EXECUTE format ('GRANT SELECT ON pg_temp.%I TO waymark_reader', t.fold);
    EXECUTE format ('ALTER TABLE pg_temp.%I RENAME TO %I', t.fold, 'then_' || t.fold);
  END LOOP;
  PERFORM main.show_then ();
  PERFORM main.hide_then ();
END
$$;

-- How many events had happened by then and arrived after.
CREATE OR REPLACE FUNCTION api.came_later (before bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT count(*) FROM event WHERE effective < before AND received >= before AND has_role ('lead')
$$;

ALTER FUNCTION hide_then () OWNER TO waymark_folder;
ALTER FUNCTION api.as_at (bigint) OWNER TO waymark_folder;
ALTER FUNCTION api.came_later (bigint) OWNER TO waymark_folder;
ALTER FUNCTION show_then () OWNER TO waymark_reader;
REVOKE ALL ON FUNCTION hide_then (), show_then () FROM PUBLIC;
GRANT EXECUTE ON FUNCTION show_then () TO waymark_folder;
GRANT EXECUTE ON FUNCTION api.as_at (bigint), api.came_later (bigint) TO waymark_user;
