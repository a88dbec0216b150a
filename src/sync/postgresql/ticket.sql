-- A ticket is leave to add to one stream and to do nothing else, for a shared computer where
-- somebody has signed out before everything was sent. Whoever is signed in gets it for a
-- stream of their own; who brings it need be nobody.

DROP POLICY IF EXISTS api ON ticket;
CREATE POLICY api ON ticket TO waymark_api
  USING (person = (SELECT me ())) WITH CHECK (person = (SELECT me ()));

CREATE OR REPLACE FUNCTION ticket_hash (salt text, ticket text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = main, pg_temp AS $$
  SELECT encode (sha256 (decode (salt, 'hex') || convert_to (ticket, 'UTF8')), 'hex')
$$;

-- Good for thirty days. The three newest of a stream hold, so that an answer that is lost
-- on its way takes nothing from whoever asks again. Refusals: person, protocol, stream.
CREATE OR REPLACE FUNCTION api.ticket_v1 (stream text)
RETURNS TABLE (refusal text, ticket text, expires bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
#variable_conflict use_column
DECLARE
  self text := me ();
  wanted text := ticket_v1.stream;
  now bigint := now_us ();
  salt text := replace (CAST(gen_random_uuid () AS text), '-', '');
BEGIN
  IF self IS NULL OR NOT coalesce (is_uuid (wanted), false) THEN
    refusal := CASE WHEN self IS NULL THEN 'person' ELSE 'protocol' END;
    RETURN NEXT;
    RETURN;
  END IF;
  IF stream_is_taken_from (self, wanted) THEN
    refusal := 'stream';
    RETURN NEXT;
    RETURN;
  END IF;
  -- From here on the stream is this person's, also when nothing was sent yet.
  INSERT INTO main.stream (stream, person, machine, first_seen, last_seen)
  VALUES (wanted, self, '', now, now)
  ON CONFLICT ON CONSTRAINT stream_pkey DO NOTHING;
  ticket := encode (sha256 (uuid_send (gen_random_uuid ()) || uuid_send (gen_random_uuid ())
                            || uuid_send (gen_random_uuid ())), 'hex');
  expires := now + CAST(30 AS bigint) * 86400 * 1000000;
  INSERT INTO main.ticket (stream, hash, salt, person, issued, expires)
  VALUES (wanted, ticket_hash (salt, ticket), salt, self, now, expires);
  DELETE FROM main.ticket AS t
   WHERE t.stream = wanted
     AND (t.expires < now
          OR t.hash NOT IN (SELECT n.hash FROM main.ticket AS n
                             WHERE n.stream = wanted AND n.revoked = 0
                             ORDER BY n.issued DESC, n.hash LIMIT 3)
             AND t.revoked = 0);
  RETURN NEXT;
END
$$;

-- How many were taken back: of one stream of one's own, or of all where none is named.
CREATE OR REPLACE FUNCTION api.revoke_tickets_v1 (stream text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = main, pg_temp AS $$
  WITH gone AS (
    UPDATE main.ticket AS t SET revoked = now_us ()
     WHERE t.person = me () AND t.revoked = 0
       AND (revoke_tickets_v1.stream IS NULL OR t.stream = revoke_tickets_v1.stream)
    RETURNING 1
  )
  SELECT count(*) FROM gone
$$;

-- Whose the ticket is, where it holds.
CREATE OR REPLACE FUNCTION bearer_of (ticket text, wanted text) RETURNS text
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT t.person FROM ticket AS t
   WHERE t.stream = bearer_of.wanted AND t.revoked = 0 AND t.expires >= now_us ()
     AND length (bearer_of.ticket) = 64
     AND t.hash = ticket_hash (t.salt, bearer_of.ticket)
$$;

-- As push_v1, by ticket; but nothing is told beyond what came of it. Refusals: ticket, and
-- those of push.
CREATE OR REPLACE FUNCTION api.push_ticket_v1 (
  ticket text, stream text, machine text, first bigint, client_time bigint,
  ids bytea[], subjects bytea[], units bytea[], kinds bytea[], vers bigint[], ats bigint[],
  zones bytea[], salts bytea[], bodies bytea[], digests bytea[], chains bytea[],
  receiveds bigint[], effectives bigint[])
RETURNS TABLE (refusal text, acked bigint, inserted integer, duplicates integer, quarantined integer,
               refused integer, is_gap integer, is_fork integer, fork_seq bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
#variable_conflict use_column
DECLARE
  self text := bearer_of (push_ticket_v1.ticket, push_ticket_v1.stream);
BEGIN
  IF self IS NULL THEN
    refusal := 'ticket';
    RETURN NEXT;
    RETURN;
  END IF;
  RETURN QUERY
  SELECT p.refusal, p.acked, p.inserted, p.duplicates, p.quarantined, p.refused, p.is_gap, p.is_fork,
         p.fork_seq
    FROM push_for (self, CAST(session_user AS text), push_ticket_v1.stream, push_ticket_v1.machine,
                   first, client_time, ids, subjects, units, kinds, vers, ats, zones, salts, bodies,
                   digests, chains, receiveds, effectives) AS p
   WHERE p.id IS NULL;
END
$$;

ALTER FUNCTION api.ticket_v1 (text) OWNER TO waymark_api;
ALTER FUNCTION api.revoke_tickets_v1 (text) OWNER TO waymark_api;
ALTER FUNCTION api.push_ticket_v1 (text, text, text, bigint, bigint, bytea[], bytea[], bytea[],
                                   bytea[], bigint[], bigint[], bytea[], bytea[], bytea[], bytea[],
                                   bytea[], bigint[], bigint[]) OWNER TO waymark_courier;
REVOKE ALL ON FUNCTION api.ticket_v1 (text), api.revoke_tickets_v1 (text),
  api.push_ticket_v1 (text, text, text, bigint, bigint, bytea[], bytea[], bytea[], bytea[], bigint[],
                      bigint[], bytea[], bytea[], bytea[], bytea[], bytea[], bigint[], bigint[])
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ticket_hash (text, text) TO waymark_api, waymark_courier;
GRANT EXECUTE ON FUNCTION bearer_of (text, text) TO waymark_courier;
GRANT EXECUTE ON FUNCTION api.ticket_v1 (text), api.revoke_tickets_v1 (text) TO waymark_user;
GRANT EXECUTE ON FUNCTION api.push_ticket_v1 (text, text, text, bigint, bigint, bytea[], bytea[],
                                              bytea[], bytea[], bigint[], bigint[], bytea[], bytea[],
                                              bytea[], bytea[], bytea[], bigint[], bigint[])
  TO waymark_kiosk;

-- The courier pushes with the functions that push has.
DO $courier$
DECLARE
  f record;
BEGIN
  FOR f IN
    SELECT CAST(CAST(p.oid AS regprocedure) AS text) AS name
      FROM pg_catalog.pg_proc AS p
     WHERE p.pronamespace = CAST('main' AS regnamespace)
       AND has_function_privilege ('waymark_api', p.oid, 'EXECUTE')
       AND p.proowner <> CAST('waymark_courier' AS regrole)
  LOOP
    EXECUTE 'GRANT EXECUTE ON FUNCTION ' || f.name || ' TO waymark_courier';
  END LOOP;
END
$courier$;
