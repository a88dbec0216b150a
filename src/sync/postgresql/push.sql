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

-- What a body of a kind must hold, in the form that take_all asks for: its fields, for each
-- its type as a number (1 text, 2 integer from 0 to 2147483647, as most are, 3 decimal,
-- 4 boolean, 5 one of some words, 6 decimal in a range, 7 integer in another range), the words
-- as they stand in a body and the range, and which of them there must be, as bits. Made from
-- the kinds by each upgrade. The fields stand in the order in which they are written, so that
-- most are found where they are looked for first. The arrays lie there as they are used, and
-- are as long as arrays must be not to be packed on the way: unpacking them for each field of
-- each event was a third of the work. `refers` is the field that points at another event.
--
-- Most bodies need not be taken apart for that. `short` and `long` are a body as this program
-- writes it, without the optional fields and with all of them, each value a `%`: what is LIKE
-- one of them, holds no backslash and has as many quotation marks as it (`n_short`, `n_long`: the
-- pieces between them) has these fields and no others, once each, and in the texts there is
-- nothing that is not text. What is left to look at are the numbers: of which type, and in which
-- piece. A kind has no such form where a field is one of some words or has a range, more than
-- eight are numbers or an optional field stands before one that there must be.
--
-- `named` and `alone` are the kind as a chain holds it: after whom the event is about, and after
-- nobody.
DROP TABLE IF EXISTS kind_shape, field_shape;
CREATE TABLE kind_shape (
  kind bytea PRIMARY KEY NOT NULL,
  ver integer NOT NULL,
  needed integer NOT NULL,
  is_for_oneself boolean NOT NULL,
  is_for_anybody boolean NOT NULL,
  refers text,
  fields text[] NOT NULL,
  types integer[] NOT NULL,
  words text[] NOT NULL,
  least double precision[] NOT NULL,
  most double precision[] NOT NULL,
  short bytea,
  long bytea,
  n_short integer,
  n_long integer,
  place_1 integer, place_2 integer, place_3 integer, place_4 integer,
  place_5 integer, place_6 integer, place_7 integer, place_8 integer,
  type_1 integer, type_2 integer, type_3 integer, type_4 integer,
  type_5 integer, type_6 integer, type_7 integer, type_8 integer,
  named bytea,
  alone bytea
);
ALTER TABLE kind_shape
  ALTER COLUMN fields SET STORAGE PLAIN, ALTER COLUMN types SET STORAGE PLAIN,
  ALTER COLUMN words SET STORAGE PLAIN, ALTER COLUMN least SET STORAGE PLAIN,
  ALTER COLUMN most SET STORAGE PLAIN, ALTER COLUMN short SET STORAGE PLAIN,
  ALTER COLUMN long SET STORAGE PLAIN, ALTER COLUMN named SET STORAGE PLAIN,
  ALTER COLUMN alone SET STORAGE PLAIN;

