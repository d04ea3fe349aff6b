/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

G_BEGIN_DECLS

/* How the connection is, in words, a shape and the one thing to do about it. */
typedef struct
{
  char *words;   /* "Connected, 2 minutes ago" */
  char *tooltip; /* the exact moment, or why not; NULL when there is nothing to add */
  const char *icon_name;
  const char *style_class;  /* helps the shape, never replaces it */
  const char *button_label; /* NULL: nothing to do */
  const char *action_name;
  char *activity; /* "Reading from Xero… 400 records"; NULL when idle */
} CsHealth;

CsHealth *cs_health_new (CsLinkState state,
                         CsActivity activity,
                         guint progress,
                         gint64 synced_ms,
                         gint64 now_ms,
                         GTimeZone *zone,
                         gint64 again_ms,
                         gint64 ends_ms,
                         const char *problem);
CsHealth *cs_health_new_for_session (CsSession *session);
CsHealth *cs_health_new_for_work (CsSession *session); /* of the practice manager beside the ledger */
void cs_health_free (CsHealth *health);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsHealth, cs_health_free)

G_END_DECLS
