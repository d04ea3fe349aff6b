/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* What every future of ours needs, once: a box for plain records, and one answer to "was it cancelled?". */

#define CS_TYPE_BOX (cs_box_get_type ())
typedef struct _CsBox CsBox;
GType cs_box_get_type (void);
CsBox *cs_box_new (gpointer data, GDestroyNotify free_func);
CsBox *cs_box_ref (CsBox *box);
void cs_box_unref (CsBox *box);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsBox, cs_box_unref)
gpointer cs_box_steal (CsBox *box); /* (transfer full); the box is empty afterwards */

/* A future that is resolved with a record; NULL data is a valid answer ("none"). Takes @data. */
DexFuture *cs_future_new_for_record (gpointer data, GDestroyNotify free_func) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_future_new_for_array (GPtrArray *array) G_GNUC_WARN_UNUSED_RESULT; /* takes @array */
DexFuture *cs_future_new_take_error (GError *error) G_GNUC_WARN_UNUSED_RESULT;

/* The one way to start work. Dropping the answer of cs_spawn() cancels: what the fiber waits for, and
 * whatever it waits for later, fails with a cancellation. cs_spawn_to_the_end() is for work that must finish
 * though nobody waits: a token refresh, a commit. */
DexFuture *cs_spawn (DexFiberFunc func, gpointer data, GDestroyNotify free_func) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
cs_spawn_to_the_end (DexFiberFunc func, gpointer data, GDestroyNotify free_func) G_GNUC_WARN_UNUSED_RESULT;

/* The one way to wait, in a fiber started so. Each takes @future. */
gboolean cs_await (DexFuture *future, GError **error);
/* NULL without an error means "none". (transfer full) */
gpointer cs_await_record (DexFuture *future, GError **error);
GPtrArray *cs_await_array (DexFuture *future, GError **error); /* (transfer full) */
gpointer cs_await_boxed (DexFuture *future, GError **error);   /* (transfer full) */
gpointer cs_await_object (DexFuture *future, GError **error);  /* (transfer full) */
char *cs_await_string (DexFuture *future, GError **error);     /* (transfer full) */
gint64 cs_await_int64 (DexFuture *future, GError **error);     /* 0 with @error */
gboolean cs_await_boolean (DexFuture *future, GError **error); /* FALSE with @error */

/* In a fiber of cs_spawn(): whether somebody still holds its answer. To be asked before taking what only that
 * somebody would give back. */
gboolean cs_is_waited_for (void);

gboolean cs_error_is_cancelled (const GError *error);

G_END_DECLS
