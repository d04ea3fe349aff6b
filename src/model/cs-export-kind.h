/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-csv.h"
#include "cs-date.h"
#include "cs-money.h"
#include "cs-report.h"

G_BEGIN_DECLS

typedef struct _CsExportSums CsExportSums; /* see cs-export-rows.h */

/* What a list is of, for its way out: how a record of it reads in a file and on paper. The functions are
 * called on a worker. */
typedef struct
{
  /* What a person is asked and told, not translated yet. */
  const char *csv_title;
  const char *csv_name;
  const char *pdf_title;
  const char *pdf_name;
  const char *print_name;
  const char *nothing;

  void (*add_head) (CsCsv *csv);
  void (*add) (CsCsv *csv, gconstpointer record, CsDate today);
  CsReport *(*new_report) (const char *title, const char *about, const char *footnote, CsPaper paper);
  GStrv (*make_row) (gconstpointer record, CsCurrency base, CsDate today);        /* (transfer full) */
  gboolean (*is_there) (gconstpointer record);                                    /* (nullable): all are */
  gboolean (*add_sum) (CsExportSums *sums, gconstpointer record, GError **error); /* (nullable): no sums */
} CsExportKind;

extern const CsExportKind cs_export_kind_invoices; /* of CsInvoiceEntry */
extern const CsExportKind cs_export_kind_debtors;  /* of CsDebtor */

G_END_DECLS
