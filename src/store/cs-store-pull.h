/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"
#include "cs-store-connections.h"

G_BEGIN_DECLS

/* What a read of the whole ledger asks the mirror, and leaves in it. Kinds are the cursors': "contacts",
 * "invoices", "payments", "credit-notes", "prepayments", "overpayments". */
typedef struct
{
  const char *kind;
  CsDate from;            /* CS_DATE_NONE: no bound */
  CsDate before;          /* likewise */
  gint64 changed_from_ms; /* of contacts, which have no date: by last change; 0: no bound */
  gint64 changed_before_ms;
  gint64 run;              /* of the full read: what it saw is marked with it */
  gint64 changed_until_ms; /* what changed later is none of the run's business */
  gboolean needs_unseen;   /* else only where @n is more than @expected is it looked for */
  guint expected;
} CsMirrorRange;

typedef struct
{
  guint n; /* without those that are known to be gone */
  guint n_unseen;
} CsMirrorCount;

gboolean cs_store_save_cursor (CsStore *store,
                               const CsUuid *connection_id,
                               const char *kind,
                               const CsCursor *cursor,
                               GError **error);
gboolean cs_store_count_mirror (CsStore *store,
                                const CsUuid *connection_id,
                                const CsMirrorRange *range,
                                CsMirrorCount *count,
                                GError **error);
/* The unseen ones of @range; of "contacts" and "invoices" alone. */
gboolean
cs_store_mark_gone (CsStore *store, const CsUuid *connection_id, const CsMirrorRange *range, GError **error);
/* 0: it is there, as far as is known; else when it was first not found. */
gboolean cs_store_get_gone (CsStore *store,
                            const CsUuid *connection_id,
                            const char *kind,
                            const char *remote_id,
                            gint64 *noticed_ms,
                            GError **error);
/* After the sweep @run over what is open there: what is open here and was not in it is to be read again. */
gboolean cs_store_note_swept (CsStore *store, const CsUuid *connection_id, gint64 run, GError **error);

G_END_DECLS
