/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-table.h"

G_BEGIN_DECLS

/* What the files of the table share. What is owed is a state of its own, so that no view asks twice. */
typedef enum
{
  STATE_DRAFT,
  STATE_SUBMITTED,
  STATE_UNPAID,
  STATE_SETTLED, /* authorised, and nothing is owed */
  STATE_PAID,
  STATE_VOIDED,
  STATE_DELETED,
} State;
#define STATE_OF(flags) ((State)((flags) & 7))
#define BALANCE_OF(flags) ((Balance)((flags) >> 3 & 3))
#define CURRENCY_OF(flags) ((guint)((flags) >> 5))
#define CURRENCIES_MAX 2047
#define NOT_DUE G_MAXINT32

typedef enum
{
  BALANCE_NOTHING,
  BALANCE_WHOLE, /* as much as the total */
  BALANCE_PART,  /* as in parts */
} Balance;

typedef struct
{
  guint32 position;
  gint64 minor;
} Part;

struct _CsInvoiceTable
{
  gatomicrefcount references;
  guint n;
  guint n_allocated;
  guint32 *keys;
  gint32 *dates;
  gint32 *dues; /* NOT_DUE: none, which is never overdue */
  guint32 *contacts;
  gint64 *totals;
  guint16 *flags;
  GArray *parts;            /* of Part, by position */
  GPtrArray *contact_ids;   /* of GRefString */
  GPtrArray *contact_names; /* the same contact by another name is another here */
  GPtrArray *folded_names;  /* the same, as they are searched and sorted by */
  GArray *currencies;       /* of CsCurrency */
  GHashTable *lookup;       /* (nullable): while it is filled */
};

gint64 cs_invoice_table_get_balance (const CsInvoiceTable *table, guint position);
CsInvoiceView cs_invoice_table_get_view (const CsInvoiceTable *table, guint position, gint32 today);
/* A byte for each contact of the table. NULL: all of them. */
guint8 *cs_invoice_table_find_scope (const CsInvoiceTable *table, const CsInvoiceFilter *filter);

/* @contacts: as found above. */
static inline gboolean
cs_invoice_table_is_in_scope (const CsInvoiceTable *table,
                              const CsInvoiceLook *look,
                              const guint8 *contacts,
                              guint position)
{
  return (contacts == NULL || contacts[table->contacts[position]] != 0)
         && (look->scope == NULL || cs_row_set_has (look->scope, table->keys[position]));
}

G_END_DECLS
