-- Whether a certificate holds, for whoever has its code in hand: the proof is what the code
-- stands for, 60 bits of a digest (record/way-certificate.c). Anybody with a login may ask, of
-- one code at a time and in full, and learns what stands on the paper: never whose it is, unless
-- they may see that person anyway. A code cannot be guessed and nothing else finds one, so this
-- lists nobody. It is STABLE and so cannot write.
--
-- That a check was passed is what a device says at its end, so the trust looks for what it says it
-- of: an attempt of that module, and an answer to as many of the questions that it drew as it says
-- were asked, enough of them with marks for a pass. Whether each answer is right is in the pack,
-- which SQL does not read; `trust check` and an auditor with the pack can score them again.
--
-- States: valid; unproven (the trust does not hold that all of it was passed); withdrawn;
-- erased (with its person); no row where the trust has no such certificate. The same text as in
-- way-certificate-check.c, for a file.
CREATE OR REPLACE FUNCTION api.certificate_v1 (proof text)
RETURNS TABLE (state text, part text, ident text, title text, pack text, pack_version bigint,
               version bigint, earned bigint, finished bigint, received bigint, name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
#variable_conflict use_column
DECLARE
  self text := me ();
BEGIN
  IF self IS NULL THEN
    RAISE EXCEPTION 'only people of the trust ask about its certificates' USING ERRCODE = '42501';
  END IF;
  IF certificate_v1.proof IS NULL OR certificate_v1.proof !~ '^[0-9a-f]{15}$' THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH it AS (
    SELECT e.id, e.author, e.allowed, e.received, e.body ->> 'module' AS module,
           e.body ->> 'pathway' AS pathway, e.body ->> 'pack' AS pack,
           CAST(e.body ->> 'pack_version' AS bigint) AS pack_version,
           CAST(e.body ->> 'version' AS bigint) AS version,
           CAST(e.body ->> 'earned' AS bigint) AS earned
      FROM readable AS e
     WHERE e.id = (SELECT x.id FROM event AS x
                    WHERE x.kind = 'certificate'
                      AND left (encode (sha256 (convert_to ('waymark certificate 1' || chr (10)
                                                            || x.id || chr (10) || x.digest,
                                                            'UTF8')), 'hex'), 15)
                          = certificate_v1.proof
                    LIMIT 1)
  ),
  -- What it is about as the trust has published it: in that version, or else in the newest.
  release AS (
    SELECT r.body ->> 'name' AS name, r.body ->> 'required' AS required,
           row_number () OVER (ORDER BY CASE WHEN CAST(r.body ->> 'version' AS bigint)
                                                  = i.pack_version THEN 0 ELSE 1 END,
                                        r.effective DESC, r.id DESC) AS age
      FROM it AS i
      JOIN live AS r ON r.kind = 'pack_release'
       AND r.body ->> 'part' = CASE WHEN i.module IS NOT NULL THEN 'module' ELSE 'pathway' END
       AND r.body ->> 'ident' = coalesce (i.module, i.pathway) AND r.body ->> 'pack' = i.pack
  ),
  need AS (
    SELECT i.author, r.name, ',' || CASE WHEN i.module IS NOT NULL THEN i.module
                                         ELSE r.required END || ',' AS modules
      FROM it AS i
      LEFT JOIN release AS r ON r.age = 1
  ),
  answered AS (
    SELECT b.id AS attempt, count(DISTINCT r.body ->> 'item') AS answers,
           count(DISTINCT CASE WHEN CAST(r.body ->> 'score' AS double precision) > 0
                               THEN r.body ->> 'item' END) AS marked
      FROM it AS i
      JOIN live AS b ON b.kind = 'attempt' AND b.person = i.author AND b.author = i.author
       AND b.body ->> 'type' = 'check'
      JOIN live AS r ON r.kind = 'response' AND r.person = i.author AND r.author = i.author
       AND r.body ->> 'attempt' = b.id
       AND replace (' ' || (b.body ->> 'draw') || ' ', ' ' || (r.body ->> 'item') || ' ', '')
           <> ' ' || (b.body ->> 'draw') || ' '
     GROUP BY b.id
  ),
  -- A module is one that was ever published: no made-up name passes for several of a list.
  passed AS (
    SELECT x.module, min (x.at) AS at
      FROM need AS n
      JOIN evidence AS x ON x.person = n.author AND x.type = 'check'
       AND replace (n.modules, ',' || x.module || ',', ',') <> n.modules
      JOIN attempt AS a ON a.attempt = x.source AND a.person = n.author AND a.asked >= 5
       AND (a.right_count * 10 >= a.asked * 8 OR a.asked - a.right_count <= 1)
      JOIN answered AS w ON w.attempt = a.attempt AND w.answers >= a.asked
       AND w.marked >= a.right_count
     WHERE EXISTS (SELECT 1 FROM live AS r
                    WHERE r.kind = 'pack_release' AND r.body ->> 'part' = 'module'
                      AND r.body ->> 'ident' = x.module)
     GROUP BY x.module
  ),
  total AS (SELECT count(*) AS modules, max (p.at) AS at FROM passed AS p)
  SELECT CASE WHEN i.module IS NULL AND i.pathway IS NULL
              THEN CASE WHEN is_erased (i.author) THEN 'erased' ELSE 'withdrawn' END
              WHEN i.allowed = 1 AND t.modules > 0
               AND t.modules = length (n.modules) - length (replace (n.modules, ',', '')) - 1
              THEN 'valid' ELSE 'unproven' END,
         CASE WHEN i.module IS NOT NULL THEN 'module' WHEN i.pathway IS NOT NULL THEN 'pathway' END,
         coalesce (i.module, i.pathway), n.name, i.pack, i.pack_version, i.version, i.earned, t.at,
         i.received,
         (SELECT p.name FROM person AS p
           WHERE p.person = i.author
             AND (p.person = self OR has_role ('lead') OR p.person = ANY (my_people ('manager'))
                  OR p.person = ANY (my_people ('champion'))))
    FROM it AS i, need AS n, total AS t;
END
$$;

GRANT EXECUTE ON FUNCTION is_erased (text) TO waymark_folder;
ALTER FUNCTION api.certificate_v1 (text) OWNER TO waymark_folder;
REVOKE ALL ON FUNCTION api.certificate_v1 (text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.certificate_v1 (text) TO waymark_user;
