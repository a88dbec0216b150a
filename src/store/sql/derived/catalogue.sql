-- What is taught: of each pack the version whose release came last. And where the trust asks
-- otherwise of a staff group or job role than a pack does: of no pack, by both their names.
DELETE FROM catalogue;

INSERT INTO catalogue (part, ident, name, short, capability, level, minutes, position, required,
                       pack, version)
WITH
release (part, ident, name, short, capability, level, minutes, position, required, pack, version,
         age, pack_age) AS (
  SELECT e.body ->> 'part', e.body ->> 'ident', e.body ->> 'name', e.body ->> 'short',
         e.body ->> 'capability', CAST(e.body ->> 'level' AS integer),
         CAST(e.body ->> 'minutes' AS integer), CAST(e.body ->> 'position' AS integer),
         e.body ->> 'required', e.body ->> 'pack', CAST(e.body ->> 'version' AS integer),
         row_number () OVER (PARTITION BY e.body ->> 'pack', e.body ->> 'version',
                                          e.body ->> 'part', e.body ->> 'ident'
                             ORDER BY e.effective DESC, e.id DESC),
         row_number () OVER (PARTITION BY e.body ->> 'pack', e.body ->> 'part'
                             ORDER BY e.effective DESC, e.id DESC)
    FROM live AS e
   WHERE e.kind = 'pack_release' AND e.body ->> 'part' IS NOT NULL
     AND e.body ->> 'ident' IS NOT NULL AND e.body ->> 'pack' IS NOT NULL
),
current_pack (pack, version) AS (
  SELECT pack, version FROM release WHERE part = 'pack' AND pack_age = 1
)
SELECT r.part, r.ident, r.name, r.short, r.capability, r.level, r.minutes, r.position, r.required,
       r.pack, r.version
  FROM release AS r
  JOIN current_pack AS c ON c.pack = r.pack AND c.version = r.version
 WHERE r.age = 1
UNION ALL
SELECT 'requirement', q.role || ' ' || q.capability, CAST(NULL AS text), q.role, q.capability,
       q.level, CAST(NULL AS integer), CAST(NULL AS integer), CAST(NULL AS text), '',
       CAST(NULL AS integer)
  FROM (SELECT e.body ->> 'role' AS role, e.body ->> 'capability' AS capability,
               CAST(e.body ->> 'level' AS integer) AS level,
               row_number () OVER (PARTITION BY e.body ->> 'role', e.body ->> 'capability'
                                   ORDER BY e.effective DESC, e.id DESC) AS age
          FROM live AS e
         WHERE e.kind = 'role_requirement' AND e.body ->> 'role' IS NOT NULL
           AND e.body ->> 'capability' IS NOT NULL) AS q
 WHERE q.age = 1;
