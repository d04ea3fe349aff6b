/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* Sign-ins whose tokens may be in the keyring, and that no connection uses yet: noted before the tokens are
 * kept, so that what a crash leaves there can be found. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_signing_in[]
    = "CREATE TABLE signing_in ("
      "  grant_id BLOB NOT NULL PRIMARY KEY CHECK (length (grant_id) = 16),"
      "  since_ms INTEGER NOT NULL"
      ") STRICT, WITHOUT ROWID;";
/* clang-format on */