CREATE OR REPLACE FUNCTION make_shapes () RETURNS void
LANGUAGE sql SET search_path = main, pg_temp AS $$
  DELETE FROM kind_shape;
  -- Help, evidence, terms and being on call are for oneself in some cases alone: may_write knows.
  INSERT INTO kind_shape (kind, ver, needed, is_for_oneself, is_for_anybody, refers, fields,
                          types, words, least, most)
  SELECT convert_to (k.kind, 'UTF8'), k.ver,
         coalesce (sum (1 << CAST(f.n - 1 AS integer)) FILTER (WHERE f.optional = 0), 0),
         NOT (k.kind IN ('help_action', 'evidence', 'champion_term', 'on_call', 'tip'))
         AND (NOT EXISTS (SELECT 1 FROM authority AS a WHERE a.kind = k.kind)
              OR EXISTS (SELECT 1 FROM authority AS a WHERE a.kind = k.kind AND a.who = 'oneself')),
         EXISTS (SELECT 1 FROM authority AS a WHERE a.kind = k.kind AND a.who = 'anybody'),
         CASE k.kind WHEN 'retraction' THEN 'target' WHEN 'help_action' THEN 'request'
                     WHEN 'feedback_action' THEN 'feedback' WHEN 'vote' THEN 'feedback'
                     WHEN 'pulse_answer' THEN 'pulse' WHEN 'corner_action' THEN 'question'
                     WHEN 'tip' THEN 'answer' WHEN 'evidence_answer' THEN 'evidence'
                     WHEN 'evidence_file' THEN 'evidence' END,
         array_agg (coalesce (f.field, '') ORDER BY place.n),
         array_agg (coalesce (f.type_number, 0) ORDER BY place.n),
         array_agg ('|"' || replace (coalesce (f.choices, ''), '|', '"|"') || '"|' ORDER BY place.n),
         array_agg (coalesce (f.least, '-infinity') ORDER BY place.n),
         array_agg (coalesce (f.most, 'infinity') ORDER BY place.n)
    FROM kind AS k
    CROSS JOIN generate_series (1, 32) AS place (n)
    LEFT JOIN (SELECT x.*, count (*) OVER (PARTITION BY x.kind) AS n_fields,
                      row_number () OVER (PARTITION BY x.kind ORDER BY x.ctid) AS n,
                      CASE x.type WHEN 'integer' THEN CASE WHEN x.least = 0 AND x.most = 2147483647 THEN 2
                                                           ELSE 7 END
                                  WHEN 'boolean' THEN 4
                                  WHEN 'decimal' THEN CASE WHEN x.least IS NULL THEN 3 ELSE 6 END
                                  ELSE CASE WHEN x.choices IS NULL THEN 1 ELSE 5 END END AS type_number
                 FROM kind_field AS x) AS f
      ON f.kind = k.kind AND f.n = place.n AND f.n_fields < 32
   GROUP BY k.kind, k.ver;

  UPDATE kind_shape AS k
     SET named = int4send (octet_length (k.kind)) || k.kind,
         alone = CAST('\xffffffffffffffff' AS bytea) || int4send (octet_length (k.kind)) || k.kind;
  UPDATE kind_shape AS k
     SET short = f.short, long = f.long, n_short = f.n_short, n_long = f.n_long,
         place_1 = f.places[1], place_2 = f.places[2], place_3 = f.places[3], place_4 = f.places[4],
         place_5 = f.places[5], place_6 = f.places[6], place_7 = f.places[7], place_8 = f.places[8],
         type_1 = f.types[1], type_2 = f.types[2], type_3 = f.types[3], type_4 = f.types[4],
         type_5 = f.types[5], type_6 = f.types[6], type_7 = f.types[7], type_8 = f.types[8]
    FROM (SELECT x.kind,
                 convert_to ('{' || string_agg (x.form, ',' ORDER BY x.n) FILTER (WHERE x.optional = 0) || '}',
                             'UTF8') AS short,
                 convert_to ('{' || string_agg (x.form, ',' ORDER BY x.n) || '}', 'UTF8') AS long,
                 1 + sum (x.pieces) FILTER (WHERE x.optional = 0) AS n_short, 1 + sum (x.pieces) AS n_long,
                 array_agg (x.type ORDER BY x.n) FILTER (WHERE x.type <> 1) AS types,
                 array_agg (CAST(x.place AS integer) ORDER BY x.n) FILTER (WHERE x.type <> 1) AS places
            FROM (SELECT s.kind, u.n, p.pieces,
                         CASE WHEN u.type = 7 AND u.least = 0 AND u.most > 9e18 THEN 8 ELSE u.type END AS type,
                         1 - (s.needed >> CAST(u.n - 1 AS integer) & 1) AS optional,
                         '"' || regexp_replace (u.field, '([\\%_])', '\\\1', 'g') || '":'
                         || CASE u.type WHEN 1 THEN '"%"' ELSE '%' END AS form,
                         -- What stands between a name and the name after it is two pieces, and with
                         -- the quotation marks of a text four.
                         1 + sum (p.pieces) OVER (PARTITION BY s.kind ORDER BY u.n) AS place
                    FROM kind_shape AS s
                    CROSS JOIN unnest (s.fields, s.types, s.least, s.most)
                               WITH ORDINALITY AS u (field, type, least, most, n)
                    CROSS JOIN LATERAL (SELECT CASE u.type WHEN 1 THEN 4 ELSE 2 END AS pieces) AS p
                   WHERE u.field <> '') AS x
           GROUP BY x.kind
          HAVING bool_and (x.type IN (1, 2, 3, 4, 8)) AND count (*) FILTER (WHERE x.type <> 1) <= 8
                 AND max (x.n * (1 - x.optional)) = count (*) FILTER (WHERE x.optional = 0)
                 AND count (*) FILTER (WHERE x.optional = 0) > 0) AS f
   WHERE k.kind = f.kind;
$$;

