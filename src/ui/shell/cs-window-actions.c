/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-window-private.h"

#include "cs-about.h"
#include "cs-activity-page.h"
#include "cs-browser.h"
#include "cs-audit-dialog.h"
#include "cs-catch-up-dialog.h"
#include "cs-clients-page.h"
#include "cs-connect-dialog.h"
#include "cs-health-dialog.h"
#include "cs-help-dialog.h"
#include "cs-invoices-page.h"
#include "cs-jobs-page.h"
#include "cs-preferences-dialog.h"
#include "cs-proposals-page.h"
#include "cs-shortcuts-dialog.h"
#include "cs-toast.h"
#include "cs-work.h"

/* --- pages --- */

static void
act_show_page (GtkWidget *widget, const char *action, GVariant *parameter)
{
  cs_window_show_page (CS_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* A link to nowhere can only be our own mistake, so it is said in the log and not to the person. */
static gboolean
read_id (const char *action, GVariant *parameter, CsUuid *id)
{
  g_autoptr (GError) error = NULL;

  if (cs_uuid_parse (g_variant_get_string (parameter, NULL), id, &error))
    return TRUE;
  g_warning ("%s: %s", action, error->message);
  return FALSE;
}

static void
act_show_client (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *page = cs_window_get_page (CS_WINDOW (widget), "clients");
  CsUuid id;

  if (page == NULL || !read_id (action, parameter, &id))
    return;
  cs_window_show_page (CS_WINDOW (widget), "clients");
  cs_clients_page_show (CS_CLIENTS_PAGE (page), &id);
}

static void
show_set (GtkWidget *widget, const char *action, GVariant *parameter, CsClientSetKind kind)
{
  GtkWidget *page = cs_window_get_page (CS_WINDOW (widget), "clients");
  CsUuid id;

  if (page == NULL || !read_id (action, parameter, &id))
    return;
  cs_window_show_page (CS_WINDOW (widget), "clients");
  cs_clients_page_show_set (CS_CLIENTS_PAGE (page), kind, &id);
}

static void
act_show_group (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_set (widget, action, parameter, CS_CLIENT_SET_GROUP);
}

static void
act_show_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_set (widget, action, parameter, CS_CLIENT_SET_PERSON);
}

static void
act_show_proposal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *page = cs_window_get_page (CS_WINDOW (widget), "proposals");
  CsUuid id;

  if (page == NULL || !read_id (action, parameter, &id))
    return;
  cs_window_show_page (CS_WINDOW (widget), "proposals");
  cs_proposals_page_show (CS_PROPOSALS_PAGE (page), &id);
}

static void
act_show_invoice (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *page = cs_window_get_page (CS_WINDOW (widget), "invoices");

  if (page == NULL)
    return;
  cs_window_show_page (CS_WINDOW (widget), "invoices");
  cs_invoices_page_show (CS_INVOICES_PAGE (page), g_variant_get_string (parameter, NULL));
}

static void
act_show_job (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *page = cs_window_get_page (CS_WINDOW (widget), "jobs");

  if (page == NULL)
    return;
  cs_window_show_page (CS_WINDOW (widget), "jobs");
  cs_jobs_page_show (CS_JOBS_PAGE (page), g_variant_get_string (parameter, NULL));
}

static void
act_new_proposal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *page = cs_window_get_page (CS_WINDOW (widget), "proposals");
  gboolean has_client = *g_variant_get_string (parameter, NULL) != '\0';
  CsUuid id;

  if (page == NULL || (has_client && !read_id (action, parameter, &id)))
    return;
  cs_window_show_page (CS_WINDOW (widget), "proposals");
  cs_proposals_page_create (CS_PROPOSALS_PAGE (page), has_client ? &id : NULL);
}

static void
act_new_client (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *page = cs_window_get_page (CS_WINDOW (widget), "clients");

  if (page == NULL)
    return;
  cs_window_show_page (CS_WINDOW (widget), "clients");
  cs_clients_page_create (CS_CLIENTS_PAGE (page));
}

