-- What an analyst works with: answers to the questions of sittings, each under a pseudonym
-- that is made anew for every call and kept nowhere. No ids, no dates, nobody's name; what
-- people have said of themselves only where at least a hundred of those who have answered
-- say the same. In chance order. That it was read is written down.
--
-- Two extracts differ by what came between them, and whoever knows that one person alone answered
-- then would know whose it is. So what comes in is given by whole weeks, and not before at least
-- eight people are in them: between two extracts there are none, or eight. What is erased goes at
-- once, and that is seen.
--
-- Chance comes from gen_random_uuid: whoever asks can set the seed of random ().

-- That somebody is about to read. Asked first and by itself: a transaction that reads and is
-- then undone would leave nothing.
CREATE OR REPLACE FUNCTION api.calibration_access_v1 () RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
BEGIN
  IF NOT has_role ('analyst') THEN
    RAISE EXCEPTION 'only an analyst asks for the extract' USING ERRCODE = '42501';
  END IF;
  PERFORM append_own (me (), NULL, NULL, 'access', now_us (),
                      CAST('{"what":"calibration"}' AS json));
END
$$;

-- Up to when what came counts, µs UTC: the end of the last week with which eight people or more
-- have answered since the one before that was given.
CREATE OR REPLACE FUNCTION calibrated_until () RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = main, pg_temp AS $$
DECLARE
  today bigint := now_us () / 86400000000;
  week bigint := (today - (today + 3) % 7) * 86400000000;
  waiting text[] := '{}';
  until bigint := 0;
  w record;
BEGIN
  FOR w IN
    SELECT (r.received / 86400000000 + 3) / 7 AS n, array_agg (DISTINCT r.person) AS people
      FROM live AS r
      JOIN live AS a ON a.id = r.body ->> 'attempt' AND a.kind = 'attempt' AND a.author = r.author
     WHERE r.kind = 'response' AND a.body ->> 'type' IN ('baseline', 'closer', 'recheck')
       AND r.received < week
     GROUP BY 1
     ORDER BY 1
  LOOP
    waiting := ARRAY(SELECT unnest (waiting) UNION SELECT unnest (w.people));
    IF cardinality (waiting) >= 8 THEN
      until := (w.n * 7 + 4) * 86400000000;
      waiting := '{}';
    END IF;
  END LOOP;
  RETURN until;
END
$$;

-- One row for each answer (question NULL), then one for each group that a person is in.
CREATE OR REPLACE FUNCTION api.calibration_v1 ()
RETURNS TABLE (person text, item text, score double precision, ms bigint, language text,
               rapid integer, question text, answer text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  until bigint := calibrated_until ();
BEGIN
  IF NOT has_role ('analyst') THEN
    RAISE EXCEPTION 'only an analyst asks for the extract' USING ERRCODE = '42501';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM event AS e
                  WHERE e.kind = 'access' AND e.author = me ()
                    AND e.body ->> 'what' = 'calibration' AND e.received > now_us () - 60000000
                    AND e.xid <> pg_current_xact_id ()) THEN
    RAISE EXCEPTION 'that it is read must have been written down' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
  WITH
  given AS (
    SELECT r.person AS who, r.body ->> 'item' AS item,
           CAST(r.body ->> 'score' AS double precision) AS score,
           CAST(r.body ->> 'ms' AS bigint) AS ms, a.body ->> 'language' AS language,
           row_number () OVER (PARTITION BY r.person, r.body ->> 'item'
                               ORDER BY r.effective, r.id) AS age
      FROM live AS r
      JOIN live AS a ON a.id = r.body ->> 'attempt' AND a.kind = 'attempt' AND a.author = r.author
     WHERE r.kind = 'response' AND a.body ->> 'type' IN ('baseline', 'closer', 'recheck')
       AND r.body ->> 'item' IS NOT NULL AND r.body ->> 'score' IS NOT NULL
       AND r.received < until
  ),
  pace AS (
    SELECT g.item, avg (g.ms) AS mean FROM given AS g WHERE g.age = 1 GROUP BY g.item
  ),
  -- MATERIALIZED, so that everybody has one number throughout.
  named AS MATERIALIZED (
    SELECT p.who, 'P' || row_number () OVER (ORDER BY p.chance) AS pseudonym
      FROM (SELECT DISTINCT ON (g.who) g.who, gen_random_uuid () AS chance FROM given AS g) AS p
  ),
  said AS (
    SELECT e.author AS who, e.body ->> 'key' AS question, e.body ->> 'value' AS answer,
           row_number () OVER (PARTITION BY e.author, e.body ->> 'key'
                               ORDER BY e.effective DESC, e.id DESC) AS age
      FROM live AS e
     WHERE e.kind = 'about_me' AND e.received < until
    UNION ALL
    SELECT e.person, 'staff_group', e.body ->> 'staff_group',
           row_number () OVER (PARTITION BY e.person ORDER BY e.effective DESC, e.id DESC)
      FROM live AS e
     WHERE e.kind = 'person' AND e.received < until
  ),
  large AS (
    SELECT s.question, s.answer
      FROM said AS s
      JOIN named AS n ON n.who = s.who
     WHERE s.age = 1 AND coalesce (s.answer, '') <> ''
     GROUP BY s.question, s.answer
    HAVING count(*) >= 100
  ),
  rows AS (
    SELECT n.pseudonym, g.item, g.score, g.ms, g.language,
           CASE WHEN g.ms < least (10000, .1 * p.mean) THEN 1 ELSE 0 END AS rapid,
           CAST(NULL AS text) AS question, CAST(NULL AS text) AS answer
      FROM given AS g
      JOIN named AS n ON n.who = g.who
      JOIN pace AS p ON p.item = g.item
     WHERE g.age = 1
    UNION ALL
    SELECT n.pseudonym, NULL, NULL, NULL, NULL, NULL, s.question, s.answer
      FROM said AS s
      JOIN named AS n ON n.who = s.who
      JOIN large AS l ON l.question = s.question AND l.answer = s.answer
     WHERE s.age = 1
  )
  SELECT r.pseudonym, r.item, r.score, r.ms, r.language, r.rapid, r.question, r.answer
    FROM rows AS r
   ORDER BY r.question IS NOT NULL, gen_random_uuid ();
END
$$;

ALTER FUNCTION calibrated_until () OWNER TO waymark_folder;
REVOKE ALL ON FUNCTION calibrated_until () FROM PUBLIC;
ALTER FUNCTION api.calibration_access_v1 () OWNER TO waymark_folder;
ALTER FUNCTION api.calibration_v1 () OWNER TO waymark_folder;
REVOKE ALL ON FUNCTION api.calibration_access_v1 (), api.calibration_v1 () FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_own (text, text, text, text, bigint, json) TO waymark_folder;
GRANT EXECUTE ON FUNCTION api.calibration_access_v1 (), api.calibration_v1 () TO waymark_user;