-- What stands after the name of a number, up to the next quotation mark, holds a number of this
-- type; so does what is not there. 8 is a whole number from 0. Whatever is false here is looked at
-- once more. The piece is asked for once: it is found anew each time.
CREATE OR REPLACE FUNCTION number_fits (piece text, type integer) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE type
           WHEN 2 THEN coalesce (CAST(btrim (piece, ':,}') AS integer) >= 0, true)
           WHEN 4 THEN coalesce (piece IN (':0,', ':1,', ':1}', ':0}'), true)
           WHEN 8 THEN coalesce (CAST(btrim (piece, ':,}') AS bigint) >= 0, true)
           -- What is less than this and whole is kept to the last digit.
           ELSE coalesce (abs (CAST(btrim (piece, ':,}') AS double precision)) < 9e18, true) END
$$;

-- What it replaces.
DROP FUNCTION IF EXISTS give_times (bigint, bigint, bigint[], bigint[], bigint[]),
  take_all (text, text, text, bigint, bigint, bytea[], bytea[], bytea[], bytea[], bigint[], bigint[],
            bytea[], bytea[], bytea[], bytea[], bytea[], bigint[], bigint[]);

-- Events that follow the last of their stream, all at once. Whatever is not as it must be,
-- in one of them, is an error here: then take_events finds out which it is. Gives the times that
-- they have now, and which are allowed, in their order.
CREATE OR REPLACE FUNCTION take_all (
  self text, login text, wanted text, first bigint, shift bigint, now bigint,
  last_chain text, latest bigint, restored_at bigint, restored_since bigint,
  ids bytea[], subjects bytea[], units bytea[], kinds bytea[], vers bigint[], ats bigint[],
  zones bytea[], salts bytea[], bodies bytea[], digests bytea[], chains bytea[],
  INOUT receiveds bigint[], INOUT effectives bigint[], OUT alloweds integer[], OUT refused bigint)
LANGUAGE plpgsql SET search_path = main, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  n integer := cardinality (ids);
  previous bytea[] := array_prepend (convert_to (last_chain, 'UTF8'), chains[1:n - 1]); -- the chain before each
  link bytea := int4send (octet_length (wanted)) || convert_to (wanted, 'UTF8');
  touched text[];
