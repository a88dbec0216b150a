-- What is kept apart and why, for whoever sent it; and sending by file: a bundle is signed
-- with a key that the trust gives to its person alone, read and judged here, and answered by
-- a receipt under the same key. Who carries it may be anybody who may call import_bundle_v1.

CREATE OR REPLACE FUNCTION api.apart_v1 (stream text)
RETURNS TABLE (seq bigint, reason text, received bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT q.seq, q.reason, q.received FROM quarantine AS q
   WHERE q.stream = apart_v1.stream ORDER BY q.seq DESC LIMIT 1000
$$;

CREATE OR REPLACE FUNCTION bundle_key (person text) RETURNS text
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT mark ('bundle:' || person)
$$;

CREATE OR REPLACE FUNCTION api.bundle_key_v1 () RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT bundle_key (me ())
$$;

-- RFC 2104 with SHA-256, the key being shorter than a block.
CREATE OR REPLACE FUNCTION hmac_of (key text, message bytea) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = main, pg_temp AS $$
DECLARE
  known bytea := convert_to (key, 'UTF8');
  inner_pad bytea := decode (repeat ('36', 64), 'hex');
  outer_pad bytea := decode (repeat ('5c', 64), 'hex');
BEGIN
  FOR i IN 0 .. octet_length (known) - 1 LOOP
    inner_pad := set_byte (inner_pad, i, get_byte (inner_pad, i) # get_byte (known, i));
    outer_pad := set_byte (outer_pad, i, get_byte (outer_pad, i) # get_byte (known, i));
  END LOOP;
  RETURN encode (sha256 (outer_pad || sha256 (inner_pad || message)), 'hex');
END
$$;

CREATE OR REPLACE FUNCTION bundle_field (field text) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = main, pg_temp AS $$
  SELECT CASE field WHEN '-' THEN NULL ELSE decode (field, 'base64') END
$$;

CREATE OR REPLACE FUNCTION bundle_code (field text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = main, pg_temp AS $$
  SELECT coalesce (replace (encode (convert_to (field, 'UTF8'), 'base64'), E'\n', ''), '-')
$$;

-- Refusals: protocol (not as Waymark writes it), forged, person, stream, gap, fork. Then
-- nothing was changed.
CREATE OR REPLACE FUNCTION api.import_bundle_v1 (bundle text)
RETURNS TABLE (refusal text, events integer, inserted integer, duplicates integer,
               quarantined integer, refused integer, acked bigint, receipt text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
#variable_conflict use_column
DECLARE
  lines text[];
  n integer;
  owner text;
  wanted text;
  first bigint;
  epoch text;
  now bigint := now_us ();
  slice record;
  done record;
  answer text;
BEGIN
  events := 0;
  inserted := 0;
  duplicates := 0;
  quarantined := 0;
  refused := 0;
  refusal := 'protocol';
  IF octet_length (bundle) > 16777216 OR bundle !~ E'\ndigest [0-9a-f]{64}\nseal [0-9a-f]{64}\n$' THEN
    RETURN NEXT;
    RETURN;
  END IF;
  lines := string_to_array (bundle, E'\n');
  n := cardinality (lines) - 9;
  IF n < 1 OR lines[1] <> 'waymark-bundle 1' OR lines[2] !~ '^person [A-Za-z0-9+/=]+$'
     OR lines[3] !~ '^stream ' OR lines[5] !~ '^first [0-9]{1,12}$'
     OR lines[6] <> 'count ' || n THEN
    RETURN NEXT;
    RETURN;
  END IF;
  owner := convert_from (decode (substr (lines[2], 8), 'base64'), 'UTF8');
  wanted := substr (lines[3], 8);
  first := CAST(substr (lines[5], 7) AS bigint);
  IF right (bundle, 65) <> hmac_of (bundle_key (owner),
                                    convert_to (left (bundle, length (bundle) - 70), 'UTF8')) || E'\n' THEN
    refusal := 'forged';
    RETURN NEXT;
    RETURN;
  END IF;
  IF first < 1 OR NOT coalesce (is_uuid (wanted), false)
     OR EXISTS (SELECT 1 FROM unnest (lines[7:6 + n]) AS u (line)
                 WHERE line !~ '^event( [A-Za-z0-9+/=-]*){4} -?[0-9]{1,9} -?[0-9]{1,18}( [A-Za-z0-9+/=-]*){5} -?[0-9]{1,18} -?[0-9]{1,18}$') THEN
    RETURN NEXT;
    RETURN;
  END IF;
  -- As for a login: whoever has left, or was shut out, sends nothing more.
  IF NOT EXISTS (SELECT 1 FROM person AS p JOIN login AS l ON l.person = p.person
                  WHERE p.person = owner AND coalesce (p.ended, 0) = 0 AND l.disabled = 0) THEN
    refusal := 'person';
    RETURN NEXT;
    RETURN;
  END IF;
  IF first > coalesce ((SELECT s.last_seq FROM main.stream AS s
                         WHERE s.stream = wanted AND s.person = owner), 0) + 1 THEN
    refusal := CASE WHEN stream_is_taken_from (owner, wanted) THEN 'stream' ELSE 'gap' END;
    RETURN NEXT;
    RETURN;
  END IF;
  answer := '';
  FOR slice IN
    SELECT min (g.seq) AS first, array_agg (bundle_field (g.f[2]) ORDER BY g.seq) AS ids,
           array_agg (bundle_field (g.f[3]) ORDER BY g.seq) AS subjects,
           array_agg (bundle_field (g.f[4]) ORDER BY g.seq) AS units,
           array_agg (bundle_field (g.f[5]) ORDER BY g.seq) AS kinds,
           array_agg (CAST(g.f[6] AS bigint) ORDER BY g.seq) AS vers,
           array_agg (CAST(g.f[7] AS bigint) ORDER BY g.seq) AS ats,
           array_agg (bundle_field (g.f[8]) ORDER BY g.seq) AS zones,
           array_agg (bundle_field (g.f[9]) ORDER BY g.seq) AS salts,
           array_agg (bundle_field (g.f[10]) ORDER BY g.seq) AS bodies,
           array_agg (bundle_field (g.f[11]) ORDER BY g.seq) AS digests,
           array_agg (bundle_field (g.f[12]) ORDER BY g.seq) AS chains,
           array_agg (CAST(g.f[13] AS bigint) ORDER BY g.seq) AS receiveds,
           array_agg (CAST(g.f[14] AS bigint) ORDER BY g.seq) AS effectives
      FROM (SELECT first + u.place - 1 AS seq, string_to_array (u.line, ' ') AS f
              FROM unnest (lines[7:6 + n]) WITH ORDINALITY AS u (line, place)) AS g
     GROUP BY (g.seq - first) / 200
     ORDER BY 1
  LOOP
    -- When it was sealed says nothing about how its clock stands now. A fork or a gap shows
    -- before anything is taken.
    FOR done IN
      SELECT p.*
        FROM push_for (owner, session_user, wanted, 'file', slice.first, now, slice.ids,
                       slice.subjects, slice.units, slice.kinds, slice.vers, slice.ats, slice.zones,
                       slice.salts, slice.bodies, slice.digests, slice.chains, slice.receiveds,
                       slice.effectives) AS p
    LOOP
      IF done.refusal IS NOT NULL OR done.is_gap = 1 OR done.is_fork = 1 THEN
        refusal := coalesce (done.refusal, CASE done.is_gap WHEN 1 THEN 'gap' ELSE 'fork' END);
        RETURN NEXT;
        RETURN;
      ELSIF done.acked IS NOT NULL THEN
        inserted := inserted + done.inserted;
        duplicates := duplicates + done.duplicates;
        quarantined := quarantined + done.quarantined;
        refused := refused + done.refused;
        acked := done.acked;
        epoch := done.epoch_now;
      ELSE
        answer := answer || 'event ' || bundle_code (done.id) || ' ' || done.received || ' '
                  || done.effective || ' ' || done.allowed || E'\n';
      END IF;
    END LOOP;
  END LOOP;

  refusal := NULL;
  events := n;
  answer := E'waymark-receipt 1\nperson ' || bundle_code (owner) || E'\nstream ' || wanted
            || E'\nacked ' || acked || E'\nepoch ' || bundle_code (epoch) || E'\n' || answer
            || coalesce ((SELECT string_agg ('apart ' || q.seq || ' ' || q.received || ' '
                                             || bundle_code (q.reason) || E'\n', '' ORDER BY q.seq)
                            FROM main.quarantine AS q
                           WHERE q.stream = wanted AND q.seq BETWEEN first AND first + n - 1), '');
  answer := answer || 'digest ' || encode (sha256 (convert_to (answer, 'UTF8')), 'hex') || E'\n';
  receipt := answer || 'seal ' || hmac_of (bundle_key (owner), convert_to (answer, 'UTF8')) || E'\n';
  RETURN NEXT;
END
$$;

ALTER FUNCTION api.apart_v1 (text) OWNER TO waymark_api;
ALTER FUNCTION api.bundle_key_v1 () OWNER TO waymark_api;
REVOKE ALL ON FUNCTION api.apart_v1 (text), api.bundle_key_v1 (), api.import_bundle_v1 (text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bundle_key (text) TO waymark_api;
GRANT EXECUTE ON FUNCTION api.apart_v1 (text), api.bundle_key_v1 () TO waymark_user;

-- Whoever carries bundles to the trust may do this and nothing else. Not everybody who may
-- upgrade a trust may make roles: without it the trust's own administrators import.
DO $importer$
BEGIN
  RESET ROLE;
  IF to_regrole ('waymark_importer') IS NULL THEN
    CREATE ROLE waymark_importer NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
  EXECUTE format ('GRANT CONNECT ON DATABASE %I TO waymark_importer', current_database ());
  SET ROLE waymark_owner;
  GRANT USAGE ON SCHEMA api TO waymark_importer;
  GRANT EXECUTE ON FUNCTION api.import_bundle_v1 (text) TO waymark_importer;
EXCEPTION WHEN insufficient_privilege THEN
  NULL;
END
$importer$;
SET ROLE waymark_owner;
