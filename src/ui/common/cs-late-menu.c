/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-late-menu.h"

static void
make_cb (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) != menu)
    gtk_menu_button_set_menu_model (button, menu);
}

/**
 * cs_late_menu_attach:
 * @button: a button
 * @menu: what it is to open
 *
 * Gives @button a menu that is made when it is opened first, and followed from then on.
 */
void
cs_late_menu_attach (GtkMenuButton *button, GMenuModel *menu)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button) && G_IS_MENU_MODEL (menu));

  gtk_menu_button_set_create_popup_func (button, make_cb, g_object_ref (menu), g_object_unref);
}
