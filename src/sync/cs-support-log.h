/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much the program complained, for a support bundle: what a line says may name somebody, so that it is
 * not kept; how bad it was, which part said it, how often and when last is. */
typedef struct
{
  const char *domain; /* interned: "countersign-sync"; "" for none */
  const char *level;  /* "critical", "warning", "message" */
  guint count;
  gint64 last_ms; /* by the computer's clock */
} CsLogCount;

void cs_support_log_install (void); /* once, first of all, from main() */
GArray *cs_support_log_get (void);  /* (transfer full): of CsLogCount */

G_END_DECLS
