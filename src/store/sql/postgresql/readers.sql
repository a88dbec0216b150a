-- Who may read what. Applied with the tables for reading, again whenever this text changes.
--
-- Everything is decided from session_user, which no client can set: not from a setting, not
-- from current_user. A kind that no line below names is seen by its author and its subject
-- alone, and what is private by its author alone.

-- In plpgsql, as what else policies ask of everybody, because there plans are kept.
CREATE OR REPLACE FUNCTION me () RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
BEGIN
  RETURN (SELECT p.person
            FROM login AS l
            JOIN person AS p ON p.person = l.person
           WHERE l.login = session_user AND l.disabled = 0 AND coalesce (p.ended, 0) = 0);
END
$$;

CREATE OR REPLACE FUNCTION has_role (wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM role AS r WHERE r.person = me () AND r.role = wanted);
END
$$;

-- The units that a role was given for, with those below them; of the whole trust, all.
CREATE OR REPLACE FUNCTION my_units (wanted text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT coalesce (array_agg (DISTINCT below.unit), CAST('{}' AS text[]))
    FROM role AS r
    JOIN unit AS own ON own.unit = r.unit OR r.unit = ''
    JOIN unit AS below ON starts_with (below.path, own.path)
   WHERE r.person = me () AND r.role = wanted
$$;

CREATE OR REPLACE FUNCTION my_people (wanted text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT coalesce (array_agg (DISTINCT m.person), CAST('{}' AS text[]))
    FROM membership AS m
   WHERE m.unit = ANY (my_units (wanted))
$$;

-- Those of my people who show their levels, or whose trust does it for them.
CREATE OR REPLACE FUNCTION my_sharing_people (wanted text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT coalesce (array_agg (DISTINCT m.person), CAST('{}' AS text[]))
    FROM membership AS m
   WHERE m.unit = ANY (my_units (wanted))
     AND (EXISTS (SELECT 1 FROM shared AS s WHERE s.person = m.person AND s.what = 'levels'
                     AND s.with_whom = wanted)
          OR EXISTS (SELECT 1 FROM setting WHERE key = 'share_levels' AND value = wanted))
$$;

-- Whom the design office knows by name: who said something with theirs, and who may own it.
CREATE OR REPLACE FUNCTION people_of_voices () RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT coalesce (array_agg (v.person), CAST('{}' AS text[]))
    FROM (SELECT f.person FROM feedback AS f WHERE f.person IS NOT NULL
          UNION
          SELECT r.person FROM role AS r WHERE r.role IN ('lead', 'design')) AS v
   WHERE has_role ('design')
$$;

-- A withdrawal is read by its author, by whoever it is about, and by whoever may read what it
-- withdraws: so its policies ask about that event, whoever has written the withdrawal. Here for
-- what everybody reads, below for what the champions of some people and units do. Pull narrows
-- a scope with the same functions.
CREATE OR REPLACE FUNCTION kind_of (event text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT e.kind FROM event AS e WHERE e.id = $1 AND e.allowed = 1
$$;

CREATE OR REPLACE FUNCTION is_read_through (event text, kinds text[], people text[], units text[])
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM event AS e
                  WHERE e.id = $1 AND e.allowed = 1 AND e.kind = ANY ($2)
                    AND (e.person = ANY ($3) OR e.unit = ANY ($4)));
END
$$;

-- Requests from other places of champions whom there is nobody nearer to ask: who asks names those
-- who may be asked, and they see it with what was done about it while they are champions.
CREATE OR REPLACE FUNCTION my_calls () RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  self text := me ();
BEGIN
  IF NOT has_role ('champion') THEN
    RETURN CAST('{}' AS text[]);
  END IF;
  RETURN (SELECT coalesce (array_agg (e.id), CAST('{}' AS text[]))
            FROM event AS e
           WHERE e.kind = 'help_request' AND e.body ->> 'called' IS NOT NULL AND e.allowed = 1
             AND self = ANY (string_to_array (e.body ->> 'called', ' ')));
END
$$;
CREATE INDEX IF NOT EXISTS event_called ON event (id)
  WHERE kind = 'help_request' AND body ->> 'called' IS NOT NULL;

CREATE OR REPLACE FUNCTION is_of_calls (event text, calls text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM event AS e
                  WHERE e.id = $1 AND e.allowed = 1
                    AND ((e.kind = 'help_request' AND e.id = ANY ($2))
                         OR (e.kind = 'help_action' AND e.refers = ANY ($2))));
END
$$;

-- The table of kinds: a new kind that others see is a new line here.
DROP TABLE IF EXISTS visible;
CREATE TABLE visible (
  kind text PRIMARY KEY NOT NULL,
  -- catalogue: everybody; unit: champions of the unit; shared: the same, where it is shared;
  -- champions: all champions of the trust, and its leads; private: nobody but the author, ever
  audience text NOT NULL CHECK (audience IN ('catalogue', 'unit', 'shared', 'champions', 'private'))
);
INSERT INTO visible (kind, audience) VALUES
  ('organisation', 'catalogue'), ('place', 'catalogue'), ('setting', 'catalogue'),
  ('pack_release', 'catalogue'), ('role_requirement', 'catalogue'), ('local_note', 'catalogue'),
  ('notice', 'catalogue'), ('initiative', 'catalogue'), ('pulse', 'catalogue'),
  ('session', 'catalogue'), ('item_parameter', 'catalogue'), ('drop_answer', 'catalogue'),
  ('published', 'catalogue'), ('trial', 'catalogue'), ('on_call', 'catalogue'),
  ('tip', 'catalogue'),
  ('step', 'unit'), ('attempt_end', 'unit'), ('help_request', 'unit'), ('help_action', 'unit'),
  ('help_declined', 'unit'), ('help_given', 'unit'), ('attendance', 'unit'),
  ('person', 'unit'), ('membership', 'unit'),
  ('estimate', 'shared'), ('self_rating', 'shared'),
  ('corner_question', 'champions'), ('corner_action', 'champions'),
  ('note', 'private'), ('reflection', 'private'), ('barrier', 'private'), ('about_me', 'private');
GRANT SELECT ON visible TO waymark_folder;

-- Whom an event is about, where they may see it.
CREATE OR REPLACE FUNCTION subject_of (event text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT e.subject FROM event AS e
   WHERE e.id = $1 AND e.kind NOT IN (SELECT v.kind FROM visible AS v WHERE v.audience = 'private')
$$;

CREATE OR REPLACE FUNCTION kinds_for (wanted text) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
BEGIN
  RETURN (SELECT coalesce (array_agg (v.kind), CAST('{}' AS text[]))
            FROM visible AS v WHERE v.audience = wanted);
END
$$;

DO $functions$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['me ()', 'has_role (text)', 'my_units (text)', 'my_people (text)',
                              'my_sharing_people (text)', 'people_of_voices ()',
                              'kind_of (text)', 'subject_of (text)', 'kinds_for (text)',
                              'my_calls ()', 'is_of_calls (text, text[])',
                              'is_read_through (text, text[], text[], text[])'] LOOP
    EXECUTE format ('ALTER FUNCTION %s OWNER TO waymark_folder', name);
    EXECUTE format ('REVOKE ALL ON FUNCTION %s FROM PUBLIC', name);
    -- A policy's functions run as whoever asks. Without the schema nobody can name them.
    EXECUTE format ('GRANT EXECUTE ON FUNCTION %s TO waymark_user, waymark_reader, waymark_api,'
                    ' waymark_owner', name);
  END LOOP;
END
$functions$;
REVOKE EXECUTE ON FUNCTION kind_of (text), subject_of (text), is_of_calls (text, text[]),
  is_read_through (text, text[], text[], text[]) FROM waymark_api;

-- The log. Each `(SELECT …)` is worked out once a query, not once a row.
-- The file of evidence that was withdrawn is no longer for whom it is about.
DROP POLICY IF EXISTS own ON event;
CREATE POLICY own ON event FOR SELECT TO waymark_reader USING (
  author = (SELECT me ())
  OR (subject = (SELECT me ()) AND NOT (kind = ANY (CAST((SELECT kinds_for ('private')) AS text[])))
      AND (kind <> 'evidence_file'
           OR NOT EXISTS (SELECT 1 FROM retracted AS x WHERE x.target = event.id)))
  OR (kind = 'retraction' AND subject_of (refers) = (SELECT me ())));

DROP POLICY IF EXISTS catalogue ON event;
CREATE POLICY catalogue ON event FOR SELECT TO waymark_reader USING (
  allowed = 1 AND (SELECT me ()) IS NOT NULL
  AND (kind = ANY (CAST((SELECT kinds_for ('catalogue')) AS text[]))
       OR (kind = 'retraction'
           AND kind_of (refers) = ANY (CAST((SELECT kinds_for ('catalogue')) AS text[])))));

DROP POLICY IF EXISTS unit ON event;
CREATE POLICY unit ON event FOR SELECT TO waymark_reader USING (
  allowed = 1 AND (SELECT has_role ('champion'))
  AND ((kind = ANY (CAST((SELECT kinds_for ('unit')) AS text[]))
        AND (person = ANY (CAST((SELECT my_people ('champion')) AS text[]))
             OR unit = ANY (CAST((SELECT my_units ('champion')) AS text[]))))
       OR (kind = 'retraction'
           AND is_read_through (refers, (SELECT kinds_for ('unit')),
                                (SELECT my_people ('champion')),
                                (SELECT my_units ('champion'))))));

DROP POLICY IF EXISTS called ON event;
CREATE POLICY called ON event FOR SELECT TO waymark_reader USING (
  allowed = 1
  AND ((kind = 'help_request' AND id = ANY (CAST((SELECT my_calls ()) AS text[])))
       OR (kind = 'help_action' AND refers = ANY (CAST((SELECT my_calls ()) AS text[])))
       OR (kind = 'retraction' AND is_of_calls (refers, (SELECT my_calls ())))));

DROP POLICY IF EXISTS shared ON event;
CREATE POLICY shared ON event FOR SELECT TO waymark_reader USING (
  allowed = 1 AND (SELECT has_role ('champion'))
  AND ((kind = ANY (CAST((SELECT kinds_for ('shared')) AS text[]))
        AND person = ANY (CAST((SELECT my_sharing_people ('champion')) AS text[])))
       OR (kind = 'retraction'
           AND is_read_through (refers, (SELECT kinds_for ('shared')),
                                (SELECT my_sharing_people ('champion')), NULL))));

-- What champions ask each other: whoever is one now, and leads.
DROP POLICY IF EXISTS champions ON event;
CREATE POLICY champions ON event FOR SELECT TO waymark_reader USING (
  allowed = 1 AND (SELECT has_role ('champion') OR has_role ('lead'))
  AND (kind = ANY (CAST((SELECT kinds_for ('champions')) AS text[]))
       OR (kind = 'retraction'
           AND kind_of (refers) = ANY (CAST((SELECT kinds_for ('champions')) AS text[])))));

-- Push sees and adds the events of whoever pushes, and nobody else's.
DROP POLICY IF EXISTS api_read ON event;
CREATE POLICY api_read ON event FOR SELECT TO waymark_api USING (author = (SELECT me ()));
DROP POLICY IF EXISTS api_add ON event;
CREATE POLICY api_add ON event FOR INSERT TO waymark_api
  WITH CHECK (author = (SELECT me ()) AND login = (SELECT session_user));
DROP POLICY IF EXISTS api ON stream;
CREATE POLICY api ON stream TO waymark_api
  USING (person = (SELECT me ())) WITH CHECK (person = (SELECT me ()));

CREATE OR REPLACE FUNCTION is_my_stream (wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM stream AS s WHERE s.stream = wanted)
$$;
ALTER FUNCTION is_my_stream (text) OWNER TO waymark_api;
GRANT EXECUTE ON FUNCTION is_my_stream (text) TO waymark_user;
DROP POLICY IF EXISTS api ON quarantine;
CREATE POLICY api ON quarantine TO waymark_api
  USING (is_my_stream (stream)) WITH CHECK (is_my_stream (stream));
DROP POLICY IF EXISTS api ON elsewhere;
CREATE POLICY api ON elsewhere TO waymark_api
  USING (is_my_stream (stream)) WITH CHECK (is_my_stream (stream));

-- The tables for reading: the owner and the folder all of it.
DO $tables$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['retracted', 'organisation', 'setting', 'unit', 'catalogue', 'person',
                              'membership', 'champion', 'role', 'rota', 'shared', 'self_rating',
                              'attempt', 'level_history', 'level', 'progress', 'evidence', 'help',
                              'help_given', 'feedback', 'support', 'initiative',
                              'initiative_step', 'pulse_count', 'corner', 'corner_answer',
                              'tip'] LOOP
    EXECUTE format ('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format ('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format ('CREATE POLICY fold ON %I TO waymark_owner, waymark_folder'
                    ' USING (true) WITH CHECK (true)', name);
    EXECUTE format ('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO waymark_folder', name);
    EXECUTE format ('GRANT SELECT ON %I TO waymark_reader', name);
  END LOOP;
END
$tables$;

-- The planner tells everybody how many rows it expects of a question, of tables too whose rows they
-- would not be shown. So of names it learns nothing: of somebody with much it expects what it
-- expects of nobody.
DO $names$
DECLARE
  c record;
BEGIN
  FOR c IN
    SELECT t.relname, a.attname
      FROM pg_attribute AS a JOIN pg_class AS t ON t.oid = a.attrelid
     WHERE t.relnamespace = CAST('main' AS regnamespace) AND t.relkind = 'r'
       AND a.attname IN ('person', 'author', 'subject', 'champion', 'username', 'name', 'login')
       AND a.attstattarget <> 0
  LOOP
    EXECUTE format ('ALTER TABLE main.%I ALTER COLUMN %I SET STATISTICS 0', c.relname, c.attname);
  END LOOP;
END
$names$;

-- And whoever asks: what everybody may know,
CREATE POLICY everybody ON organisation FOR SELECT TO waymark_reader USING ((SELECT me ()) IS NOT NULL);
CREATE POLICY everybody ON setting FOR SELECT TO waymark_reader USING ((SELECT me ()) IS NOT NULL);
CREATE POLICY everybody ON unit FOR SELECT TO waymark_reader USING ((SELECT me ()) IS NOT NULL);
CREATE POLICY everybody ON catalogue FOR SELECT TO waymark_reader USING ((SELECT me ()) IS NOT NULL);
CREATE POLICY everybody ON support FOR SELECT TO waymark_reader USING ((SELECT me ()) IS NOT NULL);
CREATE POLICY everybody ON tip FOR SELECT TO waymark_reader USING ((SELECT me ()) IS NOT NULL);
CREATE POLICY everybody ON initiative FOR SELECT TO waymark_reader USING ((SELECT me ()) IS NOT NULL);
CREATE POLICY everybody ON initiative_step FOR SELECT TO waymark_reader
  USING ((SELECT me ()) IS NOT NULL);
CREATE POLICY everybody ON retracted FOR SELECT TO waymark_reader USING ((SELECT me ()) IS NOT NULL);

-- what is about oneself,
DO $own$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['person', 'membership', 'champion', 'role', 'rota', 'shared',
                              'self_rating', 'attempt', 'level_history', 'level', 'progress',
                              'evidence', 'help', 'feedback'] LOOP
    EXECUTE format ('CREATE POLICY own ON %I FOR SELECT TO waymark_reader'
                    ' USING (person = (SELECT me ()))', name);
  END LOOP;
END
$own$;
CREATE POLICY own ON help_given FOR SELECT TO waymark_reader
  USING (person = (SELECT me ()) OR champion = (SELECT me ()));

-- what the champions of a unit may know of its people,
CREATE POLICY champion ON person FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_people ('champion')) AS text[])));
CREATE POLICY champion ON membership FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_people ('champion')) AS text[])));
CREATE POLICY champion ON attempt FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_people ('champion')) AS text[])));
CREATE POLICY champion ON progress FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_people ('champion')) AS text[])));
CREATE POLICY champion ON help FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_people ('champion')) AS text[]))
         OR unit = ANY (CAST((SELECT my_units ('champion')) AS text[])));
