-- Events of one stream of one person, in order. All of it or nothing, but for what cannot
-- be read, which is kept apart and blocks nothing. Everything comes as bytes, so that one
-- bad value cannot keep the call from being made.

CREATE OR REPLACE FUNCTION put_in_quarantine (stream text, seq bigint, id text, digest text,
                                              chain text, kind text, at bigint, reason text,
                                              raw bytea)
RETURNS void
LANGUAGE sql SET search_path = main, pg_temp AS $$
  INSERT INTO quarantine (stream, seq, id, digest, chain, kind, at, reason, raw, received)
  VALUES (stream, seq, left (id, 200), left (digest, 200), left (chain, 200), left (kind, 200), at,
          reason, coalesce (substring (raw FROM 1 FOR 65536), ''), now_us ())
$$;

-- The rows of a push that are new, from `first` on. With `careful` each in a transaction of
-- its own, so that only what offends is set aside.
CREATE OR REPLACE FUNCTION take_events (
  self text, login text, wanted text, first bigint, careful boolean, shift bigint,
  ids bytea[], subjects bytea[], units bytea[], kinds bytea[], vers bigint[], ats bigint[],
  zones bytea[], salts bytea[], bodies bytea[], digests bytea[], chains bytea[],
  receiveds bigint[], effectives bigint[],
  OUT inserted integer, OUT quarantined integer, OUT refused integer, OUT elsewheres integer,
  OUT taken text[])
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
DECLARE
  s record;
  r record;
  restored record;
  now bigint := now_us ();
  previous text;
  latest bigint;
  fault text;
  received bigint;
  effective bigint;
  permitted integer;
  known record;
BEGIN
  inserted := 0;
  quarantined := 0;
  refused := 0;
  elsewheres := 0;
  taken := '{}';
  SELECT x.last_chain, x.last_effective, x.last_seq INTO s FROM stream AS x WHERE x.stream = wanted;
  previous := s.last_chain;
  latest := s.last_effective;
  SELECT e.at, e.since INTO restored FROM epoch AS e WHERE e.restored = 1 ORDER BY e.n DESC LIMIT 1;

  FOR r IN
    SELECT first + u.place - 1 AS seq, text_of (u.id, careful) AS id, text_of (u.subject, careful) AS subject,
           u.subject IS NOT NULL AND text_of (u.subject, careful) IS NULL AS bad_subject,
           text_of (u.unit, careful) AS unit, u.unit IS NOT NULL AND text_of (u.unit, careful) IS NULL AS bad_unit,
           text_of (u.kind, careful) AS kind, u.ver, u.at, text_of (u.zone, careful) AS zone,
           text_of (u.salt, careful) AS salt, text_of (u.body, careful) AS body, u.body AS raw,
           text_of (u.digest, careful) AS digest, text_of (u.chain, careful) AS chain, u.received, u.effective
      FROM unnest (ids, subjects, units, kinds, vers, ats, zones, salts, bodies, digests, chains,
                   receiveds, effectives)
           WITH ORDINALITY AS u (id, subject, unit, kind, ver, at, zone, salt, body, digest, chain,
                                 received, effective, place)
     WHERE first + u.place - 1 > s.last_seq
     ORDER BY u.place
  LOOP
    fault := CASE WHEN r.bad_subject OR r.bad_unit THEN 'subject, unit: not a name'
                  ELSE event_fault (wanted, r.seq, r.id, r.subject, r.unit, r.kind, r.ver, r.at,
                                    r.zone, r.salt, r.body, r.digest, r.chain, previous, careful) END;
    previous := coalesce (r.chain, '');
    IF fault IS NOT NULL THEN
      PERFORM put_in_quarantine (wanted, r.seq, r.id, r.digest, r.chain, r.kind, r.at, fault, r.raw);
      quarantined := quarantined + 1;
      CONTINUE;
    END IF;

    -- The same event through another stream of the same person is the same event. That an
    -- id is somebody else's shows only in that the row cannot be added.
    SELECT e.stream, e.digest INTO known FROM event AS e WHERE e.id = r.id AND e.author = self;
    IF FOUND THEN
      IF known.stream = wanted OR known.digest <> r.digest THEN
        PERFORM put_in_quarantine (wanted, r.seq, r.id, r.digest, r.chain, r.kind, r.at,
                                   'id: of another event', r.raw);
        quarantined := quarantined + 1;
      ELSE
        INSERT INTO elsewhere (stream, seq, id, digest, chain)
        VALUES (wanted, r.seq, r.id, r.digest, r.chain);
        elsewheres := elsewheres + 1;
      END IF;
      CONTINUE;
    END IF;

    -- Claimed time, set right by the measured offset, never before the event before it nor
    -- after its arrival. What a restored trust had received once keeps its times.
    received := greatest (now, latest);
    effective := least (greatest (r.at + shift, latest + 1), received);
    IF restored.at IS NOT NULL AND r.received > restored.since AND r.received <= restored.at
       AND r.effective >= latest AND r.effective > 0 AND r.effective <= r.received THEN
      received := r.received;
      effective := r.effective;
    END IF;
    permitted := may_write (self, r.kind, r.subject, r.unit, CAST(r.body AS json));

    IF careful THEN
      BEGIN
        INSERT INTO event (stream, seq, id, author, subject, unit, kind, ver, at, zone, salt, body,
                           digest, chain, received, effective, allowed, login, refers)
        VALUES (wanted, r.seq, r.id, self, r.subject, r.unit, r.kind, r.ver, r.at, r.zone, r.salt,
                CAST(r.body AS json), r.digest, r.chain, received, effective, permitted,
                take_events.login, refers_of (r.kind, CAST(r.body AS json)));
        PERFORM fold_events (ARRAY[r.id]);
      EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
        PERFORM put_in_quarantine (wanted, r.seq, r.id, r.digest, r.chain, r.kind, r.at,
                                   'It breaks a rule of the tables (' || SQLSTATE || ')', r.raw);
        quarantined := quarantined + 1;
        CONTINUE;
      END;
    ELSE
      INSERT INTO event (stream, seq, id, author, subject, unit, kind, ver, at, zone, salt, body,
                         digest, chain, received, effective, allowed, login, refers)
      VALUES (wanted, r.seq, r.id, self, r.subject, r.unit, r.kind, r.ver, r.at, r.zone, r.salt,
              CAST(r.body AS json), r.digest, r.chain, received, effective, permitted,
              take_events.login, refers_of (r.kind, CAST(r.body AS json)));
    END IF;
    latest := effective;
    inserted := inserted + 1;
    refused := refused + 1 - permitted;
    taken := taken || r.id;
  END LOOP;

  IF NOT careful THEN
    PERFORM fold_events (taken);
  END IF;
  PERFORM bump_scopes (taken);
  UPDATE stream AS x
     SET last_seq = greatest (x.last_seq, first + cardinality (ids) - 1), last_chain = previous,
         last_effective = greatest (x.last_effective, latest),
         last_seen = now
   WHERE x.stream = wanted;
