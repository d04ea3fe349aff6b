/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cs-future.h"

G_BEGIN_DECLS

/* What an object does once a future has settled, if the object still lives by then. */
typedef void (*CsFollowUp) (gpointer object, DexFuture *settled, gpointer data);

/* Keep the answer: dropping it cancels what is awaited. */
DexFuture *
cs_follow_up (DexFuture *future, gpointer object, CsFollowUp func, gpointer data, GDestroyNotify free_data)
    G_GNUC_WARN_UNUSED_RESULT;
/* For a command that must reach the disk though its page is gone. */
void cs_follow_up_to_the_end (DexFuture *future,
                              gpointer object,
                              CsFollowUp func,
                              gpointer data,
                              GDestroyNotify free_data);

/* Of a settled future. */
gboolean cs_settled_check (DexFuture *settled, GError **error);
gpointer cs_settled_steal_record (DexFuture *settled, GError **error);
GPtrArray *cs_settled_dup_array (DexFuture *settled, GError **error);

G_END_DECLS
