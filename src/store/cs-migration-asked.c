/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What a person is asked about a practice manager's clients. is_left_out: somebody said that it is no client
 * of theirs. work_refusal: what was changed here and not taken there, in the words of whoever refused it;
 * fields: what was sent, so that the same is not sent again. work_only_there: how many wait for a word, where
 * the practice wants to be asked; counted when that may have changed, and not at each look at the alerts. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_asked[]
    = "ALTER TABLE work_client ADD COLUMN is_left_out INTEGER NOT NULL DEFAULT 0"
      "  CHECK (is_left_out IN (0, 1));"
      "CREATE TABLE work_refusal ("
      "  client_id BLOB NOT NULL REFERENCES client (id),"
      "  connection_id BLOB NOT NULL REFERENCES connection (id),"
      "  fields TEXT NOT NULL,"
      "  message TEXT NOT NULL,"
      "  since_ms INTEGER NOT NULL,"
      "  PRIMARY KEY (client_id, connection_id)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE TABLE work_only_there ("
      "  connection_id BLOB NOT NULL PRIMARY KEY REFERENCES connection (id),"
      "  n INTEGER NOT NULL CHECK (n >= 0)"
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
      "   WHERE o.n > 0 AND k.state <> 'disconnected';"
#define LOOK " BEGIN UPDATE alert_look SET is_due = 1 WHERE is_due = 0; END;"
      "CREATE TRIGGER alert_look_23 AFTER INSERT ON work_refusal" LOOK
      "CREATE TRIGGER alert_look_24 AFTER UPDATE ON work_refusal" LOOK
      "CREATE TRIGGER alert_look_25 AFTER DELETE ON work_refusal" LOOK
      "CREATE TRIGGER alert_look_26 AFTER INSERT ON work_only_there" LOOK
      "CREATE TRIGGER alert_look_27 AFTER UPDATE ON work_only_there" LOOK;
#undef LOOK
/* clang-format on */
