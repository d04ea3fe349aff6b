/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-entry.h"
#include "cs-saved-view.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* How people look at invoices: pins, saved views, and what the window remembers. */

gboolean cs_store_pin_invoice (CsStore *store,
                               const CsUuid *connection_id,
                               const char *remote_id,
                               gboolean is_pinned,
                               GError **error);
GArray *cs_store_list_pinned (CsStore *store, const CsUuid *connection_id, GError **error); /* of guint32 */

GPtrArray *cs_store_list_saved_views (CsStore *store, GError **error);           /* of CsSavedView, by name */
gboolean cs_store_save_view (CsStore *store, CsSavedView *view, GError **error); /* gets its id */
gboolean cs_store_delete_view (CsStore *store, const CsUuid *id, GError **error);

char *cs_store_get_remembered (CsStore *store, const char *name, GError **error); /* "" when nothing is */
gboolean cs_store_remember (CsStore *store, const char *name, const char *value, GError **error);

/* Of CsInvoiceEntry: every sales invoice, newest first. */
GPtrArray *cs_store_list_invoice_entries (CsStore *store, const CsUuid *connection_id, GError **error);
/* The rows of these keys, in this order; one that is gone is an empty entry. */
GPtrArray *cs_store_get_invoice_entries (CsStore *store, const guint32 *keys, gsize n_keys, GError **error);

G_END_DECLS
