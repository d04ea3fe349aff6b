/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What was said about a service after it was agreed, by the order of rid: the agreement itself stays frozen.
 * until_day: of a pause, the first day that is billed again; NULL: open. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_changes[]
    = "CREATE TABLE billing_change ("
      "  rid INTEGER PRIMARY KEY,"
      "  id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),"
      "  line_id BLOB NOT NULL REFERENCES engagement_line (id) ON DELETE CASCADE,"
      "  kind TEXT NOT NULL CHECK (kind IN ('pause', 'resume', 'stop')),"
      "  from_day INTEGER NOT NULL,"
      "  until_day INTEGER CHECK (until_day > from_day),"
      "  reason TEXT NOT NULL CHECK (reason <> ''),"
      "  said_ms INTEGER NOT NULL,"
      "  actor TEXT NOT NULL"
      ") STRICT;"
      "CREATE INDEX billing_change_line ON billing_change (line_id, rid);";
/* clang-format on */