static void
create_set (GtkWidget *widget, CsClientSetKind kind)
{
  GtkWidget *page = cs_window_get_page (CS_WINDOW (widget), "clients");

  if (page == NULL)
    return;
  cs_window_show_page (CS_WINDOW (widget), "clients");
  cs_clients_page_create_set (CS_CLIENTS_PAGE (page), kind);
}

static void
act_new_group (GtkWidget *widget, const char *action, GVariant *parameter)
{
  create_set (widget, CS_CLIENT_SET_GROUP);
}

static void
act_new_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  create_set (widget, CS_CLIENT_SET_PERSON);
}

/* Ctrl+N makes what the page is about. */
static void
act_new (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *clients = cs_window_get_page (CS_WINDOW (widget), "clients");

  if (clients != NULL && g_str_equal (cs_window_get_page_name (CS_WINDOW (widget)), "clients"))
    cs_clients_page_create_one (CS_CLIENTS_PAGE (clients));
  else
    gtk_widget_activate_action (widget, "win.new-proposal", "s", "");
}

static void
act_search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (self->session == NULL || page == NULL)
    return;
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  if (CS_IS_PROPOSALS_PAGE (page))
    cs_proposals_page_focus_search (CS_PROPOSALS_PAGE (page));
  else if (CS_IS_CLIENTS_PAGE (page))
    cs_clients_page_focus_search (CS_CLIENTS_PAGE (page));
  else if (CS_IS_INVOICES_PAGE (page))
    cs_invoices_page_focus_search (CS_INVOICES_PAGE (page));
  else if (CS_IS_ACTIVITY_PAGE (page))
    cs_activity_page_focus_search (CS_ACTIVITY_PAGE (page));
  else if (CS_IS_JOBS_PAGE (page))
    cs_jobs_page_focus_search (CS_JOBS_PAGE (page));
}

/* --- the connection --- */

/* However many dialogs lie on it. */
static AdwDialog *
find_open_wizard (CsWindow *self)
{
  GListModel *dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));
  AdwDialog *found = NULL;

  for (guint i = 0; found == NULL && i < g_list_model_get_n_items (dialogs); i++)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i);

      if (CS_IS_CONNECT_DIALOG (dialog))
        found = dialog; /* the window holds it */
    }
  return found;
}

/* One sign-in at a time, since the browser can only come back to one: who asks for another is shown the one
 * that is open, as it stands. */
static gboolean
show_open_wizard (CsWindow *self)
{
  AdwDialog *open = find_open_wizard (self);

  if (open == NULL)
    return FALSE;
  adw_dialog_present (open, GTK_WIDGET (self));
  gtk_accessible_announce (GTK_ACCESSIBLE (open),
                           _ ("A sign-in is open already: finish it here, or cancel it"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  return TRUE;
}

static void
present_wizard (CsWindow *self, CsConnectTo to)
{
  if (self->session != NULL && !show_open_wizard (self))
    adw_dialog_present (ADW_DIALOG (cs_connect_dialog_new (self->session, to)), GTK_WIDGET (self));
}

static void
act_connect (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present_wizard (CS_WINDOW (widget), CS_CONNECT_TO_LEDGER);
}

static void
act_connect_work (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present_wizard (CS_WINDOW (widget), CS_CONNECT_TO_WORK);
}

static void
act_show_health (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->session != NULL)
    adw_dialog_present (ADW_DIALOG (cs_health_dialog_new (self->session)), widget);
}

static void
act_catch_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->session != NULL)
    adw_dialog_present (cs_catch_up_dialog_new (self->session), widget);
}

static void
act_sync (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->session == NULL)
    return;
  cs_session_expect_all (self->session);
  /* How that goes its own row tells; a practice without one waits for nothing. */
  if (cs_work_is_connected (cs_session_get_work (self->session)))
    dex_future_disown (cs_work_pull_now (cs_session_get_work (self->session)));
  cs_window_run (self, cs_session_sync_now (self->session), _ ("Everything is up to date"));
}

static void
act_push (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->session != NULL)
    cs_window_run (self, cs_session_push_now (self->session), _ ("Everything that was due is sent"));
}

