/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cs-future.h"
#include "cs-money.h"
#include "cs-report.h"
#include "cs-date.h"

G_BEGIN_DECLS

typedef enum
{
  CS_EXPORT_CSV,
  CS_EXPORT_PDF,
} CsExportFormat;

/* Where the rows come from: a record, which is a GPtrArray of CsInvoiceEntry for some keys, in their order.
 */
typedef DexFuture *(*CsExportRead) (GObject *source, const guint32 *keys, gsize n_keys);

/* What a document says of itself; its owner keeps the words until it is made. */
typedef struct
{
  const char *title;
  const char *about;    /* which invoices these are, in words */
  const char *footnote; /* of when they are */
  CsCurrency base;      /* whose code need not be told */
  CsDate today;         /* in the practice's zone */
} CsExportWords;

/* A list of invoices on its way out: read a thousand at a time, laid out and written on a worker, so that a
 * million of them hold up nobody and take no memory. Properties: "n-done" (uint): how many are. */
#define CS_TYPE_INVOICE_EXPORT (cs_invoice_export_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoiceExport, cs_invoice_export, CS, INVOICE_EXPORT, GObject)

#define CS_EXPORT_BATCH 1000
#define CS_EXPORT_ROWS_PRINT_MAX 10000 /* about 200 pages: more is a PDF's matter */

CsInvoiceExport *cs_invoice_export_new (GObject *source,
                                        CsExportRead read,
                                        GArray *keys, /* of guint32; (transfer full) */
                                        const CsExportWords *words);
guint cs_invoice_export_get_n_rows (CsInvoiceExport *self);
guint cs_invoice_export_get_n_done (CsInvoiceExport *self);

/* To @file, which stays as it was unless all went well; dropping the answer gives it up. */
DexFuture *cs_invoice_export_write (CsInvoiceExport *self, GFile *file, CsExportFormat format, CsPaper paper)
    G_GNUC_WARN_UNUSED_RESULT;
/* For a printer: an array of GStrv, as cs_report_draw_page() takes them; INVALID beyond what one prints. */
DexFuture *cs_invoice_export_make_rows (CsInvoiceExport *self) G_GNUC_WARN_UNUSED_RESULT;
CsReport *cs_invoice_export_new_report (CsInvoiceExport *self, CsPaper paper); /* (transfer full) */

G_END_DECLS
