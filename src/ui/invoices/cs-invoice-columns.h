/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-list-row.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* How an invoice (CsInvoiceItem) reads in columns, and in a row of two lines that loses nothing that matters.
 */
GtkWidget *cs_invoice_columns_new (GtkSelectionModel *selection, CsSession *session);
GtkWidget *cs_invoice_rows_new (GtkSelectionModel *selection, CsSession *session);

G_END_DECLS
