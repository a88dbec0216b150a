-- Messages without a name. They come by a login that is nobody's, at a random time after they
-- were written, and lie in `drop_box` with the week alone. The clockwork moves them, shuffled,
-- into the trust's own stream, where they are feedback like any other, and tells everybody
-- what was answered by the token's hash: only the device that has the token knows whose
-- answer it is.

CREATE OR REPLACE FUNCTION was_dropped (token text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM event AS e
                  WHERE e.kind = 'feedback' AND e.author IS NULL
                    AND e.body ->> 'token' = was_dropped.token)
$$;

-- A unit only where it hides whoever writes: eight people or more.
CREATE OR REPLACE FUNCTION unit_of_many (wanted text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT u.unit FROM unit AS u
   WHERE u.unit = wanted
     AND 8 <= (SELECT count(DISTINCT m.person)
                 FROM membership AS m
                 JOIN person AS p ON p.person = m.person
                WHERE m.unit = wanted AND coalesce (p.ended, 0) = 0)
$$;

-- kept, also where it was there already; full: later; protocol: never.
CREATE OR REPLACE FUNCTION api.drop_v1 (token_hash text, body text, week bigint, unit text)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
#variable_conflict use_column
DECLARE
  today bigint := now_us () / 86400000000;
BEGIN
  IF NOT coalesce (drop_v1.token_hash ~ '^[0-9a-f]{64}$', false)
     OR NOT coalesce (drop_v1.week % 7 = 4 OR drop_v1.week NOT BETWEEN today - 70 AND today + 7, false)
     OR NOT coalesce (octet_length (drop_v1.body) <= 16384, false) THEN
    RETURN 'protocol';
  END IF;
  BEGIN
    IF object_fault (CAST(drop_v1.body AS json)) IS NOT NULL
       OR field_fault ('feedback', CAST(drop_v1.body AS json)) IS NOT NULL
       OR EXISTS (SELECT 1 FROM json_object_keys (CAST(drop_v1.body AS json)) AS k
                   WHERE k NOT IN ('type', 'text', 'page')) THEN
      RETURN 'protocol';
    END IF;
  EXCEPTION WHEN data_exception OR statement_too_complex THEN
    RETURN 'protocol';
  END;
  PERFORM set_config ('synchronous_commit', 'on', true);
  LOCK TABLE main.drop_box IN EXCLUSIVE MODE;
  IF was_dropped (drop_v1.token_hash)
     OR EXISTS (SELECT 1 FROM main.drop_box AS d WHERE d.token = drop_v1.token_hash) THEN
    RETURN 'kept';
  ELSIF (SELECT count(*) FROM main.drop_box) >= 1000 THEN
    RETURN 'full';
  END IF;
  -- All of them anew, in another order, by one transaction: so no row says when it came.
  WITH shaken AS (
    DELETE FROM main.drop_box RETURNING *
  )
  INSERT INTO main.drop_box (token, week, body, unit)
  SELECT x.token, x.week, x.body, x.unit
    FROM (SELECT s.token, s.week, s.body, s.unit FROM shaken AS s
          UNION ALL
          -- A week that cannot be would be known again as that of a clock that is wrong.
          SELECT drop_v1.token_hash,
                 CASE WHEN drop_v1.week BETWEEN today - 70 AND today + 7 THEN drop_v1.week
                      ELSE today - (today + 3) % 7 END,
                 drop_v1.body, unit_of_many (drop_v1.unit)) AS x
   ORDER BY gen_random_uuid ();
  RETURN 'kept';
END
$$;

-- Called by the clockwork. Five together hide each other; fewer wait until a day has gone
-- since the box was last emptied. A unit that has shrunk since a message came would not hide
-- its writer in the log. Returns how many were moved.
CREATE OR REPLACE FUNCTION move_drops () RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  d record;
  n bigint;
  now bigint := now_us ();
BEGIN
  LOCK TABLE drop_box IN EXCLUSIVE MODE;
  SELECT count(*) INTO n FROM drop_box;
  INSERT INTO meta (key, value) VALUES ('dropped', CAST(now AS text)) ON CONFLICT (key) DO NOTHING;
  IF n < 5 AND now - 86400000000 < (SELECT CAST(m.value AS bigint) FROM meta AS m
                                     WHERE m.key = 'dropped') THEN
    RETURN 0;
  END IF;
  FOR d IN SELECT * FROM drop_box ORDER BY gen_random_uuid () LOOP
    PERFORM append_own (NULL, NULL, unit_of_many (d.unit), 'feedback', d.week * 86400000000,
                        json_strip_nulls (json_build_object (
                          'type', CAST(d.body AS json) ->> 'type',
                          'text', CAST(d.body AS json) ->> 'text',
                          'page', CAST(d.body AS json) ->> 'page', 'token', d.token)));
  END LOOP;
  DELETE FROM drop_box;
  UPDATE meta SET value = CAST(now AS text) WHERE key = 'dropped';
  RETURN n;
END
$$;

-- What was answered to messages without a name, said to everybody; and unsaid where whoever
-- answered has taken it back. Returns how many events that were.
CREATE OR REPLACE FUNCTION tell_answers () RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  a record;
  n bigint := 0;
BEGIN
  FOR a IN
    SELECT r.id, r.body, f.body ->> 'token' AS token
      FROM live AS f
      JOIN live AS r ON r.refers = f.id AND r.kind = 'feedback_action'
     WHERE f.kind = 'feedback' AND f.author IS NULL AND f.body ->> 'token' IS NOT NULL
       -- How it is sorted is for those who sort.
       AND r.body ->> 'action' IN ('heard', 'themed', 'decided', 'done', 'replied', 'joined')
       AND NOT EXISTS (SELECT 1 FROM event AS t
                        WHERE t.kind = 'drop_answer' AND t.body ->> 'source' = r.id)
     ORDER BY r.effective, r.id
  LOOP
    PERFORM append_own (NULL, NULL, NULL, 'drop_answer', now_us (),
                        json_strip_nulls (json_build_object (
                          'token', a.token, 'source', a.id, 'action', a.body ->> 'action',
                          'decision', a.body ->> 'decision', 'because', a.body ->> 'because',
                          'text', a.body ->> 'text')));
    n := n + 1;
  END LOOP;
  FOR a IN
    SELECT t.id
      FROM live AS t
      JOIN retracted AS x ON x.target = t.body ->> 'source'
     WHERE t.kind = 'drop_answer'
     ORDER BY t.effective, t.id
  LOOP
    PERFORM append_own (NULL, NULL, NULL, 'retraction', now_us (),
                        json_build_object ('target', a.id));
    n := n + 1;
  END LOOP;
  RETURN n;
END
$$;

ALTER FUNCTION was_dropped (text) OWNER TO waymark_folder;
ALTER FUNCTION unit_of_many (text) OWNER TO waymark_folder;
ALTER FUNCTION api.drop_v1 (text, text, bigint, text) OWNER TO waymark_courier;
REVOKE ALL ON FUNCTION api.drop_v1 (text, text, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION was_dropped (text), unit_of_many (text), object_fault (json),
  json_fault (json, integer), field_fault (text, json), now_us () TO waymark_courier;
GRANT EXECUTE ON FUNCTION api.drop_v1 (text, text, bigint, text) TO waymark_drop;
