/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A menu costs some forty widgets, which GtkMenuButton makes as soon as it has the model: a page with three
 * of them takes milliseconds more to come. */
void cs_late_menu_attach (GtkMenuButton *button, GMenuModel *menu);

G_END_DECLS
