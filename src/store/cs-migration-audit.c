/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What whoever runs the practice found of its audit chain. alert_source: all that is to be told. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_audit[]
    = "CREATE TABLE audit_break ("
      "  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),"
      "  words TEXT NOT NULL CHECK (words <> ''),"
      "  since_ms INTEGER NOT NULL"
      ") STRICT;"
      "CREATE VIEW alert_source AS SELECT code, cause, subject_kind, subject_id, parameters, oldest"
      "  FROM alert_cause"
      " UNION ALL SELECT 'audit', '', '', NULL, json_object ('message', words), '' FROM audit_break;"
#define LOOK " BEGIN UPDATE alert_look SET is_due = 1 WHERE is_due = 0; END;"
      "CREATE TRIGGER alert_look_14 AFTER INSERT ON audit_break" LOOK
      "CREATE TRIGGER alert_look_15 AFTER DELETE ON audit_break" LOOK
      "CREATE TRIGGER alert_look_16 AFTER UPDATE ON audit_break" LOOK;
#undef LOOK
/* clang-format on */
