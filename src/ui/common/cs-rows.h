/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-pill.h"

G_BEGIN_DECLS

/* Rows of boxed lists for details. Text is never markup. */
GtkWidget *cs_rows_new (const char *title, const char *subtitle);
GtkWidget *
cs_rows_new_property (const char *title, const char *value); /* an empty value is shown as a dash */
void cs_rows_add_amount (GtkWidget *row, const char *amount);
void cs_rows_add_pill (GtkWidget *row, CsPill pill);
/* Makes the row a link: Enter or a click activates @detailed_action. */
void cs_rows_set_action (GtkWidget *row, const char *detailed_action);
GtkWidget *cs_rows_add_button (GtkWidget *row, const char *label, const char *detailed_action);
void cs_rows_clear (GtkListBox *list);

G_END_DECLS
