/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* Where a full read of the ledger is. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_pull[] = "";
/* clang-format on */
