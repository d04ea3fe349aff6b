/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-debtor.h"
#include "cs-invoice-table-private.h"

#include <string.h>

/* Whom a row is of: a contact that was renamed is one, though the table knows it by each of its names. */
typedef struct
{
  const char *contact_id;
  guint currency;
} Whose;

static guint
whose_hash (gconstpointer data)
{
  const Whose *whose = data;

  return g_str_hash (whose->contact_id) * 31 + whose->currency;
}

static gboolean
whose_equal (gconstpointer a, gconstpointer b)
{
  const Whose *x = a;
  const Whose *y = b;

  return x->currency == y->currency && strcmp (x->contact_id, y->contact_id) == 0;
}

typedef struct
{
  const CsInvoiceTable *table;
  GPtrArray *debtors;
  GHashTable *known;   /* by Whose: CsDebtor */
  CsDebtor **by_place; /* by contact and currency of the table, so that few rows are looked up by text */
} Gathering;

static CsDebtor *
find_debtor (Gathering *gathering, guint position)
{
  const CsInvoiceTable *table = gathering->table;
  guint contact = table->contacts[position];
  guint currency = CURRENCY_OF (table->flags[position]);
  CsDebtor **place = &gathering->by_place[(gsize)contact * table->currencies->len + currency];
  Whose whose = { table->contact_ids->pdata[contact], currency };

  if (*place != NULL)
    return *place;
  *place = g_hash_table_lookup (gathering->known, &whose);
  if (*place == NULL)
    {
      *place = cs_debtor_new (table->contact_ids->pdata[contact], table->contact_names->pdata[contact],
                              g_array_index (table->currencies, CsCurrency, currency));
      g_ptr_array_add (gathering->debtors, *place);
      g_hash_table_insert (gathering->known, g_memdup2 (&whose, sizeof whose), *place);
    }
  return *place;
}

/**
 * cs_invoice_table_list_debtors:
 * @table: a finished table
 * @look: of its filter only the scope counts
 *
 * What cs_invoice_table_sum() counts as unpaid, by contact and currency (V-05): the same invoices, the same
 * ages.
 *
 * Returns: (transfer full) (element-type CsDebtor): in no order; a contact's name is that of its newest
 * invoice
 */
GPtrArray *
cs_invoice_table_list_debtors (const CsInvoiceTable *table, const CsInvoiceLook *look)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (whose_hash, whose_equal, g_free, NULL);
  g_autofree CsDebtor **by_place
      = g_new0 (CsDebtor *, (gsize)table->contact_ids->len * table->currencies->len + 1);
  g_autofree guint8 *contacts = cs_invoice_table_find_scope (table, look->filter);
  GPtrArray *debtors = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_debtor_unref);
  Gathering gathering = { table, debtors, known, by_place };

  for (guint i = 0; i < table->n; i++)
    {
      CsDate due = { cs_invoice_table_get_due (table, i) };
      CsInvoiceView view;

      if (STATE_OF (table->flags[i]) != STATE_UNPAID
          || !cs_invoice_table_is_in_scope (table, look, contacts, i))
        continue;
      view = cs_invoice_table_get_view (table, i, look->today.days);
      cs_debtor_add (find_debtor (&gathering, i), cs_ageing_of (view, due, look->today),
                     due.days != NOT_DUE ? due : CS_DATE_NONE, cs_invoice_table_get_balance (table, i));
    }
  return debtors;
}
