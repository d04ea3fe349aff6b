/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-browser-private.h"

#include "cs-columns.h"
#include "cs-follow-up.h"
#include "cs-late-menu.h"
#include "cs-session-review.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

#define NAME_CHARACTERS_MAX 60 /* as the store has it */

/* The views at hand, in the order of the bar; the rest is in the menu. */
static const CsInvoicesShown bar[] = { CS_INVOICES_ALL,  CS_INVOICES_OPEN,   CS_INVOICES_OVERDUE,
                                       CS_INVOICES_PAID, CS_INVOICES_UNPAID, CS_INVOICES_PINNED };

/** cs_invoices_shown_get_title: Returns: (transfer none): what a person calls the view */
const char *
cs_invoices_shown_get_title (CsInvoicesShown shown)
{
  switch (shown)
    {
    case CS_INVOICES_ALL:
      return C_ ("invoices", "All");
    case CS_INVOICES_OPEN:
      return C_ ("invoices", "Open");
    case CS_INVOICES_OVERDUE:
      return C_ ("invoices", "Overdue");
    case CS_INVOICES_PAID:
      return C_ ("invoices", "Paid");
    case CS_INVOICES_UNPAID:
      return C_ ("invoices", "Unpaid");
    case CS_INVOICES_PINNED:
      return C_ ("invoices", "Pinned");
    case CS_INVOICES_DRAFT:
      return C_ ("invoices", "Draft");
    case CS_INVOICES_SUBMITTED:
      return C_ ("invoices", "Submitted");
    case CS_INVOICES_VOIDED:
      return C_ ("invoices", "Voided");
    case CS_INVOICES_DELETED:
      return C_ ("invoices", "Deleted");
    default:
      g_assert_not_reached ();
    }
}

static char *
count_view (CsInvoiceBrowser *self, CsInvoicesShown shown)
{
  /* Translators: a view of invoices and how many are in it. */
  return g_strdup_printf (C_ ("view", "%1$s %2$'u"), cs_invoices_shown_get_title (shown),
                          cs_invoice_review_get_sums (self->review)->n[shown]);
}

static GtkWidget *
make_button (const char *action, const char *target)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_widget_add_css_class (button, "pill-view");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  return button;
}

static void
ensure_buttons (CsInvoiceBrowser *self)
{
  if (gtk_widget_get_first_child (self->views_box) != NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (bar); i++)
    gtk_box_append (GTK_BOX (self->views_box),
                    make_button ("invoices.show", cs_invoices_shown_to_string (bar[i])));
}

/* What waits for somebody's approval is no click away in a menu; what is over has no button until it is
 * shown. In no total, so apart from the others [K-10]: below them where one line has no room. */
static void
show_rest (CsInvoiceBrowser *self)
{
  const guint *n = cs_invoice_review_get_sums (self->review)->n;
  GtkWidget *button = gtk_widget_get_first_child (self->rest_box);
  gboolean has_any = FALSE;

  for (CsInvoicesShown shown = CS_INVOICES_DRAFT; shown <= CS_INVOICES_DELETED; shown++)
    {
      gboolean waits = shown == CS_INVOICES_DRAFT || shown == CS_INVOICES_SUBMITTED;
      gboolean is_visible = self->filter->shown == shown || (waits && n[shown] > 0);
      g_autofree char *label = count_view (self, shown);

      if (button == NULL)
        {
          button = make_button ("invoices.show", cs_invoices_shown_to_string (shown));
          gtk_box_append (GTK_BOX (self->rest_box), button);
        }
      gtk_button_set_label (GTK_BUTTON (button), label);
      gtk_widget_set_visible (button, is_visible);
      has_any = has_any || is_visible;
      button = gtk_widget_get_next_sibling (button);
    }
  gtk_widget_set_visible (self->rest_box, has_any);
}

static GMenuModel *
make_menu (CsInvoiceBrowser *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) debtors = g_menu_new ();
  g_autoptr (GMenu) own = g_menu_new ();

  g_menu_append (debtors, _ ("_Aged receivables"), "invoices.debtors");
  g_menu_append (own, _ ("_Save this view…"), "invoices.save-view");
  g_menu_append (own, _ ("_Rename view…"), "invoices.rename-view");
  g_menu_append (own, _ ("_Delete view"), "invoices.delete-view");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (debtors));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (self->rest_menu));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (own));
  return G_MENU_MODEL (menu);
}

