/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What shapes an invoice, at each level. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_shape[] = "";
/* clang-format on */