static void
act_refresh (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->session == NULL)
    return;
  cs_session_expect_all (self->session);
  cs_window_run (self, cs_session_pull_now (self->session), _ ("Read what changed in Xero"));
}

static void
act_refresh_work (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->session != NULL)
    cs_window_run (self, cs_work_pull_now (cs_session_get_work (self->session)),
                   _ ("Read what changed in Practice Manager"));
}

static void
on_disconnect_response (AdwAlertDialog *dialog, const char *response, CsWindow *self)
{
  if (!g_str_equal (response, "disconnect") || self->session == NULL)
    return;
  if (g_object_get_data (G_OBJECT (dialog), "work") != NULL)
    cs_window_run (self, cs_work_disconnect (cs_session_get_work (self->session)),
                   _ ("Disconnected from Practice Manager"));
  else
    cs_window_run (self, cs_session_disconnect (self->session), _ ("Disconnected from Xero"));
}

static void
ask_to_disconnect (GtkWidget *widget, AdwAlertDialog *dialog)
{
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "disconnect", _ ("_Disconnect"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "disconnect", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_disconnect_response), widget, 0);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
act_disconnect (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Disconnect from Xero?"),
      _ ("Nothing more is sent or read. Everything read so far stays here, nothing is deleted in Xero, "
         "and you can connect again at any time."));

  ask_to_disconnect (widget, ADW_ALERT_DIALOG (dialog));
}

static void
act_disconnect_work (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Disconnect from Practice Manager?"),
      _ ("Nothing more is sent or read. Clients keep what they are linked to, nothing is "
         "deleted there, and you can connect again at any time."));

  g_object_set_data (G_OBJECT (dialog), "work", GINT_TO_POINTER (TRUE));
  ask_to_disconnect (widget, ADW_ALERT_DIALOG (dialog));
}

static void
on_throw_away_response (AdwAlertDialog *dialog, const char *response, GtkWidget *widget)
{
  if (g_str_equal (response, "throw-away"))
    gtk_widget_activate_action (widget, "app.throw-away-demo", NULL);
}

static void
act_throw_away_demo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      _ ("Throw away this demo?"),
      _ ("Everything you tried in it is deleted. You can explore a fresh one at any time.")));

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Keep it"), "throw-away", _ ("_Throw away"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "throw-away", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_throw_away_response), widget, 0);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* --- the rest --- */

static void
act_preferences (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->session != NULL)
    adw_dialog_present (ADW_DIALOG (cs_preferences_dialog_new (self->session)), widget);
}

static void
act_audit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->session != NULL)
    cs_audit_dialog_present (widget, self->session);
}

static void
act_shortcuts (GtkWidget *widget, const char *action, GVariant *parameter)
{
  adw_dialog_present (ADW_DIALOG (cs_shortcuts_dialog_new ()), widget);
}

/* F1: about the dialog that is open, else about the page. */
static void
act_help (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);
  AdwDialog *open = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  const char *page = self->session != NULL ? cs_window_get_page_name (self) : NULL;

  if (!CS_IS_HELP_DIALOG (open))
    adw_dialog_present (ADW_DIALOG (cs_help_dialog_new (open != NULL ? G_OBJECT_TYPE_NAME (open) : page)),
                        widget);
}

static void
act_about (GtkWidget *widget, const char *action, GVariant *parameter)
{
  cs_about_present (widget);
}

static void
on_copy_address (AdwToast *toast, GtkWidget *widget)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), g_object_get_data (G_OBJECT (toast), "address"));
}

/* No browser is no reason to be stuck: the address can be copied. */
static void
offer_address (GtkWidget *widget, const char *address)
{
  CsWindow *self = CS_WINDOW (widget);
  AdwToast *toast;
  g_autofree char *title = g_strdup_printf (_ ("No browser could be opened for %s"), address);

  toast = g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", title, "button-label", _ ("Copy"),
                        "timeout", 10, NULL);
  g_object_set_data_full (G_OBJECT (toast), "address", g_strdup (address), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_copy_address), self, 0);
  cs_toast_show (widget, toast);
}

static void
act_open_uri (GtkWidget *widget, const char *action, GVariant *parameter)
{
  cs_browser_open (widget, g_variant_get_string (parameter, NULL), offer_address);
}

