/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-migrations-private.h"

/* What was asked of the outside, call by call. */
/* clang-format off: SQL is laid out as SQL. */
const char cs_practice_migration_requests[] = "";
/* clang-format on */
