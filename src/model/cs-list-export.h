/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cs-future.h"
#include "cs-export-kind.h"

G_BEGIN_DECLS

typedef enum
{
  CS_EXPORT_CSV,
  CS_EXPORT_PDF,
} CsExportFormat;

/* Where the rows come from: a record, which is a GPtrArray of the kind's records for some keys, in their
 * order.
 */
typedef DexFuture *(*CsExportRead) (GObject *source, const guint32 *keys, gsize n_keys);

/* What a document says of itself; its owner keeps the words until it is made. */
typedef struct
{
  const char *title;
  const char *about;    /* which rows these are, in words */
  const char *footnote; /* of when they are */
  CsCurrency base;      /* whose code need not be told */
  CsDate today;         /* in the practice's zone */
} CsExportWords;

/* A list (of invoices, of who owes them) on its way out: read a thousand at a time, laid out and written on a
 * worker, so that a million of them hold up nobody and take no memory. Properties: "n-done" (uint): how many
 * are. */
#define CS_TYPE_LIST_EXPORT (cs_list_export_get_type ())
G_DECLARE_FINAL_TYPE (CsListExport, cs_list_export, CS, LIST_EXPORT, GObject)

#define CS_EXPORT_BATCH 1000
#define CS_EXPORT_ROWS_PRINT_MAX 10000 /* about 200 pages: more is a PDF's matter */

CsListExport *cs_list_export_new (const CsExportKind *kind, /* static */
                                  GObject *source,
                                  CsExportRead read,
                                  GArray *keys, /* of guint32; (transfer full) */
                                  const CsExportWords *words);
const CsExportKind *cs_list_export_get_kind (CsListExport *self);
guint cs_list_export_get_n_rows (CsListExport *self);
guint cs_list_export_get_n_done (CsListExport *self);

/* To @file, which stays as it was unless all went well; dropping the answer gives it up. */
DexFuture *cs_list_export_write (CsListExport *self, GFile *file, CsExportFormat format, CsPaper paper)
    G_GNUC_WARN_UNUSED_RESULT;
/* For a printer: an array of GStrv, as cs_report_draw_page() takes them; INVALID beyond what one prints. */
DexFuture *cs_list_export_make_rows (CsListExport *self) G_GNUC_WARN_UNUSED_RESULT;
CsReport *cs_list_export_new_report (CsListExport *self, CsPaper paper); /* (transfer full) */

G_END_DECLS
