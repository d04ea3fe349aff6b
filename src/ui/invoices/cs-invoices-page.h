/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* The ledger's invoices, newest first, and one with its lines and payments. */
#define CS_TYPE_INVOICES_PAGE (cs_invoices_page_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoicesPage, cs_invoices_page, CS, INVOICES_PAGE, AdwBin)

GtkWidget *cs_invoices_page_new (CsSession *session);
void cs_invoices_page_show (CsInvoicesPage *self, const char *remote_id);
void cs_invoices_page_focus_search (CsInvoicesPage *self);

G_END_DECLS
