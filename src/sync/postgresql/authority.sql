-- Who may write which kind, about whom. The table `authority` says it of each kind; a kind
-- that is not in it, known or not, is for oneself alone.

-- A unit's role reaches the units below it. Where somebody is named it must be a person of
-- these units; otherwise the event must be addressed there.
CREATE OR REPLACE FUNCTION has_local_role (author text, wanted text, subject text, unit text)
RETURNS boolean
LANGUAGE sql STABLE SET search_path = main, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1
      FROM role AS r
     WHERE r.person = has_local_role.author AND r.role = wanted
       AND (r.unit = ''
            OR (has_local_role.subject IS NULL AND has_local_role.unit IS NULL)
            OR EXISTS (
              SELECT 1
                FROM unit AS own
                JOIN unit AS below ON starts_with (below.path, own.path)
               WHERE own.unit = r.unit
                 AND ((has_local_role.subject IS NULL AND below.unit = has_local_role.unit)
                      OR below.unit IN (SELECT m.unit FROM membership AS m
                                         WHERE m.person = has_local_role.subject)))))
$$;

CREATE OR REPLACE FUNCTION may_write (author text, kind text, subject text, unit text, body json)
RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  about text := subject;
  asker text;
  may text[];
  is_oneself boolean;
  is_called boolean;
  is_own boolean;
  is_gone boolean;
  authors text[];
  is_for_oneself boolean := true;
BEGIN
  SELECT coalesce (array_agg (a.who), CAST('{}' AS text[])) INTO may
    FROM authority AS a WHERE a.kind = may_write.kind;
  IF may = '{}' THEN
    may := '{oneself}';
  END IF;
  -- Whom an answer to a request is about is not for the answer to say.
  IF may_write.kind = 'help_action' THEN
    SELECT e.person, may_write.author = ANY (string_to_array (e.body ->> 'called', ' '))
      INTO asker, is_called
      FROM event AS e
     WHERE e.id = may_write.body ->> 'request' AND e.kind = 'help_request';
    about := coalesce (asker, about);
    is_for_oneself := coalesce (body ->> 'action' IN ('fixed', 'not-fixed', 'closed'), false);
  ELSIF may_write.kind = 'evidence' THEN
    is_for_oneself := coalesce (body ->> 'type' = 'used', false);
  ELSIF may_write.kind = 'champion_term' THEN
    -- Nobody accepts a term for another, and nobody makes themselves a champion.
    may := CASE WHEN body ->> 'state' IN ('put-forward', 'accepted') THEN '{oneself}'
                WHEN body ->> 'state' = 'nominated' THEN '{manager,lead}'
                WHEN body ->> 'state' IN ('appointed', 'trained', 'active') THEN '{lead}'
                WHEN body ->> 'state' IN ('paused', 'ended') THEN '{oneself,lead}'
                ELSE '{}' END;
  ELSIF may_write.kind = 'on_call' THEN
    is_for_oneself := coalesce (body ->> 'ended' = '1', false);
  ELSIF may_write.kind = 'corner_action' THEN
    may := CASE body ->> 'action' WHEN 'answered' THEN '{champion}'
                                  WHEN 'taken-down' THEN '{lead}' ELSE '{}' END;
  ELSIF may_write.kind = 'tip' THEN
    -- Nobody says of their own answer that it worked, nor of one that is yet to come, which might
    -- be their own, nor of one to a question that was withdrawn. Whoever gave it may take it down,
    -- and whoever asked.
    SELECT array_agg (e.author), bool_or (e.kind = 'corner_action' AND e.author = may_write.author),
           bool_or (x.target IS NOT NULL)
      INTO authors, is_own, is_gone
      FROM event AS a
      JOIN event AS e ON e.id = a.id OR (e.id = a.refers AND e.kind = 'corner_question')
      LEFT JOIN retracted AS x ON x.target = e.id AND e.kind = 'corner_question'
     WHERE a.id = may_write.body ->> 'answer' AND a.kind = 'corner_action';
    may := CASE WHEN body ->> 'state' = 'worked' AND NOT is_own AND NOT is_gone THEN '{champion}'
                WHEN body ->> 'state' = 'taken-down' AND author = ANY (authors) THEN '{anybody}'
                WHEN body ->> 'state' = 'taken-down' THEN '{lead}' ELSE '{}' END;
  ELSIF may_write.kind = 'help_given' AND subject <> author THEN
    -- Of anybody who has called them, of whatever place.
    SELECT true INTO is_called
      FROM event AS e
     WHERE e.person = may_write.subject AND e.kind = 'help_request' AND e.allowed = 1
       AND may_write.author = ANY (string_to_array (e.body ->> 'called', ' '))
     LIMIT 1;
  END IF;
  is_oneself := about IS NULL OR about = author;

  IF 'anybody' = ANY (may) OR ('oneself' = ANY (may) AND is_oneself AND is_for_oneself) THEN
    RETURN 1;
  END IF;
  -- A champion of another place whom the request names.
  IF is_called AND NOT is_oneself AND has_local_role (author, 'champion', NULL, NULL) THEN
    RETURN 1;
  END IF;
  -- Nobody bears witness to themselves, whatever else they are, or says when another can be asked.
  IF (is_oneself AND may_write.kind IN ('evidence', 'evidence_file'))
     OR (NOT is_oneself AND may_write.kind = 'on_call') THEN
    RETURN 0;
  END IF;
  IF is_oneself THEN
    about := NULL;
  END IF;
  IF ('champion' = ANY (may) AND has_local_role (author, 'champion', about, unit))
     OR ('manager' = ANY (may) AND has_local_role (author, 'manager', about, unit))
     OR EXISTS (SELECT 1 FROM role AS r
                 WHERE r.person = author AND r.role = ANY (may)
                   AND r.role IN ('lead', 'author', 'analyst', 'governance', 'design')) THEN
    RETURN 1;
  END IF;
  RETURN 0;
END
$$;
