-- What comes to a trust, and goes from it, beside the log: tickets by which a shared computer
-- sends on what people left there, messages without a name, and the files of packs.
--
--   waymark_courier  owns what is called without anybody being signed in
--   waymark_kiosk    what a shared computer's login is a member of: may push by ticket
--   waymark_drop     what the login for messages without a name is a member of
--
-- None of the three can sign in. Times are microseconds UTC.
RESET ROLE;
DO $roles$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['waymark_courier', 'waymark_kiosk', 'waymark_drop'] LOOP
    IF to_regrole (name) IS NULL THEN
      EXECUTE format ('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', name);
    END IF;
  END LOOP;
  GRANT waymark_courier TO waymark_owner;
  EXECUTE format ('GRANT CONNECT ON DATABASE %I TO waymark_kiosk, waymark_drop', current_database ());
END
$roles$;

SET ROLE waymark_owner;
SET search_path = main;

GRANT USAGE, CREATE ON SCHEMA main, api TO waymark_courier;
GRANT USAGE ON SCHEMA api TO waymark_kiosk, waymark_drop;

-- Leave to add to one stream, and to do nothing else. The ticket itself is not here: what
-- it becomes with the salt is.
CREATE TABLE ticket (
  stream text NOT NULL,
  hash text NOT NULL CHECK (length (hash) = 64),
  salt text NOT NULL CHECK (length (salt) = 32),
  person text NOT NULL,
  issued bigint NOT NULL,
  expires bigint NOT NULL,
  revoked bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (stream, hash)
);
CREATE INDEX ticket_person ON ticket (person);

-- Messages without a name until the clockwork moves them. There is no time but the Monday
-- of the week, in days since 1970. Whoever adds one writes all of them anew, shuffled, so
-- that neither place nor transaction says which came when.
CREATE TABLE drop_box (
  token text PRIMARY KEY NOT NULL CHECK (length (token) = 64),
  week bigint NOT NULL CHECK (week % 7 = 4),
  body text NOT NULL CHECK (octet_length (body) <= 16384),
  unit text
);

-- A pack as it was published: the digest is that of pack_release, sha256 that of the file.
CREATE TABLE pack_file (
  digest text PRIMARY KEY NOT NULL CHECK (length (digest) = 64),
  sha256 text NOT NULL CHECK (length (sha256) = 64),
  size bigint NOT NULL CHECK (size > 0),
  chunks bigint NOT NULL CHECK (chunks > 0),
  published bigint NOT NULL
);

-- Its bytes, 256 KiB a row but for the last, as base64.
CREATE TABLE pack_chunk (
  digest text NOT NULL,
  n bigint NOT NULL CHECK (n >= 1),
  sha256 text NOT NULL CHECK (length (sha256) = 64),
  bytes text NOT NULL,
  PRIMARY KEY (digest, n)
);

DO $security$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['ticket', 'drop_box'] LOOP
    EXECUTE format ('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format ('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format ('CREATE POLICY owner ON %I TO waymark_owner USING (true) WITH CHECK (true)', name);
  END LOOP;
END
$security$;

-- Whoever is signed in makes and revokes the tickets of their own streams.
GRANT SELECT, INSERT, UPDATE, DELETE ON ticket TO waymark_api;
-- The courier works only on streams that have a ticket, and in the name of their owner.
GRANT SELECT ON ticket TO waymark_courier;
CREATE POLICY courier ON ticket FOR SELECT TO waymark_courier USING (true);
GRANT SELECT, INSERT, DELETE ON drop_box TO waymark_courier;
CREATE POLICY courier ON drop_box TO waymark_courier USING (true) WITH CHECK (true);

GRANT SELECT ON meta, kind, kind_field, authority, epoch, scope_generation TO waymark_courier;
GRANT SELECT, INSERT, UPDATE ON stream TO waymark_courier;
GRANT SELECT, INSERT ON quarantine, elsewhere TO waymark_courier;
GRANT INSERT (stream, seq, id, author, subject, unit, kind, ver, at, zone, salt, body, digest,
              chain, received, effective, allowed, login, refers) ON event TO waymark_courier;
GRANT SELECT ON event TO waymark_courier;
CREATE POLICY courier_read ON event FOR SELECT TO waymark_courier
  USING (author IN (SELECT t.person FROM ticket AS t));
CREATE POLICY courier_add ON event FOR INSERT TO waymark_courier
  WITH CHECK (login = session_user
              AND EXISTS (SELECT 1 FROM ticket AS t
                           WHERE t.stream = event.stream AND t.person = event.author
                             AND t.revoked = 0));
CREATE POLICY courier ON stream TO waymark_courier
  USING (EXISTS (SELECT 1 FROM ticket AS t
                  WHERE t.stream = stream.stream AND t.person = stream.person));
CREATE POLICY courier ON quarantine TO waymark_courier
  USING (EXISTS (SELECT 1 FROM ticket AS t WHERE t.stream = quarantine.stream));
CREATE POLICY courier ON elsewhere TO waymark_courier
  USING (EXISTS (SELECT 1 FROM ticket AS t WHERE t.stream = elsewhere.stream));

GRANT SELECT ON pack_file, pack_chunk TO waymark_reader;

RESET search_path;
RESET ROLE;
