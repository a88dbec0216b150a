-- The trust's clockwork: what must happen without anybody asking. `waymarkctl trust tick`
-- calls it every five minutes by a login that may do nothing else. Doing it twice is doing
-- it once.
CREATE OR REPLACE FUNCTION api.tick ()
RETURNS TABLE (ticked bigint, ended bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  backend record;
BEGIN
  ticked := now_us ();
  ended := 0;
  -- A connection that does nothing holds others up, and a person who has left is to be out.
  FOR backend IN
    SELECT a.pid
      FROM pg_stat_activity AS a
      JOIN login AS l ON l.login = a.usename
      LEFT JOIN person AS p ON p.person = l.person
     WHERE a.datname = current_database () AND a.pid <> pg_backend_pid ()
       AND (l.disabled <> 0 OR coalesce (p.ended, 1) <> 0
            OR (a.state LIKE 'idle in transaction%'
                AND a.state_change < clock_timestamp () - interval '10 minutes')
            OR (a.state = 'idle' AND a.state_change < clock_timestamp () - interval '1 hour'))
  LOOP
    BEGIN
      IF pg_terminate_backend (backend.pid) THEN
        ended := ended + 1;
      END IF;
    EXCEPTION WHEN insufficient_privilege THEN
      -- Said by `trust status`: whoever made the trust could not grant pg_signal_backend.
      NULL;
    END;
  END LOOP;
  PERFORM move_drops ();
  PERFORM tell_answers ();
  INSERT INTO meta (key, value) VALUES ('ticked', CAST(ticked AS text))
  ON CONFLICT (key) DO UPDATE SET value = excluded.value;
  RETURN NEXT;
END
$$;