END
$$;

CREATE OR REPLACE FUNCTION refers_of (kind text, body json) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE kind WHEN 'retraction' THEN body ->> 'target' WHEN 'help_action' THEN body ->> 'request'
                   WHEN 'feedback_action' THEN body ->> 'feedback' END
$$;

-- One row with what came of it, then one for each event that the trust has now, with the
-- times that it gave it. `acked`: everything up to here is kept, whatever happens. Refusals:
-- protocol, person, stream.
--
-- Whose the events are and through which login they come is for whoever calls to have made
-- sure of. It runs with the caller's rights: the policies of that role still hold.
CREATE OR REPLACE FUNCTION push_for (
  self text, login text, wanted text, machine text, first bigint, client_time bigint,
  ids bytea[], subjects bytea[], units bytea[], kinds bytea[], vers bigint[], ats bigint[],
  zones bytea[], salts bytea[], bodies bytea[], digests bytea[], chains bytea[],
  receiveds bigint[], effectives bigint[])
RETURNS TABLE (refusal text, acked bigint, inserted integer, duplicates integer, quarantined integer,
               refused integer, is_gap integer, is_fork integer, fork_seq bigint, epoch_now text,
               id text, received bigint, effective bigint, allowed integer)
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
#variable_conflict use_column
DECLARE
  now bigint := now_us ();
  n integer := cardinality (ids);
  reached bigint;
  forked bigint;
  shift bigint;
  repeated integer;
  done record;
