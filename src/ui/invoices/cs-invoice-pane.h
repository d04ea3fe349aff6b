/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* One invoice: what is owed and why, line by line and payment by payment. */
#define CS_TYPE_INVOICE_PANE (cs_invoice_pane_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoicePane, cs_invoice_pane, CS, INVOICE_PANE, AdwBin)

GtkWidget *cs_invoice_pane_new (CsSession *session);
void cs_invoice_pane_open (CsInvoicePane *self, const char *remote_id);

G_END_DECLS
