/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-connect-dialog.h"

#include "cs-browser.h"
#include "cs-connect-choice.h"
#include "cs-connect-pages.h"
#include "cs-connect-problem-page.h"
#include "cs-connect-words.h"
#include "cs-connect-work-start.h"
#include "cs-work.h"

struct _CsConnectDialog
{
  AdwDialog parent_instance;
  AdwNavigationView *view;
  GtkWidget *own_app_group;
  CsConnectWorkStart *work_start;
  GtkWidget *no_privilege_row;
  GtkWidget *no_right_row;
  GtkWidget *scope_row;
  GtkWidget *ledger_next;
  GtkWidget *work_next;
  AdwPreferencesPage *choose_page;
  GtkWidget *start_button;
  GtkEditable *client_id_row;
  GtkLabel *client_id_error;
  GtkWidget *client_id_button;
  GtkLabel *redirects_for_client;
  AdwStatusPage *working_page;
  GtkWidget *working_cancel;
  AdwStatusPage *importing_page;
  GtkLabel *waiting_words;
  GtkLabel *time_left;
  GtkEditable *address_entry;
  AdwActionRow *redirects_row;
  CsConnectChoice *tenants_group;
  GtkWidget *choose_button;
  GtkLabel *import_count;
  GtkWidget *done_button;
  GtkLabel *done_title;
  GtkLabel *done_count;
  CsConnectProblemPage *problem_page;

  CsSession *session;
  CsConnect *connect;
  guint records; /* the most that the running import has told of */
  guint timer;   /* counts down */
  guint update;  /* idle */
};

G_DEFINE_FINAL_TYPE (CsConnectDialog, cs_connect_dialog, ADW_TYPE_DIALOG)

static void
show (CsConnectDialog *self, const char *tag)
{
  const char *tags[] = { tag };
  AdwNavigationPage *visible = adw_navigation_view_get_visible_page (self->view);

  if (visible == NULL || g_strcmp0 (adw_navigation_page_get_tag (visible), tag) != 0)
    adw_navigation_view_replace_with_tags (self->view, tags, 1);
}

static gboolean
is_work (CsConnectDialog *self)
{
  return cs_connect_get_to (self->connect) == CS_CONNECT_TO_WORK;
}

/* --- the browser --- */

/* The address can be copied, so this is no end. */
static void
on_no_browser (GtkWidget *widget, const char *address)
{
  CsConnectDialog *self = CS_CONNECT_DIALOG (widget);

  gtk_label_set_label (self->waiting_words, _ ("No browser could be opened: copy the address below to a "
                                               "browser on this computer, and sign in to Xero there."));
  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->waiting_words),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
open_browser (CsConnectDialog *self)
{
  gtk_label_set_label (self->waiting_words,
                       _ ("Sign in to Xero in your browser and choose Allow access. Then come back here."));
  cs_browser_open (GTK_WIDGET (self), cs_connect_get_address (self->connect), on_no_browser);
}

static gboolean
open_browser_idle (gpointer data)
{
  CsConnectDialog *self = data;

  if (self->connect != NULL && cs_connect_get_stage (self->connect) == CS_CONNECT_BROWSER)
    open_browser (self);
  return G_SOURCE_REMOVE;
}

/* The signal may come from a fiber, whose stack is small: a browser is opened from the loop. */
static void
on_open_address (CsConnectDialog *self, const char *address)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, open_browser_idle, g_object_ref (self), g_object_unref);
}

static gboolean
on_tick (gpointer data)
{
  CsConnectDialog *self = data;
  g_autofree char *left = cs_connect_words_time_left (cs_connect_get_deadline_ms (self->connect),
                                                      cs_clock_now_ms (cs_session_get_clock (self->session)));

  gtk_label_set_label (self->time_left, left);
  return G_SOURCE_CONTINUE;
}

/* --- one page a stage --- */

static void
show_working (CsConnectDialog *self, const char *words, const char *advice)
{
  adw_status_page_set_title (self->working_page, words);
  adw_status_page_set_description (self->working_page, advice);
  gtk_widget_set_visible (self->working_cancel, cs_connect_get_stage (self->connect) != CS_CONNECT_SAVING);
  show (self, "working");
}

