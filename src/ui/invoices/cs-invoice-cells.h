/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The two columns of invoices whose cells do something: a star that pins, and a number that opens in Xero. */
GtkColumnViewColumn *cs_invoice_pin_column_new (void);    /* (transfer full) */
GtkColumnViewColumn *cs_invoice_number_column_new (void); /* (transfer full) */

G_END_DECLS
