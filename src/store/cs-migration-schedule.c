/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* When things go by themselves, and what only a person can settle. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_schedule[] = "";
/* clang-format on */