static void
show_waiting (CsConnectDialog *self)
{
  gtk_editable_set_text (self->address_entry, cs_connect_get_address (self->connect));
  on_tick (self);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (1, on_tick, self);
  show (self, "waiting");
}

static void
show_choosing (CsConnectDialog *self)
{
  cs_connect_choice_fill (self->tenants_group, self->connect);
  show (self, "choose");
}

static void
show_import_count (CsConnectDialog *self)
{
  guint count = is_work (self) ? cs_work_get_sync_progress (cs_session_get_work (self->session))->done
                               : cs_session_get_progress (self->session);
  g_autofree char *text = NULL;

  self->records = MAX (self->records, count);
  text = g_strdup_printf (ngettext ("%'u record so far", "%'u records so far", self->records), self->records);
  gtk_label_set_label (self->import_count, text);
}

static void
show_done (CsConnectDialog *self)
{
  const CsConnection *connection = is_work (self)
                                       ? cs_work_get_connection (cs_session_get_work (self->session))
                                       : cs_session_get_connection (self->session);
  g_autofree char *title = NULL;
  g_autofree char *count = g_strdup_printf (
      ngettext ("%'u record was read.", "%'u records were read.", self->records), self->records);

  if (connection != NULL && connection->tenant_name != NULL && *connection->tenant_name != '\0')
    /* Translators: %s is the name of an organisation. */
    title = g_strdup_printf (_ ("Connected to %s"), connection->tenant_name);
  gtk_label_set_label (self->done_title, title != NULL    ? title
                                         : is_work (self) ? _ ("Connected to Practice Manager")
                                                          : _ ("Connected"));
  gtk_label_set_label (self->done_count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->done_count), self->records > 0);
  show (self, "done");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->done_title),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static gboolean
update (gpointer data)
{
  CsConnectDialog *self = data;
  CsConnectStage stage = cs_connect_get_stage (self->connect);

  self->update = 0;
  if (stage != CS_CONNECT_BROWSER)
    g_clear_handle_id (&self->timer, g_source_remove);
  switch (stage)
    {
    case CS_CONNECT_READY:
      show (self, is_work (self) ? "work-start" : "start");
      break;
    case CS_CONNECT_CHECKING:
      show_working (
          self, _ ("Asking your keyring…"),
          _ ("The sign-in will be kept there. If it is locked, a window asks for its password: type it "
             "there. This page waits for you."));
      break;
    case CS_CONNECT_BROWSER:
      show_waiting (self);
      break;
    case CS_CONNECT_EXCHANGING:
      show_working (self, _ ("Finishing the sign-in…"), NULL);
      break;
    case CS_CONNECT_CHOOSING:
      show_choosing (self);
      break;
    case CS_CONNECT_VETTING:
      show_working (self, _ ("Asking Xero what you may do there…"), NULL);
      break;
    case CS_CONNECT_SAVING:
      show_working (self, _ ("Setting up the connection…"), NULL);
      break;
    case CS_CONNECT_IMPORTING:
      show_import_count (self);
      show (self, "importing");
      break;
    case CS_CONNECT_DONE:
      show_done (self);
      break;
    case CS_CONNECT_FAILED:
      cs_connect_problem_page_show (self->problem_page, self->connect);
      show (self, "problem");
      break;
    default:
      break;
    }
  return G_SOURCE_REMOVE;
}

static void
on_stage_changed (CsConnectDialog *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_DEFAULT, update, self, NULL);
}

static void
on_progress (CsConnectDialog *self)
{
  if (cs_connect_get_stage (self->connect) == CS_CONNECT_IMPORTING)
    on_stage_changed (self);
}

/* --- buttons --- */

/* To the button that goes on, and not to a text that can be selected. */
static void
on_page_shown (CsConnectDialog *self)
{
  switch (cs_connect_get_stage (self->connect))
    {
    case CS_CONNECT_CHOOSING:
      gtk_widget_grab_focus (self->choose_button);
      break;
    case CS_CONNECT_DONE:
      gtk_widget_grab_focus (self->done_button);
      break;
    case CS_CONNECT_FAILED:
      cs_connect_problem_page_focus (self->problem_page);
      break;
    case CS_CONNECT_READY:
    case CS_CONNECT_CHECKING:
    case CS_CONNECT_BROWSER:
    case CS_CONNECT_EXCHANGING:
    case CS_CONNECT_VETTING:
    case CS_CONNECT_SAVING:
    case CS_CONNECT_IMPORTING:
    default:
      break;
    }
}

