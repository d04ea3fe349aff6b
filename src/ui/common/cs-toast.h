/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Short words at the bottom of the window, also said aloud. @from: any widget in it. Text is never markup. */
void cs_toast (GtkWidget *from, const char *text);
/* With Undo, which activates @detailed_action ("page.restore::id") from @from. */
void cs_toast_undo (GtkWidget *from, const char *text, const char *detailed_action);
/* With Undo, which calls @func for as long as @from is there; takes the place of the one before it. */
typedef void (*CsToastUndo) (GtkWidget *from, gpointer data);
void cs_toast_undo_by (GtkWidget *from,
                       const char *text,
                       CsToastUndo func,
                       gpointer data,
                       GDestroyNotify free_data);
gboolean cs_toast_has_undo (GtkWidget *from); /* whether it is still there */
void cs_toast_action (GtkWidget *from, const char *text, const char *button, const char *detailed_action);
/* One that is made elsewhere. @toast: (transfer full) */
void cs_toast_show (GtkWidget *from, AdwToast *toast);
/* Takes away what was said before and is over now. */
void cs_toast_dismiss (GtkWidget *from);
/* What went wrong, with Details. */
void cs_show_error (GtkWidget *from, const GError *error);

G_END_DECLS
