-- Erasing a person, or emptying one event: asked for by one governance person, carried out by
-- another. What they wrote and what is about them loses body and salt; places, digests and
-- chains stay, so that streams verify and nothing comes back. What somebody did in a role, for
-- the trust or for others, stays: who they were is gone with the rest.
--
-- Refusals: governance, unknown, erased (already), none (nobody has asked), same (by one
-- person alone).

CREATE OR REPLACE FUNCTION is_governance (who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM role AS r WHERE r.person = who AND r.role = 'governance')
$$;

-- Whom a username means, also after they have left.
CREATE OR REPLACE FUNCTION person_named (username text) RETURNS text
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT p.person FROM person AS p
   WHERE p.username = person_named.username OR p.person = person_named.username
   ORDER BY coalesce (p.ended, 0), p.person LIMIT 1
$$;

-- What goes when somebody is erased. Their words go wherever another repeats them: a tip is an
-- answer of theirs.
CREATE OR REPLACE FUNCTION erasable (target text) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT e.id FROM event AS e
   WHERE e.salt <> '' AND e.kind NOT IN ('erasure_request', 'erasure')
     AND (e.subject = target
          OR (e.author = target
              AND (e.subject IS NULL OR e.subject <> target)
              AND e.kind NOT IN ('organisation', 'place', 'person', 'membership', 'role_grant',
                                 'setting', 'pack_release', 'item_parameter', 'local_note',
                                 'role_requirement', 'notice', 'initiative', 'pulse',
                                 'drop_answer', 'assignment', 'assignment_end', 'exemption',
                                 'reminder', 'published', 'trial', 'rota')
              AND (e.kind <> 'champion_term' OR e.subject IS NULL)))
  UNION
  SELECT t.id FROM event AS a JOIN event AS t ON t.refers = a.id AND t.kind = 'tip'
   WHERE a.author = target AND a.kind = 'corner_action' AND t.salt <> ''
$$;

-- With one event goes what repeats it and what belongs to it.
CREATE OR REPLACE FUNCTION erasable_with (target text) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT e.id FROM event AS e WHERE e.id = target AND e.salt <> ''
  UNION
  SELECT e.id FROM event AS e
   WHERE e.refers = target AND e.kind IN ('tip', 'evidence_file') AND e.salt <> ''
$$;

-- Before it was for more than that.
DROP FUNCTION IF EXISTS bump_for_erased (text[]);

-- Whoever may read these on a device drops what it has and looks again. What is erased asks it
-- before, while it is known where people belong. A withdrawal is with whoever may read what it
-- withdraws.
CREATE OR REPLACE FUNCTION bump_readers (ids text[]) RETURNS void
LANGUAGE sql SET search_path = main, pg_temp AS $$
  WITH hit AS (
    SELECT e.id, e.author, e.subject, e.person, e.unit, e.kind, e.refers
      FROM event AS e WHERE e.id = ANY (ids)
  ),
  gone AS (
    SELECT h.author, h.subject, h.person, h.unit, h.kind FROM hit AS h
    UNION
    SELECT t.author, t.subject, t.person, t.unit, t.kind
      FROM hit AS h JOIN event AS t ON h.kind = 'retraction' AND t.id = h.refers
  )
  INSERT INTO scope_generation (scope, generation)
  SELECT s.scope, 2
    FROM (SELECT 'unit:' || u.unit AS scope
            FROM (SELECT g.unit FROM gone AS g WHERE g.unit IS NOT NULL
                  UNION
                  SELECT m.unit FROM membership AS m
                   WHERE m.person IN (SELECT g.person FROM gone AS g)) AS c
            JOIN unit AS below ON below.unit = c.unit
            JOIN unit AS u ON starts_with (below.path, u.path)
          UNION
          SELECT 'self:' || p.person
            FROM (SELECT g.author FROM gone AS g UNION SELECT g.subject FROM gone AS g) AS p (person)
           WHERE p.person IS NOT NULL
          UNION
          SELECT 'champions'
           WHERE EXISTS (SELECT 1 FROM gone AS g JOIN visible AS v ON v.kind = g.kind
                          WHERE v.audience = 'champions')
          UNION
          SELECT 'unit:*'
           WHERE EXISTS (SELECT 1 FROM gone AS g WHERE g.kind IN ('help_request', 'help_action'))
          UNION
          SELECT 'catalogue'
           WHERE EXISTS (SELECT 1 FROM gone AS g JOIN visible AS v ON v.kind = g.kind
                          WHERE v.audience = 'catalogue')) AS s
   ORDER BY 1
  ON CONFLICT (scope) DO UPDATE SET generation = scope_generation.generation + 1
$$;

CREATE OR REPLACE FUNCTION empty_events (ids text[]) RETURNS void
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
BEGIN
  PERFORM bump_readers (ids);
  UPDATE event SET salt = '', body = NULL WHERE id = ANY (ids);
  PERFORM fold_events (ids);
END
$$;

-- Doing it again empties what has come since and writes nothing.
CREATE OR REPLACE FUNCTION erase_now (target text, what text, by text, request text, reason text,
                                      OUT erasure text, OUT events bigint)
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
DECLARE
  ids text[];
  whose text := target;