static char *
dup_client_id (CsConnectDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->client_id_row)));
}

static void
on_client_id_changed (CsConnectDialog *self)
{
  g_autofree char *client_id = dup_client_id (self);
  const char *wrong = cs_connect_words_check_client_id (client_id);

  gtk_label_set_label (self->client_id_error, wrong != NULL ? wrong : "");
  gtk_widget_set_visible (GTK_WIDGET (self->client_id_error), wrong != NULL);
  gtk_widget_set_sensitive (self->client_id_button, wrong == NULL && *client_id != '\0');
}

static void
on_own_app (CsConnectDialog *self)
{
  adw_navigation_view_push_by_tag (self->view, "client-id");
}

static void
on_start (CsConnectDialog *self)
{
  if (is_work (self))
    cs_connect_set_is_broad (self->connect, cs_connect_work_start_is_broad (self->work_start));
  if (cs_connect_needs_client_id (self->connect))
    adw_navigation_view_push_by_tag (self->view, "client-id");
  else
    cs_connect_start (self->connect, cs_connect_get_client_id (self->connect));
}

static void
on_start_with_client_id (CsConnectDialog *self)
{
  g_autofree char *client_id = dup_client_id (self);

  if (*client_id != '\0' && cs_connect_words_check_client_id (client_id) == NULL)
    cs_connect_start (self->connect, client_id);
}

static void
on_back (CsConnectDialog *self)
{
  cs_connect_cancel (self->connect);
}

static void
on_cancel (CsConnectDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_open_again (CsConnectDialog *self)
{
  open_browser (self);
}

static void
copy (CsConnectDialog *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_copy_address (CsConnectDialog *self)
{
  copy (self, cs_connect_get_address (self->connect));
}

static void
on_copy_redirects (CsConnectDialog *self)
{
  copy (self, cs_connect_get_redirect_uris (self->connect));
}

static void
on_choose (CsConnectDialog *self)
{
  self->records = 0;
  cs_connect_choose (self->connect, cs_connect_choice_get_chosen (self->tenants_group));
}

static void
on_next_proposal (CsConnectDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.new-proposal", "s", "");
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_next_invoices (CsConnectDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "invoices");
  adw_dialog_close (ADW_DIALOG (self));
}

/* Never two dialogs on one another: this one goes first. */
static void
go_to (CsConnectDialog *self, const char *action)
{
  GtkWidget *window = gtk_widget_get_parent (GTK_WIDGET (self));

  g_object_ref (window);
  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action (window, action, NULL);
  g_object_unref (window);
}

static void
on_next_preferences (CsConnectDialog *self)
{
  go_to (self, "win.preferences");
}

static void
on_next_work (CsConnectDialog *self)
{
  go_to (self, "win.show-work");
}

static void
on_next_clients (CsConnectDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "clients");
  adw_dialog_close (ADW_DIALOG (self));
}

static void
cs_connect_dialog_closed (AdwDialog *dialog)
{
  CsConnectDialog *self = CS_CONNECT_DIALOG (dialog);
  CsConnectStage stage = cs_connect_get_stage (self->connect);

  /* An import goes on behind the window; a sign-in that nobody sees must not. */
  if (stage != CS_CONNECT_IMPORTING && stage != CS_CONNECT_DONE && stage != CS_CONNECT_SAVING)
    cs_connect_cancel (self->connect);
}

static void
cs_connect_dialog_dispose (GObject *object)
{
  CsConnectDialog *self = CS_CONNECT_DIALOG (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->update, g_source_remove);
  if (self->connect != NULL)
    g_signal_handlers_disconnect_by_data (self->connect, self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->connect);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CONNECT_DIALOG);
  G_OBJECT_CLASS (cs_connect_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, view);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, own_app_group);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, start_button);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, client_id_row);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, client_id_error);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, client_id_button);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, redirects_for_client);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, working_page);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, waiting_words);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, time_left);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, address_entry);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, redirects_row);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, tenants_group);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, choose_button);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, importing_page);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, import_count);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, done_button);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, done_title);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, done_count);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, problem_page);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, working_cancel);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, work_start);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, no_privilege_row);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, no_right_row);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, scope_row);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, ledger_next);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, work_next);
  gtk_widget_class_bind_template_child (widget_class, CsConnectDialog, choose_page);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_page_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_client_id_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_own_app);
  gtk_widget_class_bind_template_callback (widget_class, on_start);
  gtk_widget_class_bind_template_callback (widget_class, on_start_with_client_id);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_open_again);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_address);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_redirects);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_next_proposal);
  gtk_widget_class_bind_template_callback (widget_class, on_next_invoices);
  gtk_widget_class_bind_template_callback (widget_class, on_next_preferences);
  gtk_widget_class_bind_template_callback (widget_class, on_next_work);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clients);
}

