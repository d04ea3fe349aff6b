/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-match.h"
#include "cs-invoice-sums.h"
#include "cs-row-set.h"

G_BEGIN_DECLS

/* Every sales invoice of a ledger in a few columns, newest first: what views are filtered and summed from, 18
 * bytes an invoice. Once finished it never changes, so that any thread may read it. */
typedef struct _CsInvoiceTable CsInvoiceTable;

CsInvoiceTable *cs_invoice_table_new (guint n_expected);
CsInvoiceTable *cs_invoice_table_ref (CsInvoiceTable *table);
void cs_invoice_table_unref (CsInvoiceTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsInvoiceTable, cs_invoice_table_unref)

/* In the order of the list: by date, then number, descending; those without a date last. */
typedef struct
{
  guint32 key;
  CsLedgerStatus status;
  CsDate date;
  CsDate due;
  const char *contact_id;
  const char *contact_name;
  CsMoney total;
  CsMoney balance;
} CsInvoiceFacts;
void cs_invoice_table_append (CsInvoiceTable *table, const CsInvoiceFacts *facts);
void cs_invoice_table_finish (CsInvoiceTable *table);
/* With the invoices of @fresh in the place of those of these dates (gint32 days, descending). */
CsInvoiceTable *
cs_invoice_table_replace_days (CsInvoiceTable *table, const GArray *days, CsInvoiceTable *fresh);

guint cs_invoice_table_get_n (const CsInvoiceTable *table);
gsize cs_invoice_table_get_size (const CsInvoiceTable *table); /* bytes */
guint32 cs_invoice_table_get_key (const CsInvoiceTable *table, guint position);
CsDate cs_invoice_table_get_date (const CsInvoiceTable *table, guint position);
/* Where an invoice of this date stands; G_MAXUINT: not in this table, or by another date. */
guint cs_invoice_table_find (const CsInvoiceTable *table, guint32 key, CsDate date);

/* What was typed, looked up: for each word the rows whose number or reference has it. */
#define CS_INVOICE_WORDS_MAX 8
typedef struct
{
  CsInvoiceQuery *query;
  GStrv words;                          /* folded; at most CS_INVOICE_WORDS_MAX */
  CsRowSet *rows[CS_INVOICE_WORDS_MAX]; /* by word */
} CsInvoiceFound;
CsInvoiceFound *cs_invoice_found_new (const char *typed); /* no rows yet */
void cs_invoice_found_free (CsInvoiceFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsInvoiceFound, cs_invoice_found_free)

/* What decides beside the columns. */
typedef struct
{
  const CsInvoiceFilter *filter;
  const CsRowSet *pinned;
  const CsRowSet *scope;       /* (nullable): of a proposal, its invoices */
  const CsInvoiceFound *found; /* (nullable): nothing typed */
  CsDate today;
  const GArray *pinned_at; /* (nullable): of guint32: where @pinned stand, so that they are not looked for */
} CsInvoiceLook;

GArray *cs_invoice_table_find_set (const CsInvoiceTable *table, const CsRowSet *keys); /* of guint32 */

/* Positions in the table; NULL: all of them, in its order or against it. */
typedef struct
{
  guint32 *positions; /* (nullable) */
  guint n;
  gboolean is_reversed; /* of all of them */
} CsInvoiceOrder;
void cs_invoice_order_free (CsInvoiceOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsInvoiceOrder, cs_invoice_order_free)
static inline guint
cs_invoice_order_get (const CsInvoiceOrder *order, guint at)
{
  return order->positions != NULL ? order->positions[at] : order->is_reversed ? order->n - 1 - at : at;
}

/* @permutation: (nullable): the table's positions in the order that is wanted; NULL: by date. */
CsInvoiceOrder *cs_invoice_table_select (const CsInvoiceTable *table,
                                         const CsInvoiceLook *look,
                                         const guint32 *permutation,
                                         guint limit);
guint32 *cs_invoice_table_sort (const CsInvoiceTable *table,
                                CsInvoiceColumn column,
                                gboolean is_descending,
                                const CsRowSet *pinned); /* NULL: not from these columns */
guint32 *cs_invoice_table_order_keys (const CsInvoiceTable *table, const guint32 *keys, gsize n_keys);
CsInvoiceSums *
cs_invoice_table_sum (const CsInvoiceTable *table, const CsInvoiceLook *look); /* of the scope */
/* Of CsDebtor: who owes what of the scope, in no order and without totals. */
GPtrArray *cs_invoice_table_list_debtors (const CsInvoiceTable *table, const CsInvoiceLook *look);
GArray *
cs_invoice_table_sum_set (const CsInvoiceTable *table, const CsRowSet *chosen); /* of CsInvoiceSelected */

G_END_DECLS
