-- The trust's clockwork: what must happen without anybody asking. `waymarkctl trust tick`
-- calls it every five minutes by a login that may do nothing else. Doing it twice is doing
-- it once.

-- Minutes that a setting of the trust gives, or what stands here.
CREATE OR REPLACE FUNCTION minutes_of (wanted text, otherwise integer) RETURNS interval
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT make_interval (mins => CASE WHEN s.value ~ '^[0-9]{1,4}$' THEN CAST(s.value AS integer)
                                     ELSE otherwise END)
    FROM (SELECT max (x.value) AS value FROM setting AS x WHERE x.key = wanted) AS s
$$;

-- Ends what holds others up: transactions that are left open, statements that take too long,
-- connections that do nothing, and those of people who have left. Only people's logins and
-- those of shared computers, never who administers. -1: this may not end anything, because
-- whoever made the trust could not grant pg_signal_backend.
CREATE OR REPLACE FUNCTION end_idle () RETURNS bigint
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
DECLARE
  backend record;
  n bigint := 0;
BEGIN
  FOR backend IN
    SELECT a.pid
      FROM pg_stat_activity AS a
      JOIN pg_roles AS r ON r.oid = a.usesysid
      LEFT JOIN login AS l ON l.login = a.usename
      LEFT JOIN person AS p ON p.person = l.person
     WHERE a.datname = current_database () AND a.pid <> pg_backend_pid ()
       AND NOT r.rolsuper AND NOT pg_has_role (r.oid, 'waymark_owner', 'MEMBER')
       AND (pg_has_role (r.oid, 'waymark_user', 'MEMBER')
            OR pg_has_role (r.oid, 'waymark_kiosk', 'MEMBER')
            OR pg_has_role (r.oid, 'waymark_drop', 'MEMBER'))
       AND (l.disabled <> 0 OR (l.login IS NOT NULL AND coalesce (p.ended, 1) <> 0)
            OR (a.state LIKE 'idle in transaction%'
                AND a.state_change <= clock_timestamp () - minutes_of ('end_transaction_minutes', 10))
            OR (a.state = 'active'
                AND a.query_start <= clock_timestamp () - minutes_of ('end_statement_minutes', 10))
            OR (a.state = 'idle'
                AND a.state_change <= clock_timestamp () - minutes_of ('end_idle_minutes', 60)))
  LOOP
    IF pg_terminate_backend (backend.pid) THEN
      n := n + 1;
    END IF;
  END LOOP;
  RETURN n;
EXCEPTION WHEN insufficient_privilege THEN
  RETURN -1;
END
$$;

CREATE OR REPLACE FUNCTION api.tick ()
RETURNS TABLE (ticked bigint, ended bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  today text;
BEGIN
  ticked := now_us ();
  ended := end_idle ();
  today := CAST(ticked / 86400000000 AS text);
  DELETE FROM ticket AS t WHERE t.expires < tick.ticked;
  DELETE FROM enrolment AS n WHERE n.expires < tick.ticked AND n.used = 0;
  PERFORM sweep_erased ();
  PERFORM judge_again ();
  IF NOT EXISTS (SELECT 1 FROM meta AS m WHERE m.key = 'retained' AND m.value = today) THEN
    PERFORM retain (ticked);
    INSERT INTO meta (key, value) VALUES ('retained', today)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value;
  END IF;
  PERFORM end_terms ();
  PERFORM end_calls (NULL);
  PERFORM move_drops ();
  PERFORM tell_answers ();
  INSERT INTO meta (key, value) VALUES ('ticked', CAST(ticked AS text))
  ON CONFLICT (key) DO UPDATE SET value = excluded.value;
  RETURN NEXT;
END
$$;
