-- $1 is the id of an event that may have been withdrawn: by its author where its kind
-- allows that, or by the stream that administers the trust. Events of sittings never are. The
-- pieces of a file go with the evidence that they belong to.
DELETE FROM retracted WHERE target = CAST($1 AS text);

INSERT INTO retracted (target)
SELECT t.id
  FROM readable AS t
 WHERE t.id = CAST($1 AS text)
   AND EXISTS (
     SELECT 1
       FROM readable AS r
      WHERE r.kind = 'retraction'
        AND r.refers = CASE t.kind WHEN 'evidence_file' THEN t.refers ELSE t.id END
        AND r.allowed = 1
        AND ((r.author = t.author
              AND t.kind IN ('self_rating', 'feedback', 'feedback_action', 'help_request',
                             'help_action', 'help_declined', 'help_given', 'evidence',
                             'assignment', 'assignment_end', 'vote', 'trial', 'published',
                             'corner_question', 'corner_action', 'tip', 'evidence_file'))
             OR (r.author = t.author AND t.kind = 'pulse_answer'
                 AND NOT EXISTS (
                   SELECT 1
                     FROM readable AS p
                    WHERE p.id = t.body ->> 'pulse' AND p.kind = 'pulse' AND p.allowed = 1
                      AND CAST(p.body ->> 'closes' AS bigint) < r.effective))
             OR (r.stream = t.stream
                 AND t.kind IN ('organisation', 'place', 'person', 'membership', 'role_grant',
                                'setting', 'pack_release', 'item_parameter', 'local_note',
                                'role_requirement', 'assignment', 'assignment_end', 'exemption',
                                'reminder', 'initiative', 'pulse', 'notice', 'session',
                                'champion_term', 'rota', 'evidence', 'evidence_file',
                                'drop_answer'))));
