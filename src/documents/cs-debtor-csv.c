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
  g_return_if_fail (csv != NULL && debtor != NULL && !debtor->is_total);

  cs_csv_add_text (csv, debtor->contact_name);
  cs_csv_add_text (csv, debtor->ages.currency.code);
  cs_csv_add_money (csv, cs_debtor_get_owed (debtor));
  cs_csv_add_money (csv, cs_debtor_get_overdue (debtor));
  for (int ageing = CS_AGEING_CURRENT; ageing < CS_AGEING_N; ageing++)
    cs_csv_add_money (csv, debtor->ages.balance[ageing]);
  cs_csv_add_count (csv, debtor->ages.n[CS_AGEING_ANY]);
  cs_csv_add_date (csv, debtor->oldest_due);
  cs_csv_add_date (csv, today);
  cs_csv_add_text (csv, debtor->contact_id);
  cs_csv_end_row (csv);
}
