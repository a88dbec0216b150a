-- The trust's own stream, where its functions write what nobody pushes: what the clockwork
-- does, and that somebody has read. For the functions of the trust alone.

CREATE OR REPLACE FUNCTION new_id (now bigint) RETURNS text
LANGUAGE sql VOLATILE SET search_path = main, pg_temp AS $$
  SELECT substr (t.hex, 1, 8) || '-' || substr (t.hex, 9, 4) || '-7' || substr (t.random, 16)
    FROM (SELECT lpad (to_hex (now / 1000), 12, '0') AS hex,
                 CAST(gen_random_uuid () AS text) AS random) AS t
$$;

-- Adds one event and folds what it touches; its id.
CREATE OR REPLACE FUNCTION append_own (author text, subject text, unit text, kind text, at bigint,
                                       body json)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  s record;
  now bigint := now_us ();
  id text := new_id (at);
  salt text := replace (CAST(gen_random_uuid () AS text), '-', '');
  digest text;
  chain text;
  latest bigint;
  version bigint;
BEGIN
  SELECT x.stream, x.last_seq + 1 AS seq, x.last_chain, x.last_effective INTO s
    FROM stream AS x
   WHERE x.stream = (SELECT m.value FROM meta AS m WHERE m.key = 'stream')
     FOR UPDATE;
  SELECT k.ver INTO version FROM main.kind AS k WHERE k.kind = append_own.kind;
  digest := encode (sha256 (decode (salt, 'hex') || convert_to (CAST(body AS text), 'UTF8')), 'hex');
  chain := chain_of (s.last_chain, s.stream, s.seq, id, subject, unit, kind, version, at, digest);
  latest := greatest (now, at, s.last_effective + 1);
  INSERT INTO event (stream, seq, id, author, subject, unit, kind, ver, at, zone, salt, body, digest,
                     chain, received, effective, allowed, login, refers)
  VALUES (s.stream, s.seq, id, author, subject, unit, kind, version, at, 'Europe/London', salt, body,
          digest, chain, latest, greatest (at, s.last_effective + 1), 1, NULL,
          refers_of (kind, body));
  UPDATE stream AS x
     SET last_seq = s.seq, last_chain = chain, last_effective = latest, last_seen = now
   WHERE x.stream = s.stream;
  PERFORM fold_events (ARRAY[id]);
  PERFORM bump_scopes (ARRAY[id]);
  PERFORM end_calls (ARRAY[id]);
  RETURN id;
END
$$;
