-- $1 is a person: of each capability what their newest sitting said. Reads
-- `level_history`, which is folded before it for the same person.
DELETE FROM level WHERE person = CAST($1 AS text);

INSERT INTO level (person, capability, attempt, mean, sd, p1, p2, p3, p4, items, provisional,
                   required, p_required, standing, parameters, at, received)
SELECT h.person, h.capability, h.attempt, h.mean, h.sd, h.p1, h.p2, h.p3, h.p4, h.items,
       h.provisional, h.required, h.p_required, h.standing, h.parameters, h.at, h.received
  FROM (SELECT x.*, row_number () OVER (PARTITION BY x.capability
                                        ORDER BY x.at DESC, x.attempt DESC) AS age
          FROM level_history AS x
         WHERE x.person = CAST($1 AS text)) AS h
 WHERE h.age = 1;