BEGIN
  is_gap := 0;
  is_fork := 0;
  inserted := 0;
  duplicates := 0;
  quarantined := 0;
  refused := 0;
  IF self IS NULL OR NOT coalesce (is_uuid (wanted), false) OR stream_is_taken_from (self, wanted) THEN
    refusal := CASE WHEN self IS NULL THEN 'person' WHEN is_uuid (wanted) THEN 'stream'
                    ELSE 'protocol' END;
    RETURN NEXT;
    RETURN;
  END IF;
  IF n IS NULL OR n > 200 OR first IS NULL OR first < 1 OR first > 1000000000000
     OR client_time IS NULL
     OR (cardinality (subjects), cardinality (units), cardinality (kinds), cardinality (vers),
         cardinality (ats), cardinality (zones), cardinality (salts), cardinality (bodies),
         cardinality (digests), cardinality (chains), cardinality (receiveds),
         cardinality (effectives))
        IS DISTINCT FROM (n, n, n, n, n, n, n, n, n, n, n, n) THEN
    refusal := 'protocol';
    RETURN NEXT;
    RETURN;
  END IF;
  -- A client may have turned this off for its session.
  PERFORM set_config ('synchronous_commit', 'on', true);
  PERFORM set_config ('lock_timeout', '20s', true);

  -- This row serialises whoever pushes to the stream, and nobody else.
  INSERT INTO main.stream AS s (stream, person, machine, first_seen, last_seen)
  VALUES (wanted, self, left (push_for.machine, 200), now, now)
  ON CONFLICT ON CONSTRAINT stream_pkey DO UPDATE SET last_seen = excluded.last_seen;
  SELECT s.last_seq INTO reached FROM main.stream AS s WHERE s.stream = wanted FOR UPDATE;
  epoch_now := epoch_for (wanted, reached);

  -- A hole: the trust was put back to before what this device has sent. It goes back too.
  IF first > reached + 1 THEN
    is_gap := 1;
    acked := reached;
    RETURN NEXT;
    RETURN;
  END IF;

  -- What the trust has must be the same; otherwise two devices write one stream. A place
  -- that holds nothing was erased, and stays so.
  SELECT min (g.seq) INTO forked
    FROM (SELECT first + u.place - 1 AS seq, left (as_text (u.id), 200) AS id,
                 left (as_text (u.digest), 200) AS digest
            FROM unnest (ids, digests) WITH ORDINALITY AS u (id, digest, place)
           WHERE first + u.place - 1 <= reached) AS g
    JOIN (SELECT e.seq, e.id, e.digest FROM main.event AS e
           WHERE e.stream = wanted AND e.seq BETWEEN first AND first + n - 1
          UNION ALL
          SELECT e.seq, e.id, e.digest FROM main.elsewhere AS e
           WHERE e.stream = wanted AND e.seq BETWEEN first AND first + n - 1
          UNION ALL
          SELECT q.seq, q.id, q.digest FROM main.quarantine AS q
           WHERE q.stream = wanted AND q.seq BETWEEN first AND first + n - 1) AS h ON h.seq = g.seq
   WHERE g.id IS DISTINCT FROM h.id OR g.digest IS DISTINCT FROM h.digest;
  IF forked IS NOT NULL THEN
    is_fork := 1;
    fork_seq := forked;
    acked := forked - 1;
    RETURN NEXT;
    RETURN;
  END IF;
  repeated := greatest (0, least (n, reached - first + 1));

  -- Below two seconds a difference of clocks is the journey, not the clock.
  shift := now - client_time;
  IF abs (shift) < 2000000 THEN
    shift := 0;
  END IF;
  IF n > repeated THEN
    BEGIN
      SELECT t.* INTO done
        FROM take_events (self, login, wanted, first, false, shift, ids, subjects, units, kinds, vers, ats,
                          zones, salts, bodies, digests, chains, receiveds, effectives) AS t;
    EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
      SELECT t.* INTO done
        FROM take_events (self, login, wanted, first, true, shift, ids, subjects, units, kinds, vers, ats,
                          zones, salts, bodies, digests, chains, receiveds, effectives) AS t;
    END;
    inserted := done.inserted;
    quarantined := done.quarantined;
    refused := done.refused;
    repeated := repeated + done.elsewheres;
    IF done.inserted > 0 AND (SELECT max (e.at) FROM main.epoch AS e) < now - 600000000 THEN
      PERFORM new_epoch (0);
    END IF;
  END IF;
  duplicates := repeated;
  acked := greatest (reached, first + n - 1);
  epoch_now := epoch_for (wanted, acked);
  RETURN NEXT;

  RETURN QUERY
  SELECT CAST(NULL AS text), CAST(NULL AS bigint), CAST(NULL AS integer), CAST(NULL AS integer),
         CAST(NULL AS integer), CAST(NULL AS integer), CAST(NULL AS integer), CAST(NULL AS integer),
         CAST(NULL AS bigint), CAST(NULL AS text), e.id, e.received, e.effective, e.allowed
    FROM unnest (ids) WITH ORDINALITY AS u (id, place)
    JOIN main.event AS e ON e.id = as_text (u.id)
   WHERE e.author = self
   ORDER BY u.place;
END
$$;

-- Of session_user's own.
CREATE OR REPLACE FUNCTION api.push_v1 (
  stream text, machine text, first bigint, client_time bigint,
  ids bytea[], subjects bytea[], units bytea[], kinds bytea[], vers bigint[], ats bigint[],
  zones bytea[], salts bytea[], bodies bytea[], digests bytea[], chains bytea[],
  receiveds bigint[], effectives bigint[])
RETURNS TABLE (refusal text, acked bigint, inserted integer, duplicates integer, quarantined integer,
               refused integer, is_gap integer, is_fork integer, fork_seq bigint, epoch_now text,
               id text, received bigint, effective bigint, allowed integer)
LANGUAGE sql SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT p.*
    FROM push_for (me (), session_user, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
                   $15, $16, $17) AS p
$$;
