/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-window-private.h"

#include "cs-job-rules-page.h"
#include "cs-job-service-page.h"
#include "cs-preferences-dialog.h"
#include "cs-team-page.h"
#include "cs-work-links.h"
#include "cs-work-new-page.h"
#include "cs-work-review.h"

/* What the window does about Practice Manager. */

/* Practice Manager's page of the preferences, and what lies behind it: Back leads to it. */
static void
present_work (CsWindow *self, AdwNavigationPage *first, AdwNavigationPage *second)
{
  AdwPreferencesDialog *dialog = ADW_PREFERENCES_DIALOG (cs_preferences_dialog_new (self->session));

  adw_preferences_dialog_set_visible_page_name (dialog, "work");
  if (first != NULL)
    adw_preferences_dialog_push_subpage (dialog, first);
  if (second != NULL)
    adw_preferences_dialog_push_subpage (dialog, second);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
act_show_work (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (CS_WINDOW (widget)->session != NULL)
    present_work (CS_WINDOW (widget), NULL, NULL);
}

/* Of one service, where one is named. */
static void
act_show_job_rules (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsSession *session = CS_WINDOW (widget)->session;
  const char *service = g_variant_get_string (parameter, NULL);

  if (session != NULL)
    present_work (CS_WINDOW (widget), cs_job_rules_page_new (session),
                  *service != '\0' ? cs_job_service_page_new (session, service) : NULL);
}

/* Those that are only there [K-2]. */
static void
act_show_work_new (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsSession *session = CS_WINDOW (widget)->session;

  if (session != NULL)
    present_work (CS_WINDOW (widget), cs_work_new_page_new (session), NULL);
}

static void
act_show_team (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsSession *session = CS_WINDOW (widget)->session;

  if (session != NULL)
    present_work (CS_WINDOW (widget), cs_team_page_new (session), NULL);
}

/* Undoes a link: to what it was linked to before, "" for nothing. */
static void
act_link_work (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);
  const char *text = NULL;
  const char *remote_id = NULL;
  g_autoptr (GError) error = NULL;
  CsUuid client_id;

  g_variant_get (parameter, "(&s&s)", &text, &remote_id);
  if (self->session != NULL && cs_uuid_parse (text, &client_id, &error))
    cs_window_run (self, cs_work_link_client (cs_session_get_work (self->session), &client_id, remote_id),
                   _ ("Linked as it was before"));
}

/* Undoes leaving one out. */
static void
act_ask_again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->session != NULL)
    cs_window_run (self,
                   cs_work_leave_out (cs_session_get_work (self->session),
                                      g_variant_get_string (parameter, NULL), FALSE),
                   NULL);
}

void
cs_window_install_work_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-work", NULL, act_show_work);
  gtk_widget_class_install_action (widget_class, "win.show-work-new", NULL, act_show_work_new);
  gtk_widget_class_install_action (widget_class, "win.show-job-rules", "s", act_show_job_rules);
  gtk_widget_class_install_action (widget_class, "win.show-team", NULL, act_show_team);
  gtk_widget_class_install_action (widget_class, "win.link-work", "(ss)", act_link_work);
  gtk_widget_class_install_action (widget_class, "win.ask-work-again", "s", act_ask_again);
}
