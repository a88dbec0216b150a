-- Who one is, and how the trust stands to a device.

CREATE OR REPLACE FUNCTION api.who ()
RETURNS TABLE (person text, username text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT p.person, p.username, p.name FROM person AS p WHERE p.person = me ()
$$;

CREATE OR REPLACE FUNCTION newest_epoch () RETURNS text
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT e.n || '-' || e.nonce FROM epoch AS e ORDER BY e.n DESC LIMIT 1
$$;

-- good; before-restore: the trust has been put back since, and has found out; lost: it was
-- put back, and did not know until now; unknown: of another trust, or made up.
CREATE OR REPLACE FUNCTION place_of_epoch (known text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = main, pg_temp AS $$
DECLARE
  found bigint;
BEGIN
  IF coalesce (known, '') = '' THEN
    RETURN 'good';
  END IF;
  SELECT e.n INTO found FROM epoch AS e WHERE e.n || '-' || e.nonce = known;
  IF found IS NULL THEN
    RETURN CASE WHEN NOT was_our_epoch (known) THEN 'unknown'
                -- The restore that lost it has been found out already.
                WHEN EXISTS (SELECT 1 FROM epoch AS r
                              WHERE r.restored = 1 AND r.at >= began (known)) THEN 'before-restore'
                ELSE 'lost' END;
  END IF;
  IF found >= (SELECT coalesce (max (r.n), 0) FROM epoch AS r WHERE r.restored = 1) THEN
    RETURN 'good';
  END IF;
  RETURN 'before-restore';
END
$$;

-- What a device keeps is the epoch with how far its stream was acknowledged, marked: so a
-- trust that lost less than an epoch learns it too, and nobody can pretend that it has.
CREATE OR REPLACE FUNCTION epoch_for (stream text, acked bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT n.epoch || '.' || acked || '.' || mark (stream || ':' || acked || ':' || n.epoch)
    FROM (SELECT newest_epoch () AS epoch) AS n
$$;

CREATE OR REPLACE FUNCTION was_acked (stream text, known text) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = main, pg_temp AS $$
DECLARE
  parts text[] := string_to_array (known, '.');
BEGIN
  IF cardinality (parts) = 3 AND parts[2] ~ '^[0-9]{1,18}$'
     AND parts[3] = mark (stream || ':' || parts[2] || ':' || parts[1]) THEN
    RETURN CAST(parts[2] AS bigint);
  END IF;
  RETURN 0;
END
$$;

-- Oneself, the catalogue, and the units whose champion one is; a champion of the whole
-- trust has its topmost units.
CREATE OR REPLACE FUNCTION my_scopes ()
RETURNS TABLE (scope text, generation bigint, place integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT s.id, coalesce (g.generation, 1), s.place
    FROM (SELECT 'self' AS id, 1 AS place
          UNION ALL SELECT 'catalogue', 2
          UNION ALL SELECT DISTINCT 'unit:' || u.unit, 3
            FROM role AS r
            JOIN unit AS u ON u.unit = r.unit
                           OR (r.unit = '' AND u.path = '/' || u.unit || '/')
           WHERE r.person = me () AND r.role = 'champion') AS s
    LEFT JOIN scope_generation AS g
      ON g.scope = CASE s.id WHEN 'self' THEN 'self:' || me () ELSE s.id END
$$;

-- One row for each scope; one row with a refusal where there is nothing to say. Refusals:
-- protocol, person (there is nobody, or they have left), erased, stream (somebody else's),
-- version (the trust takes only what newer programs say).
--
-- A server that can only be read takes no push. A standby is no trust to sync with: what its
-- snapshots have seen the server has not. `retry_after`, in ms, comes from meta: a DBA sets it
-- where too many come at once.
DROP FUNCTION IF EXISTS api.hello_v1 (text, text);
CREATE FUNCTION api.hello_v1 (stream text, epoch text)
RETURNS TABLE (refusal text, person text, server_time bigint, epoch_now text, is_epoch_known integer,
               last_seq bigint, batch integer, scope text, generation bigint, is_read_only integer,
               retry_after bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  self text := me ();
  known text;
  reached bigint;
  seen bigint;
  closed boolean := current_setting ('transaction_read_only') = 'on';
BEGIN
  IF pg_is_in_recovery () THEN
    refusal := 'standby';
    RETURN NEXT;
    RETURN;
  END IF;
  IF self IS NULL THEN
    refusal := CASE WHEN login_is_erased () THEN 'erased' ELSE 'person' END;
    RETURN NEXT;
    RETURN;
  END IF;
  -- What this function speaks is the first protocol.
  IF EXISTS (SELECT 1 FROM main.meta AS m WHERE m.key = 'proto_min' AND m.value <> '1') THEN
    refusal := 'version';
    RETURN NEXT;
    RETURN;
  END IF;
  IF NOT coalesce (is_uuid (hello_v1.stream), false) THEN
    refusal := 'protocol';
    RETURN NEXT;
    RETURN;
  END IF;
  -- Row-level security shows one's own streams alone; whose another is is not said.
  IF stream_is_taken_from (self, hello_v1.stream) THEN
    refusal := 'stream';
    RETURN NEXT;
    RETURN;
  END IF;
  SELECT s.last_seq, s.last_seen INTO reached, seen
    FROM main.stream AS s WHERE s.stream = hello_v1.stream;
  -- Once a day, so that it is known which desks are alive.
  IF seen < now_us () - 86400000000 AND NOT closed THEN
    UPDATE main.stream AS s SET last_seen = now_us () WHERE s.stream = hello_v1.stream;
  END IF;
  known := place_of_epoch (split_part (hello_v1.epoch, '.', 1));
  IF known = 'good' AND was_acked (hello_v1.stream, hello_v1.epoch) > coalesce (reached, 0) THEN
    known := 'lost';
  END IF;
  IF known = 'lost' AND NOT closed THEN
    PERFORM new_epoch (1);
  END IF;
  RETURN QUERY
  SELECT CAST(NULL AS text), self, now_us (),
         epoch_for (hello_v1.stream, coalesce (reached, 0)), CASE known WHEN 'good' THEN 1 ELSE 0 END, coalesce (reached, 0), 2000, s.scope, s.generation,
         CAST(closed AS integer),
         coalesce ((SELECT CAST(m.value AS bigint) FROM main.meta AS m
                     WHERE m.key = 'retry_after' AND m.value ~ '^[0-9]{1,9}$'), 0)
    FROM my_scopes () AS s
   ORDER BY s.place, s.scope;
END
$$;

CREATE OR REPLACE FUNCTION stream_is_taken_from (self text, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM stream AS s
                  WHERE s.stream = wanted AND s.person IS DISTINCT FROM self)
$$;
