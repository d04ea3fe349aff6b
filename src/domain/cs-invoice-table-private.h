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

/* A day is kept in two bytes, from 1920 to 2099. */
#define DAY_FIRST (-18262)
#define DAY_RARE 0xfffe
#define DAY_NONE 0xffff
#define TOTAL_RARE G_MININT32

typedef enum
{
  BALANCE_NOTHING,
  BALANCE_WHOLE, /* as much as the total */
  BALANCE_PART,  /* kept apart */
} Balance;

/* What few rows have and no column has room for is kept apart. */
typedef enum
{
  RARE_BALANCE,
  RARE_TOTAL,
  RARE_DATE,
  RARE_DUE,
  N_RARE
} RareKind;

typedef struct
{
  guint32 position;
  gint64 value; /* days, or minor units */
} Rare;

struct _CsInvoiceTable
{
  gatomicrefcount references;
  guint n;
  guint n_allocated;
  guint32 *keys;
  guint16 *dates; /* from DAY_FIRST on */
  guint16 *dues;
  guint32 *contacts;
  gint32 *totals;
  guint16 *flags;
  GArray *rare[N_RARE];     /* of Rare, by position */
  GPtrArray *contact_ids;   /* of GRefString */
  GPtrArray *contact_names; /* the same contact by another name is another here */
  GPtrArray *folded_names;  /* the same, as they are searched and sorted by */
  GArray *currencies;       /* of CsCurrency */
  GHashTable *lookup;       /* (nullable): while it is filled */
};

gint64 cs_invoice_table_get_rare (const CsInvoiceTable *table, RareKind kind, guint position);
gint64 cs_invoice_table_get_balance (const CsInvoiceTable *table, guint position);
CsInvoiceView cs_invoice_table_get_view (const CsInvoiceTable *table, guint position, gint32 today);
/* A byte for each contact of the table. NULL: all of them. */
guint8 *cs_invoice_table_find_scope (const CsInvoiceTable *table, const CsInvoiceFilter *filter);

static inline gint64
cs_invoice_table_get_total (const CsInvoiceTable *table, guint position)
{
  gint32 total = table->totals[position];

  return G_LIKELY (total != TOTAL_RARE) ? total : cs_invoice_table_get_rare (table, RARE_TOTAL, position);
}

/* In days; NOT_DUE: none, which is never overdue. */
static inline gint32
cs_invoice_table_get_due (const CsInvoiceTable *table, guint position)
{
  guint16 day = table->dues[position];

  if (G_UNLIKELY (day == DAY_RARE))
    return (gint32)cs_invoice_table_get_rare (table, RARE_DUE, position);
  return day == DAY_NONE ? NOT_DUE : day + DAY_FIRST;
}

/* In days, as CsDate has them. */
static inline gint32
cs_invoice_table_get_days (const CsInvoiceTable *table, guint position)
{
  guint16 day = table->dates[position];

  if (G_UNLIKELY (day == DAY_RARE))
    return (gint32)cs_invoice_table_get_rare (table, RARE_DATE, position);
  return day == DAY_NONE ? CS_DATE_NONE.days : day + DAY_FIRST;
}

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
