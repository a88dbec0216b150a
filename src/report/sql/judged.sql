-- What the work of people asks for, and how what was measured stands against it, for the WITH of
-- reports and of whatever else shows it (way_report_expand_sql). The same as
-- way_requirement_judge(): a trust's own word before the pack's, a job role's before its staff
-- group's. What a sitting was held against stands where nothing is asked; where the trust asks
-- for another level since, that one is judged from the same answers, as way_estimate_ask() does.
job AS (
  SELECT d.job, j.pack, j.ident, j.required
  FROM (SELECT DISTINCT job FROM person WHERE job IS NOT NULL) AS d
  JOIN catalogue j ON j.part = 'job' AND (j.ident = d.job OR lower(j.name) = lower(d.job))
),
post AS (
  SELECT DISTINCT coalesce(staff_group, '') AS staff_group, coalesce(job, '') AS job FROM person
),
asked AS (
  SELECT o.staff_group, o.job, c.ident AS capability,
         coalesce(own.level,
                  CASE substr(j.required, 2 * c.position - 1, 1)
                       WHEN '1' THEN 1 WHEN '2' THEN 2 WHEN '3' THEN 3 WHEN '4' THEN 4 END,
                  theirs.level,
                  CASE substr(r.required, 2 * c.position - 1, 1)
                       WHEN '1' THEN 1 WHEN '2' THEN 2 WHEN '3' THEN 3 WHEN '4' THEN 4 END) AS level
  FROM post o
  JOIN catalogue c ON c.part = 'capability'
  LEFT JOIN job j ON j.job = o.job AND j.pack = c.pack
  LEFT JOIN catalogue r ON r.part = 'role' AND r.pack = c.pack AND r.ident = o.staff_group
  LEFT JOIN catalogue own ON own.part = 'requirement' AND own.pack = ''
   AND own.ident = j.ident || ' ' || c.ident
  LEFT JOIN catalogue theirs ON theirs.part = 'requirement' AND theirs.pack = ''
   AND theirs.ident = o.staff_group || ' ' || c.ident
),
held AS (
  SELECT l.person, l.capability, l.items, l.provisional, l.at, l.received, l.p1, l.p2, l.p3, l.p4,
         l.standing, l.required AS then_required, l.p_required AS then_p,
         coalesce(q.level, l.required) AS required
  FROM level l
  JOIN person p ON p.person = l.person
  LEFT JOIN asked q ON q.capability = l.capability AND q.staff_group = coalesce(p.staff_group, '')
   AND q.job = coalesce(p.job, '')
),
again AS (
  SELECT person, capability, items, provisional, at, received, p1, p2, p3, p4, required,
         CASE WHEN required = then_required THEN standing END AS standing,
         CASE WHEN required = then_required THEN then_p
              WHEN required <= 1 THEN 1
              WHEN required = 2 THEN p2 + p3 + p4
              WHEN required = 3 THEN p3 + p4
              ELSE p4 END AS p_required
  FROM held
),
judged AS (
  SELECT person, capability, items, provisional, at, received, p1, p2, p3, p4, required, p_required,
         CASE WHEN standing IS NOT NULL THEN standing
              WHEN items < 2 THEN 'not-sure'
              WHEN p_required >= 0.8 THEN 'met'
              WHEN p_required <= 0.2 THEN 'not-yet'
              ELSE 'not-sure' END AS standing
  FROM again
)
