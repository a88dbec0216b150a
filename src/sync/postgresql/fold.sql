-- What push folds: the keys that events touch, table by table, the keys of a table in
-- order, each locked first. Two pushes that fold one key at once would lose one's part.
CREATE OR REPLACE FUNCTION fold_events (ids text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  k record;
BEGIN
  FOR k IN
    WITH written AS (
      SELECT e.id, e.kind, e.person, e.author, e.refers FROM event AS e WHERE e.id = ANY (ids)
    ),
    touched AS (
      SELECT id, kind, person, author, refers FROM written
      UNION
      -- Withdrawing touches whatever the withdrawn event touched.
      SELECT t.id, t.kind, t.person, t.author, t.refers
        FROM written AS w
        JOIN event AS t ON t.id = w.refers
       WHERE w.kind = 'retraction' AND t.kind <> 'retraction'
      UNION
      -- With evidence go the pieces of its file.
      SELECT f.id, f.kind, f.person, f.author, f.refers
        FROM written AS w
        JOIN event AS f ON f.refers = w.refers AND f.kind = 'evidence_file'
       WHERE w.kind = 'retraction'
    )
    SELECT DISTINCT t.position, t.fold,
           CASE t.key WHEN 'trust' THEN 'trust' WHEN 'person' THEN e.person
                      WHEN 'author' THEN e.author WHEN 'id' THEN e.id ELSE e.refers END AS key
      FROM touched AS e
      JOIN touch AS t ON t.kind = e.kind
     -- Late: only an event that comes after what withdraws it.
     WHERE t.late = 0 OR EXISTS (SELECT 1 FROM event AS x
                                  WHERE x.kind = 'retraction' AND x.refers = e.id)
    UNION
    -- Until when an answer may be withdrawn is known only when the pulse has come.
    SELECT 1, 'retracted', a.id
      FROM written AS w
      JOIN event AS a ON a.kind = 'pulse_answer' AND a.body ->> 'pulse' = w.id
     WHERE w.kind = 'pulse'
     ORDER BY 1, 3
  LOOP
    CONTINUE WHEN coalesce (k.key, '') = '';
    INSERT INTO fold_key (fold, key, folded) VALUES (k.fold, k.key, now_us ())
    ON CONFLICT (fold, key) DO UPDATE SET folded = excluded.folded;
    EXECUTE format ('SELECT main.fold_%I ($1)', k.fold) USING k.key;
  END LOOP;
END
$$;

-- Rows that become visible by somebody's move are older than any cursor, and rows that are
-- no longer to be seen lie on devices already: whoever pulls a scope whose generation has
-- changed drops it and begins again.
CREATE OR REPLACE FUNCTION bump_scopes (ids text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  is_every_unit boolean;
BEGIN
  SELECT EXISTS (
    SELECT 1
      FROM event AS e
      LEFT JOIN event AS t ON t.id = e.refers AND e.kind = 'retraction'
     WHERE e.id = ANY (ids) AND e.allowed = 1
       AND (e.kind = 'place' OR t.kind IN ('membership', 'place', 'setting')
            OR (e.kind = 'setting' AND e.body ->> 'key' = 'share_levels'))) INTO is_every_unit;
  INSERT INTO scope_generation (scope, generation)
  SELECT 'unit:' || u.unit, 2
    FROM unit AS u
   WHERE is_every_unit
      OR EXISTS (
        SELECT 1
          FROM event AS e
          JOIN unit AS below
            ON (e.kind = 'membership' AND below.unit = e.body ->> 'place')
            OR (e.kind = 'preference' AND e.body ->> 'key' = 'share_levels'
                AND below.unit IN (SELECT m.unit FROM membership AS m WHERE m.person = e.author))
         WHERE e.id = ANY (ids) AND e.allowed = 1 AND e.kind IN ('membership', 'preference')
           AND starts_with (below.path, u.path))
  UNION
  -- What was done about a request shows to whom it names only when it is there itself: to a trust
  -- that was put back it may come after.
  SELECT 'unit:*', 2
   WHERE EXISTS (SELECT 1
                   FROM event AS e
                   JOIN event AS a ON a.refers = e.id AND a.kind = 'help_action'
                  WHERE e.id = ANY (ids) AND e.kind = 'help_request' AND e.allowed = 1
                    AND e.body ->> 'called' IS NOT NULL)
   ORDER BY 1
  ON CONFLICT (scope) DO UPDATE SET generation = scope_generation.generation + 1;
END
$$;