void
cs_window_update_actions (CsWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_session = self->session != NULL;
  CsLinkState state = has_session ? cs_session_get_link_state (self->session) : CS_LINK_NONE;
  gboolean is_linked = has_session && state != CS_LINK_NONE && state != CS_LINK_DISCONNECTED;
  const char *always[]
      = { "win.show-page",  "win.show-client", "win.show-proposal", "win.show-invoice", "win.new",
          "win.show-group", "win.show-person", "win.new-group",     "win.new-person",   "win.new-proposal",
          "win.new-client", "win.search",      "win.preferences",   "win.show-work" };
  gboolean has_work = has_session && cs_work_is_connected (cs_session_get_work (self->session));
  const char *linked[]
      = { "win.sync", "win.push", "win.refresh", "win.disconnect", "win.sign-in-again", "win.show-health" };

  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    gtk_widget_action_set_enabled (widget, always[i], has_session);
  for (gsize i = 0; i < G_N_ELEMENTS (linked); i++)
    gtk_widget_action_set_enabled (widget, linked[i], is_linked);
  gtk_widget_action_set_enabled (widget, "win.connect",
                                 has_session && (!is_linked || state == CS_LINK_SIGN_IN_NEEDED));
  /* Linked again from the preferences, which is no menu's business. */
  gtk_widget_action_set_enabled (widget, "win.connect-work", has_session);
  gtk_widget_action_set_enabled (widget, "win.refresh-work", has_work);
  gtk_widget_action_set_enabled (widget, "win.disconnect-work", has_work);
  gtk_widget_action_set_enabled (widget, "win.throw-away-demo",
                                 has_session && cs_session_get_practice (self->session)->is_demo);
}

void
cs_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", act_show_page);
  gtk_widget_class_install_action (widget_class, "win.show-client", "s", act_show_client);
  gtk_widget_class_install_action (widget_class, "win.show-proposal", "s", act_show_proposal);
  gtk_widget_class_install_action (widget_class, "win.show-invoice", "s", act_show_invoice);
  gtk_widget_class_install_action (widget_class, "win.show-job", "s", act_show_job);
  gtk_widget_class_install_action (widget_class, "win.new", NULL, act_new);
  gtk_widget_class_install_action (widget_class, "win.new-proposal", "s", act_new_proposal);
  gtk_widget_class_install_action (widget_class, "win.new-client", NULL, act_new_client);
  gtk_widget_class_install_action (widget_class, "win.new-group", NULL, act_new_group);
  gtk_widget_class_install_action (widget_class, "win.new-person", NULL, act_new_person);
  gtk_widget_class_install_action (widget_class, "win.show-group", "s", act_show_group);
  gtk_widget_class_install_action (widget_class, "win.show-person", "s", act_show_person);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, act_search);
  gtk_widget_class_install_action (widget_class, "win.connect", NULL, act_connect);
  gtk_widget_class_install_action (widget_class, "win.sign-in-again", NULL, act_connect);
  gtk_widget_class_install_action (widget_class, "win.show-health", NULL, act_show_health);
  gtk_widget_class_install_action (widget_class, "win.catch-up", NULL, act_catch_up);
  gtk_widget_class_install_action (widget_class, "win.audit", NULL, act_audit);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, act_sync);
  gtk_widget_class_install_action (widget_class, "win.push", NULL, act_push);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, act_refresh);
  gtk_widget_class_install_action (widget_class, "win.disconnect", NULL, act_disconnect);
  gtk_widget_class_install_action (widget_class, "win.connect-work", NULL, act_connect_work);
  gtk_widget_class_install_action (widget_class, "win.refresh-work", NULL, act_refresh_work);
  gtk_widget_class_install_action (widget_class, "win.disconnect-work", NULL, act_disconnect_work);
  cs_window_install_work_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "win.throw-away-demo", NULL, act_throw_away_demo);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, act_preferences);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, act_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, act_help);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, act_about);
  gtk_widget_class_install_action (widget_class, "win.open-uri", "s", act_open_uri);
}