static void
cs_connect_dialog_class_init (CsConnectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_CONNECT_PROBLEM_PAGE);
  g_type_ensure (CS_TYPE_CONNECT_CHOICE);
  g_type_ensure (CS_TYPE_CONNECT_WORK_START);
  G_OBJECT_CLASS (klass)->dispose = cs_connect_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = cs_connect_dialog_closed;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/connect/cs-connect-dialog.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
}

static void
cs_connect_dialog_init (CsConnectDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_connect_pages_add_escape (ADW_DIALOG (self), self->view);
  cs_connect_pages_spin (self->working_page);
  cs_connect_pages_spin (self->importing_page);
}

static void
show_redirects (CsConnectDialog *self)
{
  const char *redirects = cs_connect_get_redirect_uris (self->connect);

  gtk_label_set_label (self->redirects_for_client, redirects);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->redirects_row),
                                 _ ("Redirect addresses to register"));
  adw_action_row_set_subtitle (self->redirects_row, redirects);
}

/* The pages are the same; what they are about is not. */
static void
show_target (CsConnectDialog *self)
{
  gboolean work = is_work (self);

  gtk_widget_set_visible (self->no_privilege_row, work);
  gtk_widget_set_visible (self->no_right_row, !work);
  gtk_widget_set_visible (self->ledger_next, !work);
  gtk_widget_set_visible (self->work_next, work);
  gtk_widget_set_visible (self->scope_row, !work);
  if (!work)
    return;
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Connect Practice Manager"));
  adw_preferences_page_set_description (
      self->choose_page,
      _ ("Clients of this practice come from the practice that you choose, and jobs go there."));
  adw_status_page_set_title (self->importing_page, _ ("Reading from Practice Manager"));
  adw_status_page_set_description (
      self->importing_page, _ ("Staff, templates and clients. With many clients this takes up to half an "
                               "hour. You can work while this goes on."));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (self->choose_page),
                                                                               ADW_TYPE_NAVIGATION_PAGE)),
                                 _ ("Choose the practice"));
  gtk_button_set_label (GTK_BUTTON (self->choose_button), _ ("_Use this practice"));
  cs_connect_work_start_set_is_broad (self->work_start, cs_connect_is_broad (self->connect));
  show (self, "work-start");
}

/**
 * cs_connect_dialog_new:
 * @session: the practice to connect
 * @to: with what
 *
 * Returns: (transfer floating): the wizard, to present
 */
CsConnectDialog *
cs_connect_dialog_new (CsSession *session, CsConnectTo to)
{
  CsConnectDialog *self;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  self = g_object_new (CS_TYPE_CONNECT_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->connect = cs_connect_new (session, to);
  g_signal_connect_swapped (self->connect, "notify::stage", G_CALLBACK (on_stage_changed), self);
  g_signal_connect_swapped (self->connect, "open-address", G_CALLBACK (on_open_address), self);
  g_signal_connect_swapped (self->session, "notify", G_CALLBACK (on_progress), self);
  g_signal_connect_object (cs_session_get_work (session), "notify::progress", G_CALLBACK (on_progress), self,
                           G_CONNECT_SWAPPED);
  cs_connect_pages_shorten_patience (self->connect);
  show_redirects (self);
  show_target (self);
  /* Where the build has none, the button below leads there anyway. */
  gtk_widget_set_visible (self->own_app_group, !cs_connect_needs_client_id (self->connect));
  gtk_button_set_label (GTK_BUTTON (self->start_button),
                        cs_connect_needs_client_id (self->connect) ? _ ("_Next") : _ ("_Open browser"));
  if (!is_work (self))
    adw_dialog_set_default_widget (ADW_DIALOG (self), self->start_button);
  return self;
}
