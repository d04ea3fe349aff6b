/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-debtor-csv.h"

/** cs_debtor_csv_add_head: adds the row of the columns' names. */
void
cs_debtor_csv_add_head (CsCsv *csv)
{
  static const char *const names[]
      = { "Contact",    "Currency",   "Owed",           "Overdue",      "Not yet due",
          "1-30 days",  "31-60 days", "61-90 days",     "Over 90 days", "Invoices",
          "Oldest due", "As of",      "Xero contact ID" };

  g_return_if_fail (csv != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    cs_csv_add_text (csv, names[i]);
  cs_csv_end_row (csv);
}

static void
add_date (CsCsv *csv, CsDate date)
{
  g_autofree char *text = cs_date_to_string (date);

  cs_csv_add_exact (csv, text);
}

static void
add_money (CsCsv *csv, CsMoney money)
{
  g_autofree char *text = cs_money_to_string (money);

  cs_csv_add_exact (csv, text);
}

/**
 * cs_debtor_csv_add:
 * @csv: a document
 * @debtor: who owes what; no total
 * @today: the day that its ages are of [K-9]
 *
 * Adds the row of a contact, every column of it whatever the window shows.
 */
void
cs_debtor_csv_add (CsCsv *csv, const CsDebtor *debtor, CsDate today)
{
  g_autofree char *n = NULL;

  g_return_if_fail (csv != NULL && debtor != NULL && !debtor->is_total);

  n = g_strdup_printf ("%u", debtor->ages.n[CS_AGEING_ANY]);
  cs_csv_add_text (csv, debtor->contact_name);
  cs_csv_add_text (csv, debtor->ages.currency.code);
  add_money (csv, cs_debtor_get_owed (debtor));
  add_money (csv, cs_debtor_get_overdue (debtor));
  for (int ageing = CS_AGEING_CURRENT; ageing < CS_AGEING_N; ageing++)
    add_money (csv, debtor->ages.balance[ageing]);
  cs_csv_add_exact (csv, n);
  add_date (csv, debtor->oldest_due);
  add_date (csv, today);
  cs_csv_add_text (csv, debtor->contact_id);
  cs_csv_end_row (csv);
}