BEGIN
  -- The times that the trust gives, one after the other: the claimed time, set right by the
  -- measured offset, never before the event before it nor after its arrival. What a restored
  -- trust had received once keeps its times.
  FOR i IN 1 .. n LOOP
    IF restored_at IS NOT NULL AND receiveds[i] > restored_since AND receiveds[i] <= restored_at
       AND effectives[i] >= latest AND effectives[i] > 0 AND effectives[i] <= receiveds[i] THEN
      latest := effectives[i];
    ELSE
      latest := greatest (least (ats[i] + shift, now), latest + 1);
      receiveds[i] := greatest (now, latest);
      effectives[i] := latest;
    END IF;
  END LOOP;

  WITH added AS (
    INSERT INTO event (stream, seq, id, author, subject, unit, kind, ver, at, zone, salt, body,
                       digest, chain, received, effective, allowed, login, refers)
    SELECT wanted, r.seq, r.id, self, r.subject, r.unit, r.kind, r.ver, r.at, r.zone, r.salt, r.body,
           r.digest, r.chain, r.received, r.effective,
           CASE WHEN r.is_for_anybody OR (coalesce (r.is_for_oneself, true)
                                          AND (r.subject IS NULL OR r.subject = self)) THEN 1
                ELSE may_write (self, r.kind, r.subject, r.unit, r.body) END,
           take_all.login, r.body ->> r.refers
      -- What is sorted is worked out once, and OFFSET 0 keeps the conditions from being asked of
      -- what it is made from.
      FROM (SELECT u.place, first + u.place - 1 AS seq, convert_from (u.id, 'UTF8') AS id,
                   convert_from (u.subject, 'UTF8') AS subject, convert_from (u.unit, 'UTF8') AS unit,
                   convert_from (u.kind, 'UTF8') AS kind, u.ver, u.at,
                   convert_from (u.zone, 'UTF8') AS zone, convert_from (u.salt, 'UTF8') AS salt,
                   CAST(convert_from (u.body, 'UTF8') AS json) AS body,
                   convert_from (u.digest, 'UTF8') AS digest, convert_from (u.chain, 'UTF8') AS chain,
                   u.received, u.effective, octet_length (u.body) AS length,
                   k.ver AS known, k.needed, k.is_for_oneself, k.is_for_anybody, k.refers, k.fields,
                   k.types, k.words, k.least, k.most, u.body AS raw,
                   k.place_1, k.place_2, k.place_3, k.place_4, k.place_5, k.place_6, k.place_7, k.place_8,
                   k.type_1, k.type_2, k.type_3, k.type_4, k.type_5, k.type_6, k.type_7, k.type_8,
                   CASE WHEN position (CAST('\x5c' AS bytea) IN u.body) > 0 THEN NULL
                        WHEN u.body LIKE k.long THEN k.n_long
                        WHEN u.body LIKE k.short THEN k.n_short END AS n_pieces,
                   CASE WHEN k.short IS NOT NULL
                        THEN string_to_array (convert_from (u.body, 'UTF8'), '"') END AS pieces,
                   encode (sha256 (decode (convert_from (u.salt, 'UTF8'), 'hex') || u.body), 'hex') AS own_digest,
                   get_byte (u.id, 14) BETWEEN ascii ('1') AND ascii ('8')
                   AND get_byte (u.id, 19) IN (ascii ('8'), ascii ('9'), ascii ('a'), ascii ('b')) AS is_version,
                   -- See chain_of, which says the same of texts. An id has 36 bytes, digests and
                   -- chains have 64: what has not is refused below whatever its chain.
                   encode (sha256 (CASE WHEN octet_length (u.previous) = 64 THEN CAST('\x00000040' AS bytea)
                                        ELSE int4send (octet_length (u.previous)) END || u.previous || link
                                   || int8send (first + u.place - 1)
                                   || (CAST('\x00000024' AS bytea) || u.id)
                                   || CASE WHEN u.subject IS NULL AND u.unit IS NULL AND k.alone IS NOT NULL THEN k.alone
                                           ELSE coalesce (int4send (octet_length (u.subject)) || u.subject, '\xffffffff')
                                                || coalesce (int4send (octet_length (u.unit)) || u.unit, '\xffffffff')
                                                || coalesce (k.named, int4send (octet_length (u.kind)) || u.kind) END
                                   || (int8send (u.ver) || int8send (u.at) || CAST('\x00000040' AS bytea))
                                   || u.digest), 'hex') AS own_chain
              FROM (SELECT generate_series (1, n) AS place, unnest (ids) AS id, unnest (subjects) AS subject,
                           unnest (units) AS unit, unnest (kinds) AS kind, unnest (vers) AS ver,
                           unnest (ats) AS at, unnest (zones) AS zone, unnest (salts) AS salt,
                           unnest (bodies) AS body, unnest (digests) AS digest, unnest (chains) AS chain,
                           unnest (previous) AS previous, unnest (receiveds) AS received,
                           unnest (effectives) AS effective) AS u
              LEFT JOIN kind_shape AS k ON k.kind = u.kind
            OFFSET 0) AS r
     WHERE CAST(CAST(r.id AS uuid) AS text) = r.id AND r.is_version
       AND r.ver BETWEEN 1 AND 1000 AND r.at BETWEEN 0 AND 7258118400000000
       AND octet_length (r.zone) BETWEEN 1 AND 64
       AND coalesce (octet_length (r.subject) BETWEEN 1 AND 64, true)
       AND coalesce (octet_length (r.unit) BETWEEN 1 AND 64, true)
       AND octet_length (r.salt) = 32 AND encode (decode (r.salt, 'hex'), 'hex') = r.salt
       AND r.length <= 65536
       AND r.digest = r.own_digest AND r.chain = r.own_chain
       -- Whose answer it is must be seen, and what comes with it is not: one by one it is.
       AND (r.kind <> 'tip' OR coalesce (convert_to (r.body ->> 'answer', 'UTF8') <> ALL (ids), true))
       AND CASE WHEN r.ver <= r.known AND cardinality (r.pieces) = r.n_pieces
                     AND (r.place_1 IS NULL OR number_fits (r.pieces[r.place_1], r.type_1))
                     AND (r.place_2 IS NULL OR number_fits (r.pieces[r.place_2], r.type_2))
                     AND (r.place_3 IS NULL OR number_fits (r.pieces[r.place_3], r.type_3))
                     AND (r.place_4 IS NULL OR number_fits (r.pieces[r.place_4], r.type_4))
                     AND (r.place_5 IS NULL OR number_fits (r.pieces[r.place_5], r.type_5))
                     AND (r.place_6 IS NULL OR number_fits (r.pieces[r.place_6], r.type_6))
                     AND (r.place_7 IS NULL OR number_fits (r.pieces[r.place_7], r.type_7))
                     AND (r.place_8 IS NULL OR number_fits (r.pieces[r.place_8], r.type_8)) THEN true
                WHEN r.ver <= r.known AND position (CAST('\\u' AS bytea) IN r.raw) = 0
                     -- Every field of the body beside what its kind says of it. Each that is well
                     -- adds its bit: where as many bits are set as there are fields, each is well
                     -- and stands there once.
                     AND (SELECT count (*) = bit_count (CAST(sum (b.bit) AS bit (64)))
                                 AND sum (b.bit) & r.needed = r.needed
                            FROM (SELECT CASE WHEN CASE r.types[f.n]
                                           WHEN 1 THEN ascii (f.value) = ascii ('"')
                                           WHEN 2 THEN CAST(f.value AS integer) >= 0
                                           WHEN 3 THEN
                                             (octet_length (f.value) < 19 OR strpos (f.value, '.') > 0
                                              OR f.value ~ '[eE]' OR CAST(f.value AS bigint) IS NOT NULL)
                                             AND CAST(f.value AS double precision) IS NOT NULL
                                           WHEN 4 THEN f.value IN ('0', '1')
                                           WHEN 5 THEN strpos (r.words[f.n], '|' || f.value || '|') > 0
                                                       AND ascii (f.value) = ascii ('"')
                                           WHEN 6 THEN
                                             (octet_length (f.value) < 19 OR strpos (f.value, '.') > 0
                                              OR f.value ~ '[eE]' OR CAST(f.value AS bigint) IS NOT NULL)
                                             AND CAST(f.value AS double precision)
                                                 BETWEEN r.least[f.n] AND r.most[f.n]
                                           WHEN 7 THEN CAST(f.value AS bigint) BETWEEN r.least[f.n] AND r.most[f.n]
                                           ELSE false END THEN 1 << f.n - 1 END AS bit
                                    FROM (SELECT CAST(e.value AS text) AS value,
                                                 CASE WHEN r.fields[e.n] = e.key THEN CAST(e.n AS integer)
                                                      ELSE array_position (r.fields, e.key) END AS n
                                            FROM json_each (r.body) WITH ORDINALITY AS e (key, value, n)
                                          OFFSET 0) AS f) AS b) THEN true
                ELSE r.kind ~ '^[a-z0-9_]{1,40}$' AND object_fault (r.body) IS NULL
                     AND (NOT EXISTS (SELECT 1 FROM kind AS known
                                       WHERE known.kind = r.kind AND r.ver <= known.ver)
                          OR field_fault (r.kind, r.body) IS NULL) END
     ORDER BY r.place
    RETURNING id, kind, allowed
  )
  SELECT array_agg (a.allowed),
         array_agg (a.id) FILTER (WHERE a.kind IN (SELECT x.kind FROM touch AS x
                                                   UNION
                                                   VALUES ('retraction'), ('pulse'), ('place'), ('setting'),
                                                          ('membership'), ('preference'))),
         count (*) FILTER (WHERE a.allowed = 0)
    INTO alloweds, touched, refused
    FROM added AS a;
  IF cardinality (alloweds) IS DISTINCT FROM n THEN
    RAISE data_exception;
  END IF;
  IF touched IS NOT NULL THEN
    PERFORM fold_events (touched);
    PERFORM bump_scopes (touched);
    PERFORM end_calls (touched);
  END IF;
  UPDATE stream AS x
     SET last_seq = first + n - 1, last_chain = convert_from (chains[n], 'UTF8'),
         last_effective = latest, last_seen = now
   WHERE x.stream = wanted;
