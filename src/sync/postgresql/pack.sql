-- The files of packs, for whoever is signed in, a piece at a time. What a device has of one it
-- need not fetch again.
CREATE OR REPLACE FUNCTION api.pack_chunk_v1 (digest text, n bigint)
RETURNS TABLE (chunks bigint, size bigint, sha256 text, chunk_sha256 text, bytes text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT f.chunks, f.size, f.sha256, c.sha256, c.bytes
    FROM pack_file AS f
    JOIN pack_chunk AS c ON c.digest = f.digest AND c.n = pack_chunk_v1.n
   WHERE f.digest = pack_chunk_v1.digest AND me () IS NOT NULL
$$;

ALTER FUNCTION api.pack_chunk_v1 (text, bigint) OWNER TO waymark_reader;
REVOKE ALL ON FUNCTION api.pack_chunk_v1 (text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.pack_chunk_v1 (text, bigint) TO waymark_user;
