/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-cell.h"

#include "cs-session.h"

G_BEGIN_DECLS

/* The columns of invoices whose cells do something: a star that pins, a number that opens in Xero, a state
 * that tells its payments. */
GtkColumnViewColumn *cs_invoice_pin_column_new (void);                  /* (transfer full) */
GtkColumnViewColumn *cs_invoice_number_column_new (void);               /* (transfer full) */
GtkColumnViewColumn *cs_invoice_status_column_new (CsSession *session); /* (transfer full) */

G_END_DECLS
