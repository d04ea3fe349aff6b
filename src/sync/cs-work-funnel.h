/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session-private.h"

G_BEGIN_DECLS

/* Clients on their way from the worker that parses them to the writer's thread, by the main one: a few
 * batches at a time, so that a list of any length is read in little memory. */
typedef struct _CsWorkFunnel CsWorkFunnel;
CsWorkFunnel *cs_work_funnel_new (CsSession *session, const CsUuid *connection_id, gint64 run);
CsWorkFunnel *cs_work_funnel_ref (CsWorkFunnel *funnel);
void cs_work_funnel_unref (gpointer funnel);
void
cs_work_funnel_set_landed (CsWorkFunnel *funnel, void (*landed) (guint n_records, gpointer), gpointer data);
/* A CsXpmBatch: on the worker, which waits while the disk is behind. @data is the funnel. */
gboolean cs_work_funnel_take (GPtrArray *records, gpointer data, GError **error);
/* In a fiber: until what was taken is on disk. FALSE: the disk's error. */
gboolean cs_work_funnel_drain (CsWorkFunnel *funnel, GError **error);
/* Nobody looks any more: the worker ends, too. Drops the reference of cs_work_funnel_new(). */
void cs_work_funnel_shut (CsWorkFunnel *funnel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkFunnel, cs_work_funnel_shut)

G_END_DECLS