CREATE POLICY called ON help FOR SELECT TO waymark_reader
  USING (request = ANY (CAST((SELECT my_calls ()) AS text[])));
CREATE POLICY champion ON help_given FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_people ('champion')) AS text[]))
         OR unit = ANY (CAST((SELECT my_units ('champion')) AS text[])));
CREATE POLICY champion ON level FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_sharing_people ('champion')) AS text[])));
CREATE POLICY champion ON self_rating FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_sharing_people ('champion')) AS text[])));

-- what its managers may,
CREATE POLICY manager ON person FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_people ('manager')) AS text[])));
CREATE POLICY manager ON membership FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_people ('manager')) AS text[])));
CREATE POLICY manager ON progress FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_people ('manager')) AS text[])));
CREATE POLICY manager ON evidence FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT my_people ('manager')) AS text[])));

-- and what leads may of the whole trust: never how somebody sees themselves, never a sitting.
DO $lead$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['person', 'membership', 'champion', 'role', 'rota', 'level',
                              'level_history', 'progress', 'evidence', 'help', 'help_given',
                              'feedback'] LOOP
    EXECUTE format ('CREATE POLICY lead ON %I FOR SELECT TO waymark_reader'
                    ' USING ((SELECT has_role (''lead'')))', name);
  END LOOP;