/* The views that have no button: told anew only when one has more or fewer, as each time costs a popover. */
static void
show_menu (CsInvoiceBrowser *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (CsInvoicesShown shown = CS_INVOICES_DRAFT; shown <= CS_INVOICES_DELETED; shown++)
    {
      g_autofree char *label = count_view (self, shown);

      g_string_append_printf (words, "%s\n", label);
    }
  if (!g_set_str (&self->rest_words, words->str))
    return;
  if (self->rest_menu == NULL)
    {
      g_autoptr (GMenuModel) menu = NULL;

      self->rest_menu = g_menu_new ();
      menu = make_menu (self);
      cs_late_menu_attach (self->views_button, menu);
    }
  g_menu_remove_all (self->rest_menu);
  for (CsInvoicesShown shown = CS_INVOICES_DRAFT; shown <= CS_INVOICES_DELETED; shown++)
    {
      g_autofree char *label = count_view (self, shown);
      g_autofree char *action = g_strconcat ("invoices.show::", cs_invoices_shown_to_string (shown), NULL);

      g_menu_append (self->rest_menu, label, action);
    }
}

static void
enable (CsInvoiceBrowser *self, const char *name, gboolean is_enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), is_enabled);
}

/* What is shown now, as far as one of the buttons says it. */
static void
show_states (CsInvoiceBrowser *self)
{
  const CsSavedView *saved
      = self->saved_id != NULL ? cs_saved_views_find (self->views, self->saved_id) : NULL;
  g_autoptr (CsInvoiceFilter) filter = saved != NULL ? cs_invoice_filter_copy (saved->filter) : NULL;
  g_autofree char *wanted = filter != NULL ? cs_invoice_filter_to_string (filter) : NULL;
  g_autofree char *shown = cs_invoice_filter_to_string (self->filter);
  gboolean is_saved = g_strcmp0 (wanted, shown) == 0;

  g_action_change_state (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "show"),
                         g_variant_new_string (is_saved || self->is_debtors
                                                   ? ""
                                                   : cs_invoices_shown_to_string (self->filter->shown)));
  g_action_change_state (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "show-saved"),
                         g_variant_new_string (is_saved && !self->is_debtors ? self->saved_id : ""));
  enable (self, "rename-view", saved != NULL);
  enable (self, "delete-view", saved != NULL);
}

/** cs_invoice_browser_show_views: the bar of views with how many are in each, and the menu beside it. */
void
cs_invoice_browser_show_views (CsInvoiceBrowser *self)
{
  GPtrArray *views = cs_saved_views_get (self->views);
  GtkWidget *button;

  ensure_buttons (self);
  button = gtk_widget_get_first_child (self->views_box);
  for (gsize i = 0; i < G_N_ELEMENTS (bar); i++, button = gtk_widget_get_next_sibling (button))
    {
      g_autofree char *label = count_view (self, bar[i]);

      gtk_button_set_label (GTK_BUTTON (button), label);
    }
  for (guint i = 0; i < views->len; i++)
    {
      const CsSavedView *view = views->pdata[i];
      g_autofree char *id = cs_uuid_to_string (&view->id);

      if (button == NULL)
        {
          button = make_button ("invoices.show-saved", id);
          gtk_box_append (GTK_BOX (self->views_box), button);
        }
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
      gtk_button_set_label (GTK_BUTTON (button), view->name);
      button = gtk_widget_get_next_sibling (button);
    }
  while (button != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (button);

      gtk_box_remove (GTK_BOX (self->views_box), button);
      button = next;
    }
  show_rest (self);
  show_menu (self);
  show_states (self);
}

/* --- what a person does with them --- */

static void
show_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsInvoiceBrowser *self = data;
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_copy (self->filter);

  if (!cs_invoices_shown_parse (g_variant_get_string (parameter, NULL), &filter->shown, NULL))
    return;
  filter->ageing = CS_AGEING_ANY;
  g_clear_pointer (&self->saved_id, g_free);
  cs_invoice_browser_set_filter (self, filter);
}

static void
show_saved_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsInvoiceBrowser *self = data;
  const char *id = g_variant_get_string (parameter, NULL);
  const CsSavedView *view = cs_saved_views_find (self->views, id);
  g_autoptr (CsInvoiceFilter) filter = NULL;

  if (view == NULL)
    return;
  filter = cs_invoice_filter_copy (view->filter);
  filter->scope = self->filter->scope;
  g_strfreev (filter->contact_ids);
  filter->contact_ids = g_strdupv (self->filter->contact_ids);
  filter->proposal_id = self->filter->proposal_id;
  g_set_str (&self->saved_id, id);
  if (!self->is_narrow && *view->columns != '\0' && self->view != NULL)
    cs_columns_apply (CS_COLUMNS (self->view), view->columns);
  cs_invoice_browser_set_filter (self, filter);
}

