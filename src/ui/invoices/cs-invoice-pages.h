/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-invoice-filter.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* Invoices opened from a record's page: they come over it, and Back leads to where one was. */
void cs_invoice_pages_push_browser (GtkWidget *from,
                                    CsSession *session,
                                    const CsInvoiceFilter *scope,
                                    const char *title);
void cs_invoice_pages_push_invoice (GtkWidget *from, CsSession *session, const char *remote_id);

G_END_DECLS
