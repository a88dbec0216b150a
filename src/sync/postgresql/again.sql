-- A trust that was put back from a backup may hear of a champion's help before it hears again who
-- is champion, or who had asked: such a thing was allowed once, and is refused for no fault of whoever
-- did it. So for thirty days after that, with each tick, what was refused since the backup was made is
-- judged again by what stands now. What is allowed by it lets in what depends on it in turn.
CREATE OR REPLACE FUNCTION judge_again () RETURNS bigint
LANGUAGE plpgsql SET search_path = main, pg_temp AS $$
DECLARE
  since bigint;
  ids text[];
  n bigint := 0;
BEGIN
  -- An epoch begins at most ten minutes before the last that a backup has.
  SELECT min (coalesce ((SELECT max (p.at) FROM epoch AS p WHERE p.n < r.n), 0)) INTO since
    FROM epoch AS r
   WHERE r.restored = 1 AND r.at > now_us () - 30 * CAST(86400000000 AS bigint);
  IF since IS NULL THEN
    RETURN 0;
  END IF;
  LOOP
    -- What somebody is sending meanwhile is for the next time.
    SELECT array_agg (x.id) INTO ids
      FROM (SELECT e.id FROM event AS e
             WHERE e.allowed = 0 AND e.received > since AND e.salt <> '' AND e.author IS NOT NULL
               AND may_write (e.author, e.kind, e.subject, e.unit, e.body) = 1) AS x;
    EXIT WHEN ids IS NULL;
    UPDATE event SET allowed = 1 WHERE id = ANY (ids);
    INSERT INTO judged_again (id) SELECT unnest (ids) ON CONFLICT DO NOTHING;
    PERFORM fold_events (ids);
    PERFORM bump_scopes (ids);
    PERFORM bump_readers (ids);
    PERFORM end_calls (ids);
    n := n + cardinality (ids);
  END LOOP;
  RETURN n;
END
$$;

REVOKE ALL ON FUNCTION judge_again () FROM PUBLIC;