static void
saved_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceBrowser *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSavedView) view = cs_settled_steal_record (settled, &error);

  dex_clear (&self->saving);
  if (view != NULL)
    {
      g_free (self->saved_id);
      self->saved_id = cs_uuid_to_string (&view->id);
      show_states (self);
    }
  else if (error != NULL && !cs_error_is_cancelled (error))
    cs_show_error (GTK_WIDGET (self), error);
}

static void
save (CsInvoiceBrowser *self, CsSavedView *view)
{
  dex_clear (&self->saving);
  self->saving = cs_follow_up (cs_session_save_view (self->session, view), self, saved_cb, NULL, NULL);
}

static void
named_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  CsInvoiceBrowser *self = data;
  GtkEditable *entry = GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog));
  const CsSavedView *known
      = cs_saved_views_find (self->views, g_object_get_data (G_OBJECT (dialog), "cs-id"));
  g_autoptr (CsSavedView) view = known != NULL ? cs_saved_view_copy (known) : cs_saved_view_new ();

  if (!g_str_equal (response, "save"))
    return;
  g_set_str (&view->name, gtk_editable_get_text (entry));
  if (known == NULL)
    {
      cs_invoice_filter_free (view->filter);
      view->filter = cs_invoice_filter_copy (self->filter);
      if (!self->is_narrow && self->view != NULL)
        {
          g_free (view->columns);
          view->columns = cs_columns_to_string (CS_COLUMNS (self->view));
        }
    }
  save (self, view);
}

/* A view without a name would be refused once the dialog is gone. */
static void
name_changed_cb (GtkEditable *entry, gpointer dialog)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_alert_dialog_set_response_enabled (dialog, "save", *name != '\0');
}

static void
ask_for_name (CsInvoiceBrowser *self, const CsSavedView *known)
{
  AdwDialog *dialog = adw_alert_dialog_new (
      known != NULL ? _ ("Rename view") : _ ("Save this view"),
      known != NULL ? NULL : _ ("It keeps the view, search, dates, order and columns as they are now."));
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *id = known != NULL ? cs_uuid_to_string (&known->id) : g_strdup ("");

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "save", _ ("_Save"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "save");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), known != NULL ? known->name : "");
  gtk_entry_set_max_length (GTK_ENTRY (entry), NAME_CHARACTERS_MAX);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Name of the view"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the view"), -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_changed_cb), dialog, 0);
  name_changed_cb (GTK_EDITABLE (entry), dialog);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_dialog_set_focus (dialog, entry);
  g_object_set_data_full (G_OBJECT (dialog), "cs-id", g_steal_pointer (&id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (named_cb), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
save_view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_for_name (data, NULL);
}

static void
rename_view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsInvoiceBrowser *self = data;
  const CsSavedView *view = cs_saved_views_find (self->views, self->saved_id);

  if (view != NULL)
    ask_for_name (self, view);
}

static void
deleted_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceBrowser *self = object;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  dex_clear (&self->saving);
  if (!cs_settled_check (settled, &error))
    {
      if (!cs_error_is_cancelled (error))
        cs_show_error (GTK_WIDGET (self), error);
      return;
    }
  words = g_strdup_printf (_ ("View “%s” deleted"), self->deleted->name);
  cs_toast_undo (GTK_WIDGET (self), words, "invoices.restore-view");
}

static void
delete_view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsInvoiceBrowser *self = data;
  const CsSavedView *view = cs_saved_views_find (self->views, self->saved_id);

  if (view == NULL)
    return;
  g_clear_pointer (&self->deleted, cs_saved_view_free);
  self->deleted = cs_saved_view_copy (view);
  g_clear_pointer (&self->saved_id, g_free);
  dex_clear (&self->saving);
  self->saving = cs_follow_up (cs_session_delete_view (self->session, &self->deleted->id), self, deleted_cb,
                               NULL, NULL);
}

static void
restore_view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsInvoiceBrowser *self = data;

  if (self->deleted != NULL)
    save (self, self->deleted);
}

/** cs_invoice_browser_add_view_actions: what a person does with views. */
void
cs_invoice_browser_add_view_actions (CsInvoiceBrowser *self)
{
  static const GActionEntry entries[] = { { "show", show_cb, "s", "''", NULL, { 0 } },
                                          { "show-saved", show_saved_cb, "s", "''", NULL, { 0 } },
                                          { "save-view", save_view_cb, NULL, NULL, NULL, { 0 } },
                                          { "rename-view", rename_view_cb, NULL, NULL, NULL, { 0 } },
                                          { "delete-view", delete_view_cb, NULL, NULL, NULL, { 0 } },
                                          { "restore-view", restore_view_cb, NULL, NULL, NULL, { 0 } } };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}
