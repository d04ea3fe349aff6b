/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-connect-dialog.h"

#include "cs-browser.h"
#include "cs-connect-problem-page.h"
#include "cs-connect-words.h"

struct _CsConnectDialog
{
  AdwDialog parent_instance;
  AdwNavigationView *view;
  GtkWidget *own_app_group;
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
  AdwPreferencesGroup *tenants_group;
  GtkWidget *choose_button;
  GtkLabel *import_count;
  GtkWidget *done_button;
  GtkLabel *done_title;
  GtkLabel *done_count;
  CsConnectProblemPage *problem_page;

  CsSession *session;
  CsConnect *connect;
  GtkCheckButton *tenant_none; /* never shown: with it a single organisation is a radio button, too */
  GPtrArray *tenant_rows;      /* unowned: they belong to tenants_group */
  guint chosen;
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
on_tenant_toggled (CsConnectDialog *self, GtkCheckButton *check)
{
  if (gtk_check_button_get_active (check))
    self->chosen = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "index"));
}

static void
add_tenant (CsConnectDialog *self, const CsConnectTenant *tenant, guint index)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *row = adw_action_row_new ();

  /* First, since the title is read at once; a name is text, never markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), tenant->name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (tenant->was_connected)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("This practice was connected to it before"));
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->tenant_none);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (check), "index", GUINT_TO_POINTER (index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, tenant->name, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_tenant_toggled), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (self->tenants_group, row);
  g_ptr_array_add (self->tenant_rows, row);
  if (index == 0 || tenant->was_connected)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
}

static void
show_choosing (CsConnectDialog *self)
{
  GPtrArray *tenants = cs_connect_get_tenants (self->connect);

  for (guint i = 0; i < self->tenant_rows->len; i++)
    adw_preferences_group_remove (self->tenants_group, g_ptr_array_index (self->tenant_rows, i));
  g_ptr_array_set_size (self->tenant_rows, 0);
  for (guint i = 0; i < tenants->len; i++)
    add_tenant (self, g_ptr_array_index (tenants, i), i);
  show (self, "choose");
}

static void
show_import_count (CsConnectDialog *self)
{
  guint count = cs_session_get_progress (self->session);
  g_autofree char *text = NULL;

  self->records = MAX (self->records, count);
  text = g_strdup_printf (ngettext ("%u record so far", "%u records so far", self->records), self->records);
  gtk_label_set_label (self->import_count, text);
}

static void
show_done (CsConnectDialog *self)
{
  const CsConnection *connection = cs_session_get_connection (self->session);
  g_autofree char *title = NULL;
  g_autofree char *count = g_strdup_printf (
      ngettext ("%u record was read.", "%u records were read.", self->records), self->records);

  if (connection != NULL && connection->tenant_name != NULL && *connection->tenant_name != '\0')
    /* Translators: %s is the name of an organisation. */
    title = g_strdup_printf (_ ("Connected to %s"), connection->tenant_name);
  gtk_label_set_label (self->done_title, title != NULL ? title : _ ("Connected"));
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
      show (self, "start");
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

/* A page that nothing leads back from keeps Escape from the dialog, too: there it closes, which cancels. */
static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  CsConnectDialog *self = CS_CONNECT_DIALOG (widget);
  AdwNavigationPage *visible = adw_navigation_view_get_visible_page (self->view);

  if (visible == NULL || adw_navigation_page_get_can_pop (visible))
    return GDK_EVENT_PROPAGATE;
  adw_dialog_close (ADW_DIALOG (self));
  return GDK_EVENT_STOP;
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
  cs_connect_choose (self->connect, self->chosen);
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

static void
on_next_preferences (CsConnectDialog *self)
{
  GtkWidget *window = gtk_widget_get_parent (GTK_WIDGET (self));

  g_object_ref (window);
  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action (window, "win.preferences", NULL);
  g_object_unref (window);
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
  g_clear_pointer (&self->tenant_rows, g_ptr_array_unref);
  g_clear_object (&self->tenant_none);
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
}

static void
cs_connect_dialog_class_init (CsConnectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_CONNECT_PROBLEM_PAGE);
  G_OBJECT_CLASS (klass)->dispose = cs_connect_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = cs_connect_dialog_closed;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/connect/cs-connect-dialog.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
}

static void
spin (AdwStatusPage *page)
{
  g_autoptr (AdwSpinnerPaintable) spinner = adw_spinner_paintable_new (GTK_WIDGET (page));

  adw_status_page_set_paintable (page, GDK_PAINTABLE (spinner));
}

static void
add_escape (CsConnectDialog *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, GDK_NO_MODIFIER_MASK),
                        gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
cs_connect_dialog_init (CsConnectDialog *self)
{
  self->tenant_rows = g_ptr_array_new ();
  self->tenant_none = g_object_ref_sink (GTK_CHECK_BUTTON (gtk_check_button_new ()));
  gtk_widget_init_template (GTK_WIDGET (self));
  add_escape (self);
  spin (self->working_page);
  spin (self->importing_page);
}

/* For tests and developers: a browser that never comes back is to be seen before five minutes are over. It
 * can only be shortened. */
static void
shorten_patience (CsConnectDialog *self)
{
  const char *wanted = g_getenv ("COUNTERSIGN_SIGN_IN_SECONDS");
  guint64 seconds = 0;

  if (wanted != NULL && g_ascii_string_to_unsigned (wanted, 10, 1, 300, &seconds, NULL))
    cs_connect_set_patience (self->connect, (guint)seconds);
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

/**
 * cs_connect_dialog_new:
 * @session: the practice to connect
 *
 * Returns: (transfer floating): the wizard, to present
 */
CsConnectDialog *
cs_connect_dialog_new (CsSession *session)
{
  CsConnectDialog *self;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  self = g_object_new (CS_TYPE_CONNECT_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->connect = cs_connect_new (session, CS_CONNECT_TO_LEDGER);
  g_signal_connect_swapped (self->connect, "notify::stage", G_CALLBACK (on_stage_changed), self);
  g_signal_connect_swapped (self->connect, "open-address", G_CALLBACK (on_open_address), self);
  g_signal_connect_swapped (self->session, "notify", G_CALLBACK (on_progress), self);
  shorten_patience (self);
  show_redirects (self);
  /* Where the build has none, the button below leads there anyway. */
  gtk_widget_set_visible (self->own_app_group, !cs_connect_needs_client_id (self->connect));
  gtk_button_set_label (GTK_BUTTON (self->start_button),
                        cs_connect_needs_client_id (self->connect) ? _ ("_Next") : _ ("_Open browser"));
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->start_button);
  return self;
}
