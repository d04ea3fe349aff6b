/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Called when no browser could be opened, unless the widget is gone: the address can still be copied. */
typedef void (*CsBrowserFailed) (GtkWidget *widget, const char *address);
void cs_browser_open (GtkWidget *widget, const char *address, CsBrowserFailed failed);

G_END_DECLS
