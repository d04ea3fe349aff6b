/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* A planned job that could not be let go has a problem, and is tried again: tried_ms, when it last was. An
 * alert of its proposal names the first of them. saved_for: the practice manager that was connected when
 * templates and a category were chosen; NULL: not known. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_held_back[]
    = "ALTER TABLE work_service ADD COLUMN saved_for BLOB;"
      "ALTER TABLE job_settings ADD COLUMN saved_for BLOB;"
      "ALTER TABLE job ADD COLUMN tried_ms INTEGER NOT NULL DEFAULT 0;"
      "CREATE INDEX job_kept_back ON job (proposal_id, start) WHERE state = 'planned' AND problem <> '';"
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
      "   WHERE p.state = 'active'"
      " UNION ALL SELECT 'not-planned', 'job ' || hex (j.proposal_id), 'proposal', j.proposal_id,"
      "   json_object ('number', p.number, 'client', c.name, 'message', j.name || ': ' || j.problem),"
      "   min (j.start)"
      "   FROM job j JOIN proposal p ON p.id = j.proposal_id JOIN client c ON c.id = j.client_id"
      "   WHERE j.state = 'planned' AND j.problem <> '' GROUP BY j.proposal_id;"
#define LOOK " BEGIN UPDATE alert_look SET is_due = 1 WHERE is_due = 0; END;"
#define KEPT_BACK "OLD.state = 'planned' AND OLD.problem <> ''"
      "CREATE TRIGGER alert_look_31 AFTER UPDATE ON job WHEN " KEPT_BACK
      "  OR NEW.state = 'planned' AND NEW.problem <> ''" LOOK
      "CREATE TRIGGER alert_look_32 AFTER DELETE ON job WHEN " KEPT_BACK LOOK;
#undef KEPT_BACK
#undef LOOK
/* clang-format on */
