/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-debtor.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* Who owes what, since when, in columns or, where there is no room for them, in rows of two lines. Of
 * CsDebtorItem. (transfer floating) */
GtkWidget *cs_debtor_columns_new (GtkSelectionModel *selection, CsSession *session, gboolean is_tight);
GtkWidget *cs_debtor_rows_new (GtkSelectionModel *selection, CsSession *session);
const char *cs_debtor_get_name (const CsDebtor *debtor); /* what a person calls it; static or its own */

G_END_DECLS
