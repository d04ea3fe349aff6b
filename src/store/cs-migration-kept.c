/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* is_kept_back: an invoice that could not be let go is among what a proposal's trouble is: that is looked at
 * anew each time, as what can't be planned is not. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_kept[] = "ALTER TABLE plan_trouble ADD COLUMN is_kept_back INTEGER NOT NULL "
                                          "DEFAULT 0 CHECK (is_kept_back IN (0, 1));";
/* clang-format on */
