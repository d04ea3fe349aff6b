/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What settles invoices, and the short lists that shape them. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_settlements[] = "";
/* clang-format on */