END
$$;

-- The same, one by one and each in a transaction of its own, so that only what offends is
-- set aside, and why is known.
CREATE OR REPLACE FUNCTION take_events (
  self text, login text, wanted text, first bigint, shift bigint,
  ids bytea[], subjects bytea[], units bytea[], kinds bytea[], vers bigint[], ats bigint[],
  zones bytea[], salts bytea[], bodies bytea[], digests bytea[], chains bytea[],
  receiveds bigint[], effectives bigint[],
  OUT inserted integer, OUT quarantined integer, OUT refused integer, OUT elsewheres integer)
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
  taken text[];
  is_gone boolean; -- erased: its place is kept, and nothing of what it said
  is_empty boolean; -- and it comes so: but for the id of what it pointed at, where a body would be
  said json;
  kept bytea;
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
    SELECT first + u.place - 1 AS seq, as_text (u.id) AS id, as_text (u.subject) AS subject,
           u.subject IS NOT NULL AND as_text (u.subject) IS NULL AS bad_subject,
           as_text (u.unit) AS unit, u.unit IS NOT NULL AND as_text (u.unit) IS NULL AS bad_unit,
           as_text (u.kind) AS kind, u.ver, u.at, as_text (u.zone) AS zone,
           as_text (u.salt) AS salt, as_text (u.body) AS body, u.body AS raw,
           as_text (u.digest) AS digest, as_text (u.chain) AS chain, u.received, u.effective
      FROM unnest (ids, subjects, units, kinds, vers, ats, zones, salts, bodies, digests, chains,
                   receiveds, effectives)
           WITH ORDINALITY AS u (id, subject, unit, kind, ver, at, zone, salt, body, digest, chain,
                                 received, effective, place)
     WHERE first + u.place - 1 > s.last_seq
     ORDER BY u.place
  LOOP
    -- What goes with the words of another, and went with them, comes empty again after the trust
    -- was put back; there is nothing in it that somebody could have forged.
    is_empty := r.salt = '' AND coalesce (octet_length (r.raw) = 0 OR is_uuid (r.body), false);
    is_gone := is_erased_event (r.id, r.subject)
               OR coalesce (is_empty AND r.kind IN ('tip', 'evidence_file'), false);
    is_empty := coalesce (is_gone AND is_empty, false);
    fault := CASE WHEN r.bad_subject OR r.bad_unit THEN 'subject, unit: not a name'
                  WHEN is_empty THEN
                    emptied_fault (wanted, r.seq, r.id, r.subject, r.unit, r.kind, r.ver, r.at,
                                   r.zone, r.digest, r.chain, previous)
                  ELSE event_fault (wanted, r.seq, r.id, r.subject, r.unit, r.kind, r.ver, r.at,
                                    r.zone, r.salt, r.body, r.digest, r.chain, previous) END;
    previous := coalesce (r.chain, '');
    kept := CASE WHEN is_gone THEN '' ELSE r.raw END;
    IF fault IS NOT NULL THEN
      PERFORM put_in_quarantine (wanted, r.seq, r.id, r.digest, r.chain, r.kind, r.at, fault, kept);
      quarantined := quarantined + 1;
      CONTINUE;
    END IF;

    -- The same event through another stream of the same person is the same event. That an
    -- id is somebody else's shows only in that the row cannot be added.
    SELECT e.stream, e.digest INTO known FROM event AS e WHERE e.id = r.id AND e.author = self;
    IF FOUND THEN
      IF known.stream = wanted OR known.digest <> r.digest THEN
        PERFORM put_in_quarantine (wanted, r.seq, r.id, r.digest, r.chain, r.kind, r.at,
                                   'id: of another event', kept);
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
    received := greatest (now, latest + 1);
    effective := least (greatest (r.at + shift, latest + 1), received);
    IF restored.at IS NOT NULL AND r.received > restored.since AND r.received <= restored.at
       AND r.effective >= latest AND r.effective > 0 AND r.effective <= r.received THEN
      received := r.received;
      effective := r.effective;
    END IF;
    said := CASE WHEN NOT is_empty THEN CAST(r.body AS json)
                 ELSE coalesce ((SELECT json_build_object (k.refers, nullif (r.body, ''))
                                   FROM kind_shape AS k
                                  WHERE k.kind = convert_to (r.kind, 'UTF8')
                                    AND k.refers IS NOT NULL), '{}') END;
    permitted := may_write (self, r.kind, r.subject, r.unit, said);

    BEGIN
      INSERT INTO event (stream, seq, id, author, subject, unit, kind, ver, at, zone, salt, body,
                         digest, chain, received, effective, allowed, login, refers)
      VALUES (wanted, r.seq, r.id, self, r.subject, r.unit, r.kind, r.ver, r.at, r.zone,
              CASE WHEN is_gone THEN '' ELSE r.salt END, CASE WHEN NOT is_gone THEN said END,
              r.digest, r.chain, received, effective, permitted, take_events.login,
              refers_of (r.kind, said));
      PERFORM fold_events (ARRAY[r.id]);
    EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
      PERFORM put_in_quarantine (wanted, r.seq, r.id, r.digest, r.chain, r.kind, r.at,
                                 'It breaks a rule of the tables (' || SQLSTATE || ')', kept);
      quarantined := quarantined + 1;
      CONTINUE;
    END;
    latest := effective;
    inserted := inserted + 1;
    refused := refused + 1 - permitted;
    taken := taken || r.id;
  END LOOP;

  PERFORM bump_scopes (taken);
  PERFORM end_calls (taken);
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
                   WHEN 'feedback_action' THEN body ->> 'feedback'
                   WHEN 'vote' THEN body ->> 'feedback' WHEN 'pulse_answer' THEN body ->> 'pulse'
                   WHEN 'corner_action' THEN body ->> 'question'
                   WHEN 'tip' THEN body ->> 'answer'
                   WHEN 'evidence_answer' THEN body ->> 'evidence'
                   WHEN 'evidence_file' THEN body ->> 'evidence' END
