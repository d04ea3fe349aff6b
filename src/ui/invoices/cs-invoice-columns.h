/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-columns.h"
#include "cs-invoice-review.h"
#include "cs-list-row.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* How an invoice (CsInvoiceRow) reads in columns, and in a row of two lines that loses nothing that matters.
 * What a cell can do are actions: "invoices.pin-key" (u), "invoices.open-key" (u): of the row of this key. */
GtkWidget *cs_invoice_columns_new (GtkSelectionModel *selection, CsSession *session, gboolean is_tight);
GtkWidget *cs_invoice_rows_new (GtkSelectionModel *selection, CsSession *session);

void cs_invoice_columns_show_sort (CsColumns *view, CsInvoiceColumn column, gboolean is_descending);
gboolean cs_invoice_columns_get_sort (CsColumns *view, CsInvoiceColumn *column, gboolean *is_descending);

/* How amounts read in them, and what their columns are called. (transfer full) */
char *cs_invoice_columns_format_amount (CsMoney money, CsSession *session);
char *cs_invoice_columns_name_amount (const char *name, CsSession *session);

/* Its state in words: "12 days overdue", "2 payments". (transfer full) */
char *cs_invoice_row_describe_status (CsInvoiceRow *row, CsDate today);

G_END_DECLS
