/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-entry.h"
#include "cs-invoice-table.h"
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

/* Every sales invoice in a few columns, as of one moment of the file. */
typedef struct
{
  CsInvoiceTable *table;
  gint64 sequence;   /* of the last change that is in it */
  CsRowSet *changed; /* (nullable): what was mended; NULL: all was read */
} CsInvoiceReading;
void cs_invoice_reading_free (CsInvoiceReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsInvoiceReading, cs_invoice_reading_free)
CsInvoiceReading *cs_store_read_invoice_table (CsStore *store,
                                               const CsUuid *connection_id,
                                               CsInvoiceTable *known, /* (nullable): as of @sequence */
                                               gint64 sequence,
                                               GError **error);

/* From what is kept, however many invoices there are: the scope's sums, but months and what is pinned. */
CsInvoiceSums *cs_store_get_invoice_sums (CsStore *store,
                                          const CsUuid *connection_id,
                                          const CsInvoiceFilter *filter,
                                          CsDate today,
                                          GError **error);
/* What came in, by month, from @from on. */
gboolean cs_store_add_received (CsStore *store,
                                const CsUuid *connection_id,
                                const CsInvoiceFilter *filter,
                                CsDate from,
                                CsInvoiceSums *sums,
                                GError **error);
CsRowSet *cs_store_get_proposal_invoices (CsStore *store,
                                          const CsUuid *connection_id,
                                          const CsUuid *proposal_id,
                                          GError **error);

/* Looks for the words; @limit: for each, after which the rest is left out (*is_whole tells). */
gboolean cs_store_find_invoices (CsStore *store,
                                 const CsUuid *connection_id,
                                 CsInvoiceFound *found,
                                 guint limit,
                                 gboolean *is_whole,
                                 GError **error);
/* The first rows of what is searched for, without looking for all of it. */
typedef struct
{
  CsInvoiceOrder *order; /* (nullable): it would take longer than to look for all */
  GPtrArray *entries;    /* of CsInvoiceEntry: all rows of @order */
  gboolean is_whole;     /* there are no others */
  gboolean has_gaps;     /* they are the first by number: others may stand between them */
} CsInvoiceFirst;
void cs_invoice_first_clear (CsInvoiceFirst *first);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsInvoiceFirst, cs_invoice_first_clear)
gboolean cs_store_find_first_invoices (CsStore *store,
                                       const CsUuid *connection_id,
                                       const CsInvoiceTable *table,
                                       const CsInvoiceLook *look,
                                       const guint32 *permutation, /* (nullable): by date */
                                       guint limit,
                                       CsInvoiceFirst *first,
                                       GError **error);
/* Of guint32: every sales invoice, by number or reference. */
GArray *cs_store_order_invoices (CsStore *store,
                                 const CsUuid *connection_id,
                                 CsInvoiceColumn column,
                                 gboolean is_descending,
                                 GError **error);

/* The first rows before the table is read, of CsInvoiceEntry: where an index has them in order. */
gboolean cs_store_can_read_first (const CsInvoiceFilter *filter);
GPtrArray *cs_store_read_first_invoices (CsStore *store,
                                         const CsUuid *connection_id,
                                         const CsInvoiceFilter *filter,
                                         CsDate today,
                                         guint limit,
                                         GError **error);
gboolean cs_store_get_invoice_key (CsStore *store,
                                   const CsUuid *connection_id,
                                   const char *remote_id,
                                   guint32 *key,
                                   GError **error);
/* The rows of these keys, in this order; one that is gone is an empty entry. */
GPtrArray *cs_store_get_invoice_entries (CsStore *store, const guint32 *keys, gsize n_keys, GError **error);

G_END_DECLS
