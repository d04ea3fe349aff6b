/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* chosen_ms: when a person chose how pushes go, until the first round after it; 0: that was. It was kept in
 * pushed_ms before, where it was taken for a round that lets everything go. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_chosen[]
    = "ALTER TABLE schedule ADD COLUMN chosen_ms INTEGER NOT NULL DEFAULT 0;";
/* clang-format on */
