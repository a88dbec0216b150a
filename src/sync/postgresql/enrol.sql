-- Somebody's first meeting after they signed in with a file. The code holds once, for one
-- stream, and for the person whose login this is. Refusals: person, unknown, expired, used.
CREATE OR REPLACE FUNCTION api.enrol_v1 (id text, hash text, stream text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  e record;
  refusal text;
BEGIN
  SELECT n.person, n.hash, n.expires, n.stream INTO e FROM enrolment AS n
   WHERE n.id = enrol_v1.id FOR UPDATE;
  refusal := CASE WHEN NOT FOUND OR e.hash <> enrol_v1.hash THEN 'unknown'
                  WHEN e.person IS DISTINCT FROM me () THEN 'person'
                  WHEN e.stream = enrol_v1.stream THEN NULL
                  WHEN e.stream IS NOT NULL THEN 'used'
                  WHEN e.expires < now_us () THEN 'expired' END;
  IF refusal IS NULL THEN
    UPDATE enrolment AS n SET used = now_us (), stream = enrol_v1.stream WHERE n.id = enrol_v1.id;
  END IF;
  RETURN refusal;
END
$$;

REVOKE ALL ON FUNCTION api.enrol_v1 (text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.enrol_v1 (text, text, text) TO waymark_user;
