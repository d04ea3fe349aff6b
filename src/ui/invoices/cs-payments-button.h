/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* "2 payments": how an invoice came to its balance, payment by payment and credit by credit, shown when it is
 * clicked, pointed at or reached by keyboard [V-17]. Light enough for a cell: what it shows is read when it
 * is asked for. */
#define CS_TYPE_PAYMENTS_BUTTON (cs_payments_button_get_type ())
G_DECLARE_FINAL_TYPE (CsPaymentsButton, cs_payments_button, CS, PAYMENTS_BUTTON, GtkButton)

GtkWidget *cs_payments_button_new (CsSession *session);
char *cs_payments_button_words (guint n_payments); /* (transfer full) */
/* Hides itself where there is none. */
void cs_payments_button_set (CsPaymentsButton *self, const char *remote_id, guint n_payments);

G_END_DECLS
