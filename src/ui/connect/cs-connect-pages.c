/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-connect-pages.h"

static gboolean
on_escape (GtkWidget *dialog, GVariant *args, gpointer view)
{
  AdwNavigationPage *visible = adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view));

  if (visible == NULL || adw_navigation_page_get_can_pop (visible))
    return GDK_EVENT_PROPAGATE;
  adw_dialog_close (ADW_DIALOG (dialog));
  return GDK_EVENT_STOP;
}

/** cs_connect_pages_add_escape: a page of @view that nothing leads back from keeps Escape from @dialog, too:
 * there it closes it, which cancels. */
void
cs_connect_pages_add_escape (AdwDialog *dialog, AdwNavigationView *view)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, GDK_NO_MODIFIER_MASK),
                        gtk_callback_action_new (on_escape, view, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (dialog), controller);
}

/** cs_connect_pages_spin: shows that something goes on. */
void
cs_connect_pages_spin (AdwStatusPage *page)
{
  g_autoptr (AdwSpinnerPaintable) spinner = adw_spinner_paintable_new (GTK_WIDGET (page));

  adw_status_page_set_paintable (page, GDK_PAINTABLE (spinner));
}

/** cs_connect_pages_shorten_patience: for tests and developers: a browser that never comes back is to be seen
 * before five minutes are over. It can only be shortened. */
void
cs_connect_pages_shorten_patience (CsConnect *connect)
{
  const char *wanted = g_getenv ("COUNTERSIGN_SIGN_IN_SECONDS");
  guint64 seconds = 0;

  if (wanted != NULL && g_ascii_string_to_unsigned (wanted, 10, 1, 300, &seconds, NULL))
    cs_connect_set_patience (connect, (guint)seconds);
}
