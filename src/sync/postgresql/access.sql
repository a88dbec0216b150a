-- That somebody has looked: a named person's detail, a report, an export, an extract. Here
-- the trust writes it, in its own stream, in the name of session_user; what a client says of
-- itself counts only for champions, who look at what their device has while no trust is there.

CREATE OR REPLACE FUNCTION api.look_v1 (what text, detail text, subject text)
RETURNS TABLE (refusal text, access text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
#variable_conflict use_column
DECLARE
  self text := me ();
  name text;
  looked text;
BEGIN
  IF self IS NULL OR NOT EXISTS (SELECT 1 FROM role AS r WHERE r.person = self) THEN
    refusal := 'person';
  ELSIF look_v1.what NOT IN ('person', 'report', 'export', 'extract')
     OR octet_length (look_v1.detail) > 200
     OR (look_v1.subject IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM person AS p WHERE p.person = look_v1.subject)) THEN
    refusal := 'protocol';
  ELSE
    SELECT p.name INTO name FROM person AS p WHERE p.person = self;
    access := append_own (self, look_v1.subject, NULL, 'access', now_us (),
                          json_strip_nulls (json_build_object (
                            'what', look_v1.what, 'detail', look_v1.detail, 'by', name)));
  END IF;
  RETURN NEXT;
END
$$;

-- Who has looked at one's own record: the names of others are not for everybody, these are.
CREATE OR REPLACE FUNCTION api.looked_at_me ()
RETURNS TABLE (at bigint, name text, what text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT e.effective, coalesce (p.name, e.body ->> 'by'), e.body ->> 'what', e.body ->> 'detail'
    FROM live AS e
    LEFT JOIN person AS p ON p.person = e.author
   WHERE e.kind = 'access' AND e.subject = me () AND e.author <> me ()
   ORDER BY e.effective DESC, e.id DESC
   LIMIT 1000
$$;

-- All of it, for governance.
CREATE OR REPLACE FUNCTION api.accesses (since bigint)
RETURNS TABLE (at bigint, who text, whom text, what text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT e.effective, p.username, s.username, e.body ->> 'what', e.body ->> 'detail'
    FROM live AS e
    LEFT JOIN person AS p ON p.person = e.author
    LEFT JOIN person AS s ON s.person = e.subject
   WHERE e.kind = 'access' AND e.received >= since AND is_governance (me ())
   ORDER BY e.effective DESC, e.id DESC
   LIMIT 10000
$$;

-- In the place of what authority.c says for a file.
CREATE OR REPLACE FUNCTION forbid_own_access () RETURNS void
LANGUAGE sql SET search_path = main, pg_temp AS $$
  DELETE FROM authority WHERE kind = 'access' AND who <> 'champion'
$$;

REVOKE ALL ON FUNCTION api.look_v1 (text, text, text), api.looked_at_me (), api.accesses (bigint),
  forbid_own_access () FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.look_v1 (text, text, text), api.looked_at_me (), api.accesses (bigint)
  TO waymark_user;