$$;

-- One row with what came of it, then one for each event that the trust has now, with the
-- times that it gave it. `acked`: everything up to here is kept, whatever happens. Refusals:
-- protocol, person, erased, stream.
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
  standing record;
  restored record;
  newest bigint;
  reached bigint;
  forked bigint;
  shift bigint;
  repeated integer;
  from_place integer;
  to_place integer;
  slice integer;
  done record;
  must_look boolean;
  is_whole boolean := false;
BEGIN
  is_gap := 0;
  is_fork := 0;
  inserted := 0;
  duplicates := 0;
  quarantined := 0;
  refused := 0;
  IF self IS NULL OR NOT coalesce (is_uuid (wanted), false) THEN
    refusal := CASE WHEN self IS NOT NULL THEN 'protocol' WHEN login_is_erased () THEN 'erased'
                    ELSE 'person' END;
    RETURN NEXT;
    RETURN;
  END IF;
  IF n IS NULL OR n > 2000 OR first IS NULL OR first < 1 OR first > 1000000000000
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
  PERFORM set_config ('synchronous_commit', 'on', true), set_config ('lock_timeout', '20s', true);

  -- This row serialises whoever pushes to the stream, and nobody else. Whoever cannot have it
  -- pushes to somebody else's.
  SELECT s.last_seq, s.last_chain, s.last_effective INTO standing
    FROM main.stream AS s WHERE s.stream = wanted AND s.person = self FOR UPDATE;
  IF NOT FOUND THEN
    IF stream_is_taken_from (self, wanted) THEN
      refusal := 'stream';
      RETURN NEXT;
      RETURN;
    END IF;
    INSERT INTO main.stream AS s (stream, person, machine, first_seen, last_seen)
    VALUES (wanted, self, left (push_for.machine, 200), now, now)
    ON CONFLICT ON CONSTRAINT stream_pkey DO UPDATE SET last_seen = excluded.last_seen;
    SELECT s.last_seq, s.last_chain, s.last_effective INTO standing
      FROM main.stream AS s WHERE s.stream = wanted AND s.person = self FOR UPDATE;
  END IF;
  reached := standing.last_seq;
  IF is_erased (self) THEN
    refusal := 'erased';
    RETURN NEXT;
    RETURN;
  END IF;

  -- A hole: the trust was put back to before what this device has sent. It goes back too.
  IF first > reached + 1 THEN
    is_gap := 1;
    acked := reached;
    epoch_now := epoch_for (wanted, reached);
    RETURN NEXT;
    RETURN;
  END IF;

  -- What the trust has must be the same; otherwise two devices write one stream. A place
  -- that holds nothing was erased, and stays so.
  IF first <= reached THEN
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
  END IF;
  IF forked IS NOT NULL THEN
    is_fork := 1;
    fork_seq := forked;
    acked := forked - 1;
    epoch_now := epoch_for (wanted, reached);
    RETURN NEXT;
    RETURN;
  END IF;
  repeated := greatest (0, least (n, reached - first + 1));

  -- Below two seconds a difference of clocks is the journey, not the clock.
  shift := now - client_time;
  IF abs (shift) < 2000000 THEN
    shift := 0;
  END IF;
  -- It may have waited for its turn.
  now := now_us ();
  IF n > repeated THEN
    SELECT e.at INTO newest FROM main.epoch AS e ORDER BY e.n DESC LIMIT 1;
    SELECT e.at, e.since INTO restored FROM main.epoch AS e
     WHERE e.restored = 1 ORDER BY e.n DESC LIMIT 1;
    -- All at once; where that cannot be, in slices, and a slice that offends one by one.
    from_place := repeated + 1;
    slice := n;
    must_look := has_erased (ids, subjects);
    WHILE from_place <= n LOOP
      to_place := least (n, from_place + slice - 1);
      BEGIN
        IF must_look THEN
          RAISE data_exception;
        END IF;
        -- What is whole need not be copied; but whoever sent it may have numbered it from
        -- another place than 1, which cutting sets right where places are asked for.
        IF from_place = 1 AND to_place = n THEN
          done := take_all (self, login, wanted, first, shift, now, standing.last_chain,
                            standing.last_effective, restored.at, restored.since, ids, subjects,
                            units, kinds, vers, ats[1:n], zones, salts, bodies, digests,
                            chains[1:n], receiveds[1:n], effectives[1:n]);
        ELSE
          done := take_all (self, login, wanted, first + from_place - 1, shift, now,
                            standing.last_chain, standing.last_effective, restored.at, restored.since,
                            ids[from_place:to_place], subjects[from_place:to_place],
                            units[from_place:to_place], kinds[from_place:to_place],
                            vers[from_place:to_place], ats[from_place:to_place],
                            zones[from_place:to_place], salts[from_place:to_place],
                            bodies[from_place:to_place], digests[from_place:to_place],
                            chains[from_place:to_place], receiveds[from_place:to_place],
                            effectives[from_place:to_place]);
        END IF;
        inserted := inserted + to_place - from_place + 1;
        refused := refused + done.refused;
        is_whole := from_place = 1 AND to_place = n;
      EXCEPTION
        WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
          IF slice > 50 AND to_place > from_place THEN
            slice := 50;
            CONTINUE;
          END IF;
          SELECT t.* INTO done
            FROM take_events (self, login, wanted, first + from_place - 1, shift,
                              ids[from_place:to_place], subjects[from_place:to_place],
                              units[from_place:to_place], kinds[from_place:to_place],
                              vers[from_place:to_place], ats[from_place:to_place],
                              zones[from_place:to_place], salts[from_place:to_place],
                              bodies[from_place:to_place], digests[from_place:to_place],
                              chains[from_place:to_place], receiveds[from_place:to_place],
                              effectives[from_place:to_place]) AS t;
          inserted := inserted + done.inserted;
          quarantined := quarantined + done.quarantined;
          refused := refused + done.refused;
          repeated := repeated + done.elsewheres;
      END;
      from_place := to_place + 1;
      IF from_place <= n THEN
        SELECT s.last_seq, s.last_chain, s.last_effective INTO standing
          FROM main.stream AS s WHERE s.stream = wanted;
      END IF;
    END LOOP;
    IF inserted > 0 AND newest < now - 600000000 THEN
      PERFORM new_epoch (0);
    END IF;
  ELSE
    UPDATE main.stream AS s SET last_seen = now WHERE s.stream = wanted;
  END IF;
  duplicates := repeated;
  acked := greatest (reached, first + n - 1);
  epoch_now := epoch_for (wanted, acked);
  RETURN NEXT;

  -- What was taken as a whole is known without another look at the log.
  IF is_whole THEN
    RETURN QUERY
    SELECT CAST(NULL AS text), CAST(NULL AS bigint), CAST(NULL AS integer), CAST(NULL AS integer),
           CAST(NULL AS integer), CAST(NULL AS integer), CAST(NULL AS integer), CAST(NULL AS integer),
           CAST(NULL AS bigint), CAST(NULL AS text), convert_from (u.id, 'UTF8'), u.received,
           u.effective, u.allowed
      FROM unnest (ids, done.receiveds, done.effectives, done.alloweds)
           AS u (id, received, effective, allowed);
    RETURN;
  END IF;
  RETURN QUERY
  SELECT CAST(NULL AS text), CAST(NULL AS bigint), CAST(NULL AS integer), CAST(NULL AS integer),
         CAST(NULL AS integer), CAST(NULL AS integer), CAST(NULL AS integer), CAST(NULL AS integer),
         CAST(NULL AS bigint), CAST(NULL AS text), e.id, e.received, e.effective, e.allowed
    FROM main.event AS e
   WHERE e.stream = wanted AND e.seq BETWEEN first AND first + n - 1
   ORDER BY e.seq;
  -- And what came first through another stream of the same person.
  RETURN QUERY
  SELECT CAST(NULL AS text), CAST(NULL AS bigint), CAST(NULL AS integer), CAST(NULL AS integer),
         CAST(NULL AS integer), CAST(NULL AS integer), CAST(NULL AS integer), CAST(NULL AS integer),
         CAST(NULL AS bigint), CAST(NULL AS text), e.id, e.received, e.effective, e.allowed
    FROM main.elsewhere AS w
    JOIN main.event AS e ON e.id = w.id AND e.author = self
   WHERE w.stream = wanted AND w.seq BETWEEN first AND first + n - 1
   ORDER BY w.seq;
END
$$;

-- Of session_user's own. A name has another collation than the indexes have.
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
    FROM push_for (me (), CAST(session_user AS text) COLLATE "default", $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
                   $15, $16, $17) AS p
$$;
