-- How much there is, and of whom, is not for every login to know: a server tells everybody how
-- many rows a table has, how many were written since yesterday and how large its file is, and
-- its planner what share of them a name has. Whoever watches the server keeps all of it
-- (pg_monitor), and the trust's own roles do. How large a table is on the whole the planner goes
-- on telling, to who asks it for a plan.

-- Not everybody who may upgrade a trust may do this.
DO $volumes$
DECLARE
  f record;
  told text;
BEGIN
  RESET ROLE;
  IF NOT (SELECT r.rolsuper FROM pg_roles AS r WHERE r.rolname = current_user) THEN
    SET ROLE waymark_owner;
    RETURN;
  END IF;
  FOR f IN
    SELECT CAST(CAST(p.oid AS regprocedure) AS text) AS name
      FROM pg_proc AS p
     WHERE p.pronamespace = CAST('pg_catalog' AS regnamespace)
       AND (p.proname ~ ('^pg_stat_get_(numscans|tuples|live|dead|mod|ins|blocks|xact|function|db|'
                         'last|vacuum|autovacuum|analyze|autoanalyze|checkpoint|bgwriter|wal)')
            OR p.proname IN ('pg_relation_size', 'pg_table_size', 'pg_indexes_size',
                             'pg_total_relation_size', 'pg_database_size', 'pg_tablespace_size'))
  LOOP
    EXECUTE format ('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f.name);
    EXECUTE format ('GRANT EXECUTE ON FUNCTION %s TO pg_monitor, waymark_owner', f.name);
  END LOOP;
  SELECT string_agg (quote_ident (a.attname), ', ') INTO told
    FROM pg_attribute AS a
   WHERE a.attrelid = CAST('pg_class' AS regclass) AND NOT a.attisdropped
     AND a.attname NOT IN ('reltuples', 'relpages', 'relallvisible');
  REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC;
  EXECUTE 'GRANT SELECT (' || told || ') ON pg_catalog.pg_class TO PUBLIC';
  GRANT SELECT ON pg_catalog.pg_class TO pg_monitor, waymark_owner;
  -- What it learnt of names before it was told not to: see readers.sql.
  DELETE FROM pg_catalog.pg_statistic AS s
   USING pg_attribute AS a, pg_class AS t
   WHERE s.starelid = a.attrelid AND s.staattnum = a.attnum AND a.attstattarget = 0
     AND t.oid = a.attrelid AND t.relnamespace = CAST('main' AS regnamespace);
  SET ROLE waymark_owner;
END
$volumes$;
SET ROLE waymark_owner;