END
$lead$;

-- What champions ask each other.
CREATE POLICY champions ON corner FOR SELECT TO waymark_reader
  USING ((SELECT has_role ('champion') OR has_role ('lead')));
CREATE POLICY champions ON corner_answer FOR SELECT TO waymark_reader
  USING ((SELECT has_role ('champion') OR has_role ('lead')));

-- What the design office may: what people said, and whom that names. Nothing of how they do.
CREATE POLICY design ON feedback FOR SELECT TO waymark_reader USING ((SELECT has_role ('design')));
CREATE POLICY design ON person FOR SELECT TO waymark_reader
  USING (person = ANY (CAST((SELECT people_of_voices ()) AS text[])));
CREATE POLICY design ON role FOR SELECT TO waymark_reader
  USING (role IN ('lead', 'design') AND (SELECT has_role ('design')));

-- How a pulse was answered, as counts of eight people or more: who answered what nobody reads.
CREATE POLICY lead ON pulse_count FOR SELECT TO waymark_reader
  USING (answered >= 8 AND ((SELECT has_role ('lead')) OR (SELECT has_role ('design'))));

-- What people ask: the same names, so that a report finds them by search_path.
DO $views$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['organisation', 'setting', 'unit', 'catalogue', 'person',
                              'membership', 'champion', 'role', 'rota', 'shared', 'self_rating',
                              'attempt', 'level_history', 'level', 'progress', 'evidence', 'help',
                              'help_given', 'feedback', 'support', 'initiative',
                              'initiative_step', 'pulse_count', 'corner', 'corner_answer',
                              'tip'] LOOP
    EXECUTE format ('CREATE VIEW api.%I WITH (security_barrier = true) AS SELECT * FROM main.%I',
                    name, name);
    EXECUTE format ('ALTER VIEW api.%I OWNER TO waymark_reader', name);
    EXECUTE format ('GRANT SELECT ON api.%I TO waymark_user', name);
  END LOOP;
END
$views$;

DROP VIEW IF EXISTS api.event;
CREATE VIEW api.event WITH (security_barrier = true) AS
SELECT stream, seq, id, author, subject, unit, kind, ver, at, zone, salt, body, digest, chain,
       received, effective, allowed, refers, person
  FROM main.event;
ALTER VIEW api.event OWNER TO waymark_reader;
GRANT SELECT ON api.event TO waymark_user;

DROP VIEW IF EXISTS api.meta;
CREATE VIEW api.meta WITH (security_barrier = true) AS
SELECT key, value FROM main.meta WHERE key IN ('schema', 'stream', 'derived', 'ticked');
ALTER VIEW api.meta OWNER TO waymark_reader;
GRANT SELECT ON api.meta TO waymark_user;