BEGIN
  IF what = 'person' THEN
    -- Whoever is sending is waited for, and whoever comes after finds it said.
    PERFORM 1 FROM stream AS s WHERE s.person = target ORDER BY s.stream FOR UPDATE;
    SELECT coalesce (array_agg (x.id), '{}') INTO ids FROM erasable (target) AS x (id);
  ELSE
    SELECT coalesce (array_agg (x.id), '{}') INTO ids FROM erasable_with (target) AS x (id);
    SELECT e.person INTO whose FROM event AS e WHERE e.id = target;
  END IF;
  events := cardinality (ids);
  PERFORM empty_events (ids);
  IF what = 'person' THEN
    UPDATE quarantine AS q SET raw = ''
     WHERE q.raw <> '' AND q.stream IN (SELECT s.stream FROM stream AS s WHERE s.person = target);
    DELETE FROM enrolment AS n WHERE n.person = target;
    DELETE FROM ticket AS t WHERE t.person = target;
  END IF;
  SELECT x.erasure INTO erasure FROM erased AS x WHERE x.target = erase_now.target;
  IF FOUND THEN
    RETURN;
  END IF;
  erasure := append_own (by, NULL, NULL, 'erasure', now_us (),
                         json_strip_nulls (json_build_object (
                           'person', coalesce (whose, ''), 'request', request,
                           'event', CASE what WHEN 'event' THEN target END, 'reason', reason)));
  INSERT INTO erased (target, what, erasure, reason, at)
  VALUES (target, what, erasure, reason, now_us ());
END
$$;

-- `username` is NULL where one event is meant, and `event` where somebody is.
CREATE OR REPLACE FUNCTION ask_erasure (by text, username text, event text, reason text)
RETURNS TABLE (refusal text, request text)
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
DECLARE
  whose text;
BEGIN
  IF NOT coalesce (is_governance (by), false) THEN
    refusal := 'governance';
  ELSIF ask_erasure.event IS NULL THEN
    whose := person_named (username);
    refusal := CASE WHEN whose IS NULL THEN 'unknown' END;
  ELSE
    SELECT coalesce (e.person, '') INTO whose FROM main.event AS e WHERE e.id = ask_erasure.event;
    refusal := CASE WHEN NOT FOUND THEN 'unknown'
                    WHEN EXISTS (SELECT 1 FROM erased AS x WHERE x.target = ask_erasure.event)
                    THEN 'erased' END;
  END IF;
  IF refusal IS NULL THEN
    request := append_own (by, NULL, NULL, 'erasure_request', now_us (),
                           json_strip_nulls (json_build_object (
                             'person', whose, 'reason', coalesce (reason, ''),
                             'event', ask_erasure.event)));
  END IF;
  RETURN NEXT;
END
$$;

-- A request lapses after thirty days, or when whoever asked is in that role no more.
CREATE OR REPLACE FUNCTION confirm_erasure (by text, username text, event text)
RETURNS TABLE (refusal text, erasure text, target text, events bigint)
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
#variable_conflict use_column
DECLARE
  asked record;
BEGIN
  IF NOT coalesce (is_governance (by), false) THEN
    refusal := 'governance';
    RETURN NEXT;
    RETURN;
  END IF;
  target := coalesce (confirm_erasure.event, person_named (confirm_erasure.username));
  SELECT count(*) AS n, max (q.id) FILTER (WHERE q.author <> by) AS id INTO asked
    FROM live AS q
   WHERE q.kind = 'erasure_request' AND is_governance (q.author)
     AND q.received > now_us () - 30 * CAST(86400000000 AS bigint)
     AND CASE WHEN confirm_erasure.event IS NULL
              THEN q.body ->> 'person' = target AND q.body ->> 'event' IS NULL
              ELSE q.body ->> 'event' = target END;
  refusal := CASE WHEN target IS NULL THEN 'unknown'
                  WHEN EXISTS (SELECT 1 FROM erased AS x WHERE x.target = confirm_erasure.event)
                  THEN 'erased'
                  WHEN asked.n = 0 THEN 'none'
                  WHEN asked.id IS NULL THEN 'same' END;
  IF refusal IS NULL THEN
    SELECT d.erasure, d.events INTO erasure, events
      FROM erase_now (target, CASE WHEN confirm_erasure.event IS NULL THEN 'person' ELSE 'event' END,
                      by, asked.id, 'asked') AS d;
  END IF;
  RETURN NEXT;
END
$$;

-- By whoever is signed in.
CREATE OR REPLACE FUNCTION api.erase_request (username text, event text, reason text)
RETURNS TABLE (refusal text, request text)
LANGUAGE sql SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT a.* FROM ask_erasure (me (), $1, $2, $3) AS a
$$;

