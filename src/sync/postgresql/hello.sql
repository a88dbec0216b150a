-- Who one is, and how the trust stands to a device.

CREATE OR REPLACE FUNCTION api.who ()
RETURNS TABLE (person text, username text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT p.person, p.username, p.name FROM person AS p WHERE p.person = me ()
$$;

-- Most of what a sync costs a server is not work but that its process is new: a statement of
-- SQL is read, looked up and planned anew in each connection, and in a function in SQL at each
-- call. So what hello, push and pull ask more than once is in plpgsql, which keeps its plans,
-- what is rarely so is asked only where it may be, and statements are few.
CREATE OR REPLACE FUNCTION now_us () RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN CAST(extract (epoch FROM clock_timestamp ()) * 1000000 AS bigint);
END
$$;

CREATE OR REPLACE FUNCTION mark (said text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
BEGIN
  RETURN (SELECT left (encode (sha256 (s.key || convert_to (said, 'UTF8') || s.key), 'hex'), 32)
            FROM secret AS s);
END
$$;

CREATE OR REPLACE FUNCTION newest_epoch () RETURNS text
LANGUAGE plpgsql STABLE SET search_path = main, pg_temp AS $$
BEGIN
  RETURN (SELECT CAST(e.n AS text) || '-' || e.nonce FROM epoch AS e ORDER BY e.n DESC LIMIT 1);
END
$$;

-- good; before-restore: the trust has been put back since, and has found out; lost: it was
-- put back, and did not know until now; unknown: of another trust, or made up.
CREATE OR REPLACE FUNCTION place_of_epoch (known text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = main, pg_temp AS $$
DECLARE
  found bigint;
BEGIN
  IF coalesce (known, '') = '' OR known = newest_epoch () THEN
    RETURN 'good';
  END IF;
  SELECT e.n INTO found FROM epoch AS e
   WHERE e.nonce = split_part (known, '-', 2) AND known = CAST(e.n AS text) || '-' || e.nonce;
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

-- There is an epoch for each ten minutes in which something came, and hardly ever one of these.
CREATE INDEX IF NOT EXISTS epoch_restored ON epoch (n) WHERE restored = 1;

-- What a device keeps is the epoch with how far its stream was acknowledged, marked: so a
-- trust that lost less than an epoch learns it too, and nobody can pretend that it has.
CREATE OR REPLACE FUNCTION epoch_for (stream text, acked bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = main, pg_temp AS $$
DECLARE
  epoch text := newest_epoch ();
BEGIN
  RETURN epoch || '.' || CAST(acked AS text) || '.'
         || mark (stream || ':' || CAST(acked AS text) || ':' || epoch);
END
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
-- trust has its topmost units. What champions ask each other is theirs and the leads'.
-- And what a champion is asked from anywhere else, where there is any.
CREATE OR REPLACE FUNCTION my_scopes ()
RETURNS TABLE (scope text, generation bigint, place integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  self text := me ();
BEGIN
  RETURN QUERY
  SELECT s.id, coalesce (g.generation, 1), s.place
    FROM (VALUES ('self', 'self:' || self, 1), ('catalogue', 'catalogue', 2)) AS s (id, known_as, place)
    LEFT JOIN scope_generation AS g ON g.scope = s.known_as;
  IF EXISTS (SELECT 1 FROM role AS r WHERE r.person = self AND r.role IN ('champion', 'lead')) THEN
    RETURN QUERY
    SELECT s.id, coalesce (g.generation, 1), 3
      FROM (SELECT 'champions' AS id
            UNION
            SELECT 'unit:' || u.unit
              FROM role AS r
              JOIN unit AS u ON u.unit = r.unit
                             OR (r.unit = '' AND u.path = '/' || u.unit || '/')
             WHERE r.person = self AND r.role = 'champion'
            UNION
            SELECT 'unit:*' WHERE cardinality (my_calls ()) > 0) AS s
      LEFT JOIN scope_generation AS g ON g.scope = s.id;
  END IF;
END
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
  now bigint;
  least_protocol text;
  patience text;
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
  SELECT max (m.value) FILTER (WHERE m.key = 'proto_min'),
         max (m.value) FILTER (WHERE m.key = 'retry_after') INTO least_protocol, patience
    FROM main.meta AS m WHERE m.key IN ('proto_min', 'retry_after');
  IF least_protocol <> '1' THEN
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
  SELECT s.last_seq, s.last_seen INTO reached, seen
    FROM main.stream AS s WHERE s.stream = hello_v1.stream;
  IF NOT FOUND AND stream_is_taken_from (self, hello_v1.stream) THEN
    refusal := 'stream';
    RETURN NEXT;
    RETURN;
  END IF;
  now := now_us ();
  reached := coalesce (reached, 0);
  -- Once a day, so that it is known which desks are alive.
  IF seen < now - 86400000000 AND NOT closed THEN
    UPDATE main.stream AS s SET last_seen = now WHERE s.stream = hello_v1.stream;
  END IF;
  known := place_of_epoch (split_part (hello_v1.epoch, '.', 1));
  -- Who claims what the trust has, as nearly all do, claims nothing.
  IF known = 'good' AND split_part (hello_v1.epoch, '.', 2) <> CAST(reached AS text)
     AND was_acked (hello_v1.stream, hello_v1.epoch) > reached THEN
    known := 'lost';
  END IF;
  IF known = 'lost' AND NOT closed THEN
    PERFORM new_epoch (1);
  END IF;
  person := self;
  server_time := now;
  epoch_now := epoch_for (hello_v1.stream, reached);
  is_epoch_known := CASE known WHEN 'good' THEN 1 ELSE 0 END;
  last_seq := reached;
  batch := 2000;
  is_read_only := CAST(closed AS integer);
  retry_after := CASE WHEN patience ~ '^[0-9]{1,9}$' THEN CAST(patience AS bigint) ELSE 0 END;
  FOR scope, generation IN SELECT s.scope, s.generation FROM my_scopes () AS s ORDER BY s.place, s.scope LOOP
    RETURN NEXT;
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION stream_is_taken_from (self text, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM stream AS s
                  WHERE s.stream = wanted AND s.person IS DISTINCT FROM self)
$$;
