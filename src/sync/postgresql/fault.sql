-- Why an event cannot be read. Everything here is strict where SQL is lenient: what one
-- engine takes the other must take. Called by push alone, which has set search_path: without
-- a setting of their own the small ones become part of whatever calls them.

-- One object of JSON: unique names, no U+0000, numbers that fit, four deep at most.
CREATE OR REPLACE FUNCTION json_fault (value json, depth integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  part record;
  fault text;
  names text[] := '{}';
BEGIN
  CASE json_typeof (value)
  WHEN 'object' THEN
    IF depth >= 4 THEN
      RETURN 'deeper than 4';
    END IF;
    FOR part IN SELECT e.key, e.value FROM json_each (value) AS e LOOP
      IF part.key = ANY (names) THEN
        RETURN 'a name that has stood before';
      END IF;
      names := names || part.key;
      fault := json_fault (part.value, depth + 1);
      IF fault IS NOT NULL THEN
        RETURN fault;
      END IF;
    END LOOP;
  WHEN 'array' THEN
    IF depth >= 4 THEN
      RETURN 'deeper than 4';
    END IF;
    FOR part IN SELECT e.value FROM json_array_elements (value) AS e LOOP
      fault := json_fault (part.value, depth + 1);
      IF fault IS NOT NULL THEN
        RETURN fault;
      END IF;
    END LOOP;
  WHEN 'string' THEN
    PERFORM value #>> '{}';
  WHEN 'number' THEN
    IF CAST(value AS text) ~ '[.eE]' THEN
      PERFORM CAST(CAST(value AS text) AS double precision);
    ELSE
      PERFORM CAST(CAST(value AS text) AS bigint);
    END IF;
  ELSE
    NULL;
  END CASE;
  RETURN NULL;
END
$$;

-- Most bodies are flat and short: these are looked at as a whole.
CREATE OR REPLACE FUNCTION object_fault (value json) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  n integer;
  n_names integer;
  n_plain integer;
BEGIN
  IF json_typeof (value) <> 'object' THEN
    RETURN 'not an object';
  END IF;
  SELECT count(*), count(DISTINCT e.key),
         count(*) FILTER (WHERE json_typeof (e.value) = 'string' AND e.value #>> '{}' IS NOT NULL
                             OR CAST(e.value AS text) ~ '^(0|-?[1-9][0-9]{0,17})$'
                             OR CAST(e.value AS text) ~ '^-?[0-9]{1,15}[.][0-9]{1,18}$')
    INTO n, n_names, n_plain
    FROM json_each (value) AS e;
  IF n = n_names AND n = n_plain THEN
    RETURN NULL;
  END IF;
  RETURN json_fault (value, 0);
END
$$;

-- Whether a body has what its kind says, each of its type and in its range.
CREATE OR REPLACE FUNCTION field_fault (wanted text, body json) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  f record;
  value json;
  type text;
BEGIN
  FOR f IN SELECT k.* FROM kind_field AS k WHERE k.kind = wanted LOOP
    value := body -> f.field;
    type := json_typeof (value);
    IF type IS NULL THEN
      IF f.optional = 0 THEN
        RETURN f.field || ' is missing';
      END IF;
    ELSIF f.type = 'text' THEN
      IF type <> 'string' THEN
        RETURN f.field || ' is not a text';
      END IF;
      IF f.choices IS NOT NULL
         AND NOT (body ->> f.field = ANY (string_to_array (f.choices, '|'))) THEN
        RETURN f.field || ' is not a word it may be';
      END IF;
    ELSE
      IF type <> 'number' OR (f.type <> 'decimal' AND CAST(value AS text) ~ '[.eE]') THEN
        RETURN f.field || ' is not a number it may be';
      END IF;
      IF f.type = 'boolean' AND NOT (CAST(value AS text) IN ('0', '1')) THEN
        RETURN f.field || ' is neither 0 nor 1';
      END IF;
      IF f.least IS NOT NULL
         AND NOT (CAST(CAST(value AS text) AS double precision) BETWEEN f.least AND f.most) THEN
        RETURN f.field || ' is out of range';
      END IF;
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;

-- The bytes that are chained: see record/way-event.c, which says the same.
CREATE OR REPLACE FUNCTION chain_text (part text) RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN part IS NULL THEN CAST('\xffffffff' AS bytea)
              ELSE int4send (octet_length (convert_to (part, 'UTF8'))) || convert_to (part, 'UTF8')
         END
$$;

CREATE OR REPLACE FUNCTION chain_of (previous text, stream text, seq bigint, id text, subject text,
                                     unit text, kind text, ver bigint, at bigint, digest text)
RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT encode (sha256 (chain_text (previous) || chain_text (stream) || int8send (seq)
                         || chain_text (id) || chain_text (subject) || chain_text (unit)
                         || chain_text (kind) || int8send (ver) || int8send (at)
                         || chain_text (digest)), 'hex')
$$;

CREATE OR REPLACE FUNCTION is_uuid (value text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT value ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
$$;

CREATE OR REPLACE FUNCTION is_name (value text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT octet_length (value) BETWEEN 1 AND 64
$$;

-- NULL when the event can be read. What a newer version writes, of a kind or a version that
-- this one does not know, is taken as it is.
CREATE OR REPLACE FUNCTION event_fault (stream text, seq bigint, id text, subject text, unit text,
                                        kind text, ver bigint, at bigint, zone text, salt text,
                                        body text, digest text, chain text, previous text)
RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  fault text;
  known integer;
BEGIN
  IF NOT coalesce (is_uuid (id), false) THEN
    RETURN 'id: not a UUID';
  ELSIF NOT coalesce (kind ~ '^[a-z0-9_]{1,40}$', false) THEN
    RETURN 'kind: not a name';
  ELSIF NOT coalesce (ver BETWEEN 1 AND 1000, false) THEN
    RETURN 'ver: out of range';
  ELSIF NOT coalesce (at BETWEEN 0 AND 7258118400000000, false) THEN
    RETURN 'at: out of range';
  ELSIF NOT coalesce (is_name (zone), false) THEN
    RETURN 'zone: not a name';
  ELSIF NOT coalesce (is_name (subject), true) OR NOT coalesce (is_name (unit), true) THEN
    RETURN 'subject, unit: not a name';
  ELSIF NOT coalesce (salt ~ '^[0-9a-f]{32}$' AND digest ~ '^[0-9a-f]{64}$'
                      AND chain ~ '^[0-9a-f]{64}$', false) THEN
    RETURN 'salt, digest, chain: not as Waymark writes them';
  ELSIF body IS NULL OR octet_length (body) > 65536 THEN
    RETURN 'body: none, or more than 64 KiB';
  END IF;
  BEGIN
    fault := object_fault (CAST(body AS json));
  EXCEPTION WHEN data_exception OR statement_too_complex THEN
    fault := 'not the JSON that Waymark writes';
  END;
  IF fault IS NOT NULL THEN
    RETURN 'body: ' || fault;
  ELSIF digest <> encode (sha256 (decode (salt, 'hex') || convert_to (body, 'UTF8')), 'hex') THEN
    RETURN 'digest: not that of the body';
  ELSIF chain <> chain_of (previous, stream, seq, id, subject, unit, kind, ver, at, digest) THEN
    RETURN 'chain: does not follow the event before it';
  END IF;
  SELECT k.ver INTO known FROM main.kind AS k WHERE k.kind = event_fault.kind;
  IF known IS NULL OR event_fault.ver > known THEN
    RETURN NULL;
  END IF;
  fault := field_fault (event_fault.kind, CAST(body AS json));
  RETURN CASE WHEN fault IS NULL THEN NULL ELSE 'body: ' || kind || ': ' || fault END;
END
$$;

-- What came as bytes, as text; NULL where it is none. Nothing that is sent can make the
-- call itself fail.
CREATE OR REPLACE FUNCTION as_text (bytes bytea) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN convert_from (bytes, 'UTF8');
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END
$$;
