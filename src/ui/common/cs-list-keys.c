/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-list-keys.h"

#include "cs-columns.h"

static void
scroll_to (GtkWidget *view, guint position)
{
  if (CS_IS_COLUMNS (view))
    cs_columns_scroll_to (CS_COLUMNS (view), position, GTK_LIST_SCROLL_FOCUS);
  else
    gtk_list_view_scroll_to (GTK_LIST_VIEW (view), position, GTK_LIST_SCROLL_FOCUS, NULL);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, gpointer data)
{
  CsIdSelection *selection = data;
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_j:
    case GDK_KEY_k:
      if (cs_id_selection_move (selection, key == GDK_KEY_j ? 1 : -1))
        scroll_to (view, cs_id_selection_get_position (selection));
      return GDK_EVENT_STOP;
    case GDK_KEY_o:
      return gtk_widget_activate_action (view, "list.open-there", NULL);
    case GDK_KEY_slash:
      return gtk_widget_activate_action (view, "win.search", NULL);
    case GDK_KEY_question:
      return gtk_widget_activate_action (view, "win.shortcuts", NULL);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint key,
               guint code,
               GdkModifierType modifiers,
               gpointer data)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
      || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit_by_name (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)), "activate");
  return GDK_EVENT_STOP;
}

/** cs_list_keys_lead: has Down lead from @search to the list, as Enter does. */
void
cs_list_keys_lead (GtkSearchEntry *search)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_return_if_fail (GTK_IS_SEARCH_ENTRY (search));

  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (search), keys);
}

/** cs_list_keys_attach: gives @view the keys of a list: j, k, / and ?, and o where there is something to
 * open elsewhere. */
void
cs_list_keys_attach (GtkWidget *view, CsIdSelection *selection)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_return_if_fail (CS_IS_COLUMNS (view) || GTK_IS_LIST_VIEW (view));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), selection, 0);
  gtk_widget_add_controller (view, keys);
}
