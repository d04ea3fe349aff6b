/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-debtor-export.h"

#include <glib/gi18n-lib.h>

#include "cs-debtor-csv.h"
#include "cs-format.h"

#define N_COLUMNS 8
#define SHOWN "cs-shown"

/* --- how it reads --- */

static CsReport *
new_report (const char *title, const char *about, const char *footnote, CsPaper paper)
{
  const CsReportColumn columns[N_COLUMNS] = {
    { _ ("Contact"), 2.7, FALSE },     { _ ("Oldest due"), 1.3, FALSE }, { _ ("Not yet due"), 1.3, TRUE },
    { _ ("1–30 days"), 1.3, TRUE },    { _ ("31–60 days"), 1.3, TRUE },  { _ ("61–90 days"), 1.3, TRUE },
    { _ ("Over 90 days"), 1.4, TRUE }, { _ ("Owed"), 1.6, TRUE },
  };
  CsReportHead head = { title, about, footnote, columns, N_COLUMNS };

  return cs_report_new (&head, paper);
}

/* The currency stands once in a row, where it is not the practice's own. */
static GStrv
make_row (gconstpointer record, CsCurrency base, CsDate today)
{
  const CsDebtor *debtor = record;
  CsMoney owed = cs_debtor_get_owed (debtor);
  gboolean is_base = cs_currency_equal (owed.currency, base);
  GStrv cells = g_new0 (char *, N_COLUMNS + 1);

  cells[0] = g_strdup (debtor->is_total ? _ ("Total") : debtor->contact_name);
  cells[1] = cs_format_date (debtor->oldest_due);
  for (int ageing = CS_AGEING_CURRENT; ageing < CS_AGEING_N; ageing++)
    cells[1 + ageing] = cs_format_balance (debtor->ages.balance[ageing]);
  cells[N_COLUMNS - 1] = is_base ? cs_format_money (owed) : cs_format_money_with_currency (owed);
  return cells;
}
G_STATIC_ASSERT (CS_AGEING_N + 2 == N_COLUMNS);

/* In a file there are no totals. */
static void
add (CsCsv *csv, gconstpointer record, CsDate today)
{
  const CsDebtor *debtor = record;

  if (!debtor->is_total)
    cs_debtor_csv_add (csv, debtor, today);
}

const CsExportKind cs_export_kind_debtors = { N_ ("Export aged receivables as CSV"),
                                              N_ ("Aged receivables.csv"),
                                              N_ ("Export aged receivables as PDF"),
                                              N_ ("Aged receivables.pdf"),
                                              N_ ("Aged receivables"),
                                              N_ ("Nobody is listed who owes you anything"),
                                              cs_debtor_csv_add_head,
                                              add,
                                              new_report,
                                              make_row,
                                              NULL,
                                              NULL };

/* --- where it comes from --- */

static DexFuture *
read_shown (GObject *source, const guint32 *keys, gsize n_keys)
{
  GPtrArray *shown = g_object_get_data (source, SHOWN);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_debtor_unref);

  for (gsize i = 0; i < n_keys; i++)
    g_ptr_array_add (records, cs_debtor_ref (shown->pdata[keys[i]]));
  return cs_future_new_for_record (records, (GDestroyNotify)g_ptr_array_unref);
}

/** cs_debtor_export_new: Returns: (transfer full): an export that has not begun, of @shown as it is now */
CsListExport *
cs_debtor_export_new (GPtrArray *shown, const CsExportWords *words)
{
  g_autoptr (GObject) source = g_object_new (G_TYPE_OBJECT, NULL);
  GArray *keys = g_array_sized_new (FALSE, FALSE, sizeof (guint32), shown->len);

  g_object_set_data_full (source, SHOWN, g_ptr_array_ref (shown), (GDestroyNotify)g_ptr_array_unref);
  for (guint32 key = 0; key < shown->len; key++)
    g_array_append_val (keys, key);
  return cs_list_export_new (&cs_export_kind_debtors, source, read_shown, keys, words);
}
