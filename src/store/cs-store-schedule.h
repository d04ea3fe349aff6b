/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-store.h"

G_BEGIN_DECLS

/* When things go by themselves [K-5], beside the settings. */
CsSchedule *cs_store_get_schedule (CsStore *store, GError **error); /* the defaults until one is saved */
/* What a person chose. A new way of pushing begins now: what is queued waits for its first round. */
gboolean cs_store_save_schedule (CsStore *store, const CsSchedule *schedule, GError **error);
/* A round of pushes begins, or a daily read began that went well. */
gboolean cs_store_mark_pushed (CsStore *store, gint64 pushed_ms, GError **error);
gboolean cs_store_mark_pulled (CsStore *store, gint64 pulled_ms, GError **error);

G_END_DECLS
