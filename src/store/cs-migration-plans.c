/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* Which proposals can't be planned a year ahead, and in what words, so that a person is told by name and the
 * rest goes on. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_plans[]
    = "CREATE TABLE plan_trouble ("
      "  proposal_id BLOB NOT NULL PRIMARY KEY REFERENCES proposal (id) ON DELETE CASCADE,"
      "  message TEXT NOT NULL"
      ") STRICT, WITHOUT ROWID;"
      "DROP VIEW alert_source;"
      "CREATE VIEW alert_source AS SELECT code, cause, subject_kind, subject_id, parameters, oldest"
      "  FROM alert_cause"
      " UNION ALL SELECT 'audit', '', '', NULL, json_object ('message', words), '' FROM audit_break"
      " UNION ALL SELECT 'promotion', hex (w.client_id), 'client', w.client_id,"
      "   json_object ('client', c.name, 'outcome', w.state, 'message', w.message), ''"
      "   FROM work_promotion w JOIN client c ON c.id = w.client_id"
      "   WHERE w.state IN ('not-kept', 'not-reported', 'refused')"
      " UNION ALL SELECT 'conflict', hex (w.client_id), 'client', w.client_id,"
      "   json_object ('client', c.name, 'count', CAST (count (*) AS TEXT)), ''"
      "   FROM work_conflict w JOIN client c ON c.id = w.client_id GROUP BY w.client_id"
      " UNION ALL SELECT 'not-taken', hex (w.client_id), 'client', w.client_id,"
      "   json_object ('client', c.name, 'message', w.message), ''"
      "   FROM work_refusal w JOIN client c ON c.id = w.client_id"
      " UNION ALL SELECT 'only-there', hex (k.id), 'connection', k.id,"
      "   json_object ('count', CAST (o.n AS TEXT)), ''"
      "   FROM work_only_there o JOIN connection k ON k.id = o.connection_id"
      "   WHERE o.n > 0 AND k.state <> 'disconnected'"
      " UNION ALL SELECT 'not-planned', hex (t.proposal_id), 'proposal', t.proposal_id,"
      "   json_object ('number', p.number, 'client', ifnull (c.name, ''), 'message', t.message), ''"
      "   FROM plan_trouble t JOIN proposal p ON p.id = t.proposal_id LEFT JOIN client c ON c.id = "
      "p.client_id"
      "   WHERE p.state = 'active';"
#define LOOK " BEGIN UPDATE alert_look SET is_due = 1 WHERE is_due = 0; END;"
      "CREATE TRIGGER alert_look_28 AFTER INSERT ON plan_trouble" LOOK
      "CREATE TRIGGER alert_look_29 AFTER UPDATE ON plan_trouble" LOOK
      "CREATE TRIGGER alert_look_30 AFTER DELETE ON plan_trouble" LOOK;
#undef LOOK
/* clang-format on */
