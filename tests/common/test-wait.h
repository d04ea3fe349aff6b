/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Spins the main loop until something is there: two minutes at most, which only what fails takes. */
typedef gboolean (*TestCondition) (gpointer data);
gboolean test_wait_until (TestCondition condition, gpointer data);
gboolean test_is_settled (gpointer future); /* a condition */

/* Each takes @future. */
gboolean test_await (DexFuture *future, GError **error);
gpointer test_await_record (DexFuture *future, GError **error); /* (transfer full) */
gpointer test_await_object (DexFuture *future, GError **error); /* (transfer full) */

G_END_DECLS