CREATE OR REPLACE FUNCTION api.erase_confirm (username text, event text)
RETURNS TABLE (refusal text, erasure text, target text, events bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT c.* FROM confirm_erasure (me (), $1, $2) AS c
$$;

-- What waits for a second person, for governance alone.
CREATE OR REPLACE FUNCTION api.erasures_asked ()
RETURNS TABLE (request text, username text, event text, asked_by text, at bigint, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT q.id, p.username, q.body ->> 'event', a.username, q.received, q.body ->> 'reason'
    FROM live AS q
    LEFT JOIN person AS p ON p.person = q.body ->> 'person'
    LEFT JOIN person AS a ON a.person = q.author
   WHERE is_governance (me ()) AND q.kind = 'erasure_request'
     AND q.received > now_us () - 30 * CAST(86400000000 AS bigint)
     AND NOT EXISTS (SELECT 1 FROM erased AS x
                      WHERE x.target = coalesce (q.body ->> 'event', q.body ->> 'person'))
   ORDER BY q.received, q.id
$$;

-- Whether whoever is signed in was erased: their devices are told so, and nothing else.
CREATE OR REPLACE FUNCTION login_is_erased () RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM login AS l JOIN erased AS x ON x.target = l.person
                  WHERE l.login = session_user AND x.what = 'person')
$$;

CREATE OR REPLACE FUNCTION is_erased (who text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM erased AS x WHERE x.target = who)
$$;

-- Whether any of what is pushed was emptied, or is about somebody who was erased: the trust was
-- put back to before it had come, or whoever sends it does not know yet.
CREATE OR REPLACE FUNCTION has_erased (ids bytea[], subjects bytea[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM erased AS x
                  WHERE (x.what = 'event' AND convert_to (x.target, 'UTF8') = ANY (ids))
                     OR (x.what = 'person' AND convert_to (x.target, 'UTF8') = ANY (subjects)))
$$;

CREATE OR REPLACE FUNCTION is_erased_event (id text, subject text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM erased AS x
                  WHERE (x.what = 'event' AND x.target = is_erased_event.id)
                     OR (x.what = 'person' AND x.target = is_erased_event.subject))
$$;

-- What is wrong with the rest of an event that comes empty: see event_fault.
CREATE OR REPLACE FUNCTION emptied_fault (stream text, seq bigint, id text, subject text, unit text,
                                          kind text, ver bigint, at bigint, zone text, digest text,
                                          chain text, previous text)
RETURNS text
LANGUAGE plpgsql STABLE SET search_path = main, pg_temp AS $$
BEGIN
  IF NOT coalesce (is_uuid (id) AND kind ~ '^[a-z0-9_]{1,40}$' AND ver BETWEEN 1 AND 1000
                   AND at BETWEEN 0 AND 7258118400000000 AND is_name (zone)
                   AND coalesce (is_name (subject), true) AND coalesce (is_name (unit), true)
                   AND digest ~ '^[0-9a-f]{64}$' AND chain ~ '^[0-9a-f]{64}$', false) THEN
    RETURN 'not as Waymark leaves what was erased';
  ELSIF chain <> chain_of (previous, stream, seq, id, subject, unit, kind, ver, at, digest) THEN
    RETURN 'chain: does not follow the event before it';
  END IF;
  RETURN NULL;
END
$$;

-- What others have sent since about somebody who was erased, or that belongs to what was.
CREATE OR REPLACE FUNCTION sweep_erased () RETURNS bigint
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
DECLARE
  ids text[];
BEGIN
  SELECT coalesce (array_agg (DISTINCT y.id), '{}') INTO ids
    FROM erased AS x
   CROSS JOIN LATERAL (SELECT e FROM erasable (x.target) AS e WHERE x.what = 'person'
                       UNION ALL
                       SELECT e FROM erasable_with (x.target) AS e WHERE x.what = 'event') AS y (id);
  IF cardinality (ids) > 0 THEN
    PERFORM empty_events (ids);
  END IF;
  RETURN cardinality (ids);
END
$$;

-- For the ledger that lies outside.
CREATE OR REPLACE FUNCTION api.erasures ()
RETURNS TABLE (target text, what text, erasure text, reason text, at bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT x.target, x.what, x.erasure, x.reason, x.at FROM erased AS x ORDER BY x.at, x.target
$$;

REVOKE ALL ON FUNCTION is_governance (text), person_named (text), erasable (text),
  erasable_with (text),
  bump_readers (text[]), empty_events (text[]), erase_now (text, text, text, text, text),
  ask_erasure (text, text, text, text), confirm_erasure (text, text, text), sweep_erased (),
  login_is_erased (), is_erased (text), has_erased (bytea[], bytea[]), is_erased_event (text, text),
  emptied_fault (text, bigint, text, text, text, text, bigint, bigint, text, text, text, text),
  api.erase_request (text, text, text), api.erase_confirm (text, text),
  api.erasures_asked (), api.erasures () FROM PUBLIC;
GRANT EXECUTE ON FUNCTION login_is_erased (), is_erased (text), has_erased (bytea[], bytea[]),
  is_erased_event (text, text),
  emptied_fault (text, bigint, text, text, text, text, bigint, bigint, text, text, text, text)
  TO waymark_api, waymark_courier;
GRANT EXECUTE ON FUNCTION api.erase_request (text, text, text), api.erase_confirm (text, text),
  api.erasures_asked () TO waymark_user;
GRANT EXECUTE ON FUNCTION api.erasures () TO waymark_tick;
