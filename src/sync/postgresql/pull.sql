-- What others have written and session_user may see, a page at a time. The cursor says what
-- was seen as a snapshot of transactions, not as a number: whatever commits late comes
-- later, and nothing waits for it. A page fixes how far this round goes; the last of it
-- moves the cursor there. Policies hold here too: pull belongs to waymark_reader.

CREATE OR REPLACE FUNCTION units_below (top text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT coalesce (array_agg (below.unit), CAST('{}' AS text[]))
    FROM unit AS own JOIN unit AS below ON starts_with (below.path, own.path)
   WHERE own.unit = top
$$;

CREATE OR REPLACE FUNCTION members_below (top text) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
  SELECT coalesce (array_agg (DISTINCT m.person), CAST('{}' AS text[]))
    FROM membership AS m WHERE m.unit = ANY (units_below (top))
$$;

-- What it was called before readers.sql had it.
DROP FUNCTION IF EXISTS concerns (text, text[], text[]);

-- Whether there may be anything for one of the scopes that everybody has, since a snapshot: what
-- pull asks of the log, but for who may see what. Mostly there is nothing, and then the policies,
-- which take long to plan, are not asked. Nobody but pull is told.
CREATE OR REPLACE FUNCTION may_hold_news (self text, device text, scope text, since pg_snapshot)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
DECLARE
  oldest xid8 := pg_snapshot_xmin (since);
  wanted text[] := '{retraction}';
BEGIN
  IF may_hold_news.scope = 'catalogue' THEN
    wanted := wanted || kinds_for ('catalogue');
  -- Counted, for whoever looks for one row alone may think that it is found soon without an index.
  ELSIF (SELECT count(*) FROM event AS e
          WHERE e.author = self AND e.xid >= oldest AND NOT pg_visible_in_snapshot (e.xid, since)
            AND (e.stream <> device OR e.salt = '')) > 0
        OR (SELECT count(*) FROM event AS e
             WHERE e.subject = self AND e.xid >= oldest
               AND NOT pg_visible_in_snapshot (e.xid, since)) > 0 THEN
    RETURN true;
  END IF;
  RETURN (SELECT count(*) FROM event AS e
           WHERE e.kind = ANY (wanted) AND e.xid >= oldest
             AND NOT pg_visible_in_snapshot (e.xid, since)) > 0;
END
$$;

-- Before it said what an event that was erased pointed at.
DROP FUNCTION IF EXISTS api.pull_v1 (text, text, text);

-- One row for each event; at the end one without an event, with where to go on. The cursor
-- is for nobody else to read: pg/EPOCH/SEEN/LIMIT/TRANSACTION/POSITION.
CREATE OR REPLACE FUNCTION api.pull_v1 (stream text, scope text, cursor text)
RETURNS TABLE (refusal text, cursor_next text, has_more integer, is_reset integer,
               event_stream text, seq bigint, id text, author text, subject text, unit text,
               kind text, ver integer, at bigint, zone text, salt text, body text, digest text,
               chain text, received bigint, effective bigint, allowed integer, refers text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = main, pg_temp AS $$
#variable_conflict use_column
DECLARE
  page CONSTANT integer := 200;
  not_withdrawn text;
  condition text;
  self text := me ();
  parts text[];
  lo pg_snapshot := '1:1:';
  hi pg_snapshot := pg_current_snapshot ();
  after_xid xid8 := '0';
  after_position bigint := 0;
  n integer := 0;
  top text;
  people text[];
  units text[];
  sharing text[];
  calls text[];
  e record;
BEGIN
  has_more := 0;
  is_reset := 0;
  IF self IS NULL THEN
    refusal := 'person';
    RETURN NEXT;
    RETURN;
  END IF;
  -- The first two are everybody's.
  IF NOT coalesce (pull_v1.scope IN ('self', 'catalogue'), false)
     AND NOT EXISTS (SELECT 1 FROM my_scopes () AS s WHERE s.scope = pull_v1.scope) THEN
    refusal := 'scope';
    RETURN NEXT;
    RETURN;
  END IF;

  IF coalesce (cursor, '') <> '' THEN
    parts := string_to_array (cursor, '/');
    BEGIN
      IF cardinality (parts) <> 6 OR parts[1] <> 'pg' OR place_of_epoch (parts[2]) <> 'good'
         OR NOT parts[3] ~ '^[0-9]{1,19}:[0-9]{1,19}:[0-9,]*$' THEN
        is_reset := 1;
      ELSE
        lo := CAST(parts[3] AS pg_snapshot);
        IF parts[4] <> '' THEN
          hi := CAST(parts[4] AS pg_snapshot);
          after_xid := CAST(parts[5] AS xid8);
          after_position := CAST(parts[6] AS bigint);
        ELSIF pull_v1.scope IN ('self', 'catalogue')
              AND NOT may_hold_news (self, pull_v1.stream, pull_v1.scope, lo) THEN
          cursor_next := 'pg/' || newest_epoch () || '/' || hi || '//0/0';
          RETURN NEXT;
          RETURN;
        END IF;
      END IF;
    EXCEPTION WHEN data_exception THEN
      is_reset := 1;
    END;
    IF is_reset = 1 THEN
      cursor_next := '';
      RETURN NEXT;
      RETURN;
    END IF;
  END IF;

  IF pull_v1.scope = 'unit:*' THEN
    calls := my_calls ();
  ELSIF starts_with (pull_v1.scope, 'unit:') THEN
    top := substr (pull_v1.scope, 6);
    people := members_below (top);
    units := units_below (top);
    sharing := ARRAY(SELECT unnest (people) INTERSECT SELECT unnest (my_sharing_people ('champion')));
  END IF;

  -- What was withdrawn is shown to nobody but its author; who has it gets the withdrawal.
  not_withdrawn := ' AND NOT EXISTS (SELECT 1 FROM main.retracted AS x WHERE x.target = v.id)';
  -- What a scope holds, each so that its index can be used. No value is part of the text.
  IF pull_v1.scope = 'self' THEN
    -- Whoever an event is about gets its withdrawal, and not the event after it.
    condition := '(v.author = $6 OR (v.subject = $6' || not_withdrawn || ')'
                 ' OR (v.kind = ''retraction'' AND main.subject_of (v.refers) = $6))';
  ELSIF pull_v1.scope = 'catalogue' THEN
    condition := 'v.allowed = 1 AND (v.kind = ANY ($9)'
                 ' OR (v.kind = ''retraction'' AND main.kind_of (v.refers) = ANY ($9)))'
                 || not_withdrawn;
  ELSIF pull_v1.scope = 'champions' THEN
    condition := 'v.allowed = 1 AND (v.kind = ANY ($13)'
                 ' OR (v.kind = ''retraction'' AND main.kind_of (v.refers) = ANY ($13)))'
                 || not_withdrawn;
  ELSIF pull_v1.scope = 'unit:*' THEN
    condition := 'v.allowed = 1'
                 ' AND ((v.kind = ''help_request'' AND v.id = ANY ($14))'
                 '      OR (v.kind = ''help_action'' AND v.refers = ANY ($14))'
                 '      OR (v.kind = ''retraction'' AND main.is_of_calls (v.refers, $14)))'
                 || not_withdrawn;
  ELSE
    condition := 'v.allowed = 1'
                 ' AND ((v.kind = ANY ($10) AND (v.person = ANY ($7) OR v.unit = ANY ($8)))'
                 '      OR (v.kind = ANY ($11) AND v.person = ANY ($12))'
                 '      OR (v.kind = ''retraction'''
                 '          AND (main.is_read_through (v.refers, $10, $7, $8)'
                 '               OR main.is_read_through (v.refers, $11, $12, NULL))))'
                 || not_withdrawn;
  END IF;
  FOR e IN EXECUTE
    'SELECT v.* FROM main.event AS v'
    ' WHERE v.xid >= pg_snapshot_xmin ($1) AND NOT pg_visible_in_snapshot (v.xid, $1)'
    ' AND pg_visible_in_snapshot (v.xid, $2)'
    ' AND (v.xid > $3 OR (v.xid = $3 AND v.position > $4)) AND (v.stream <> $5 OR v.salt = '''''
    '      OR v.id IN (SELECT j.id FROM main.judged_again AS j))'
    ' AND ' || condition || ' ORDER BY v.xid, v.position LIMIT ' || page
    USING lo, hi, after_xid, after_position, pull_v1.stream, self, people, units,
          kinds_for ('catalogue'), kinds_for ('unit'), kinds_for ('shared'), sharing,
          kinds_for ('champions'), calls
  LOOP
    n := n + 1;
    after_xid := e.xid;
    after_position := e.position;
    event_stream := e.stream;
    seq := e.seq;
    id := e.id;
    author := e.author;
    subject := e.subject;
    unit := e.unit;
    kind := e.kind;
    ver := e.ver;
    at := e.at;
    zone := e.zone;
    salt := e.salt;
    body := coalesce (CAST(e.body AS text), '');
    digest := e.digest;
    chain := e.chain;
    received := e.received;
    effective := e.effective;
    allowed := e.allowed;
    refers := CASE WHEN e.salt = '' AND is_uuid (e.refers) THEN e.refers END; -- else the body says it
    RETURN NEXT;
  END LOOP;

  id := NULL;
  event_stream := NULL;
  has_more := CASE WHEN n = page THEN 1 ELSE 0 END;
  cursor_next := 'pg/' || newest_epoch () || '/'
                 || CASE WHEN n = page
                    THEN lo || '/' || hi || '/' || after_xid || '/' || after_position
                    ELSE hi || '//0/0' END;
  RETURN NEXT;
END
$$;
