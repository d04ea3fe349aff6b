/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-preferences-dialog.h"

#include "cs-code-row.h"
#include "cs-follow-up.h"
#include "cs-ledger-lists.h"
#include "cs-number-row.h"
#include "cs-settings-rules.h"
#include "cs-shape-rows.h"
#include "cs-shape-undo.h"
#include "cs-sync-page.h"
#include "cs-toast.h"
#include "cs-typed-row.h"
#include "cs-work-page.h"
#include "cs-zone-row.h"

#define SAVE_AFTER_MS 600

/* The order of the strings in the template. */
static const CsTaxMode TAX_MODES[] = { CS_TAX_MODE_EXCLUSIVE, CS_TAX_MODE_INCLUSIVE, CS_TAX_MODE_NO_TAX };

struct _CsPreferencesDialog
{
  AdwPreferencesDialog parent_instance;
  GtkEditable *name_row;
  GtkLabel *name_error;
  CsZoneRow *zone_row;
  GtkEditable *actor_row;
  GtkLabel *actor_error;
  CsNumberRow *day_row;
  AdwPreferencesGroup *shape_group;
  CsTypedRow *lock_row;
  AdwComboRow *authorise_row;
  CsNumberRow *hold_row;
  GtkEditable *prefix_row;
  CsNumberRow *number_row;
  GtkLabel *number_example;
  GtkLabel *prefix_error;
  AdwComboRow *tax_mode_row;
  CsCodeRow *account_row;
  CsCodeRow *tax_row;
  AdwSwitchRow *email_row;
  GtkEditable *client_id_row;
  GtkLabel *client_id_error;

  CsSession *session;
  CsLedgerLists *lists;
  CsShapeRows *shape_rows;
  DexFuture *writing; /* (nullable): of the last save, to the disk */
  DexFuture *saving;  /* what follows from it here */
  CsSettings *before; /* (nullable): what the last save replaced */
  CsSettings *after;  /* (nullable): what the last save wrote */
  gboolean is_closed;
  guint timer;
  gboolean is_loading;
  gboolean number_edited; /* else the series moves on by itself while this is open */
};

G_DEFINE_FINAL_TYPE (CsPreferencesDialog, cs_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static void
load_text (GtkEditable *editable, const char *text)
{
  gtk_editable_set_text (editable, text != NULL ? text : "");
}

/* --- what is typed --- */

/* What every invoice has, unless a client, a proposal or a service has its own. */
static void
collect_shape (CsPreferencesDialog *self, CsSettings *next)
{
  const CsShape *shape = cs_shape_rows_get (self->shape_rows);
  CsTerms terms;

  if (shape->values[CS_SHAPE_TERMS] != NULL && cs_terms_parse (shape->values[CS_SHAPE_TERMS], &terms, NULL))
    {
      next->terms_kind = terms.kind;
      next->due_days = terms.number;
    }
  next->bill_alone = g_strcmp0 (shape->values[CS_SHAPE_GROUPING], CS_SHAPE_ALONE) == 0;
  next->theme_id = shape->values[CS_SHAPE_THEME] != NULL ? shape->values[CS_SHAPE_THEME] : (char *)"";
  next->tracking = shape->values[CS_SHAPE_TRACKING] != NULL ? shape->values[CS_SHAPE_TRACKING] : (char *)"";
  if (cs_typed_row_is_valid (self->lock_row))
    next->lock_date = cs_typed_row_get_date (self->lock_row);
}

/* Settings as typed. The strings that were read are kept in @kept, which must outlive it. */
static CsSettings
collect (CsPreferencesDialog *self, GPtrArray *kept)
{
  CsSettings next = *cs_session_get_settings (self->session);
  struct
  {
    GtkEditable *editable;
    char **field;
  } texts[] = {
    { self->name_row, &next.practice_name },
    { self->actor_row, &next.actor },
    { self->prefix_row, &next.number_prefix },
    { self->client_id_row, &next.client_id },
  };
  guint mode = adw_combo_row_get_selected (self->tax_mode_row);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      *texts[i].field = dup_text (texts[i].editable);
      g_ptr_array_add (kept, *texts[i].field);
    }
  next.default_account_code = (char *)cs_code_row_get_code (self->account_row);
  next.default_tax_type = (char *)cs_code_row_get_code (self->tax_row);
  next.time_zone = (char *)cs_zone_row_get_zone (self->zone_row);
  next.designated_day = (guint)cs_number_row_get_value (self->day_row);
  collect_shape (self, &next);
  next.hold_seconds = cs_number_row_get_value (self->hold_row);
  next.authorise = adw_combo_row_get_selected (self->authorise_row) == 1;
  if (self->number_edited)
    next.number_next = cs_number_row_get_value (self->number_row);
  if (mode < G_N_ELEMENTS (TAX_MODES))
    next.tax_mode = TAX_MODES[mode];
  next.push_email = adw_switch_row_get_active (self->email_row);
  return next;
}

static gboolean
show_error (GtkEditable *editable, GtkLabel *label, const char *wrong)
{
  gtk_label_set_label (label, wrong != NULL ? wrong : "");
  gtk_widget_set_visible (GTK_WIDGET (label), wrong != NULL);
  if (wrong != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (editable), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (editable), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (editable), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  return wrong == NULL;
}

static gboolean
check (CsPreferencesDialog *self, const CsSettings *next)
{
  gboolean is_fine = TRUE;

  is_fine &= show_error (self->name_row, self->name_error, cs_settings_check_name (next->practice_name));
  is_fine &= show_error (self->actor_row, self->actor_error, cs_settings_check_actor (next->actor));
  is_fine
      &= show_error (self->prefix_row, self->prefix_error, cs_settings_check_prefix (next->number_prefix));
  is_fine &= show_error (self->client_id_row, self->client_id_error,
                         cs_settings_check_client_id (next->client_id));
  return is_fine;
}

static void
show_example (CsPreferencesDialog *self, const CsSettings *next)
{
  g_autofree char *number = cs_settings_format_number (next, next->number_next);
  /* Translators: %s is an invoice number such as CS-0001. */
  g_autofree char *text = g_strdup_printf (_ ("The next invoice will be %s"), number);

  gtk_label_set_label (self->number_example, text);
}

/* --- saving --- */

static void
saved_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsPreferencesDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSettings) before = NULL;
  AdwToast *toast;

  if (self->is_closed)
    return;
  if ((before = cs_settled_steal_record (settled, &error)) != NULL)
    {
      /* From within, so that the words are above the dialog. */
      cs_shape_undo_offer_practice (GTK_WIDGET (self->shape_group), self->session, before, data);
      g_clear_pointer (&self->before, cs_settings_free);
      self->before = g_steal_pointer (&before);
      return;
    }
  if (cs_error_is_cancelled (error))
    return;
  toast = g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", error->message, NULL);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), toast);
}

static gboolean
save (CsPreferencesDialog *self)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  CsSettings next = collect (self, kept);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!check (self, &next))
    return FALSE;
  g_clear_pointer (&self->after, cs_settings_free);
  self->after = cs_settings_copy (&next);
  /* The one before, if it still runs, is on its way to the disk all the same. */
  if (self->writing != NULL)
    dex_future_disown (g_steal_pointer (&self->writing));
  self->writing = cs_session_save_settings (self->session, &next);
  return TRUE;
}

static gboolean
on_save_timer (gpointer data)
{
  CsPreferencesDialog *self = data;

  self->timer = 0;
  if (!save (self))
    return G_SOURCE_REMOVE;
  if (self->saving != NULL)
    dex_future_disown (g_steal_pointer (&self->saving));
  self->saving = cs_follow_up (dex_ref (self->writing), self, saved_cb, cs_settings_copy (self->after),
                               (GDestroyNotify)cs_settings_free);
  return G_SOURCE_REMOVE;
}

static void
on_changed (CsPreferencesDialog *self)
{
  g_autoptr (GPtrArray) kept = NULL;
  CsSettings next;

  if (self->is_loading || self->session == NULL)
    return;
  kept = g_ptr_array_new_with_free_func (g_free);
  next = collect (self, kept);
  check (self, &next);
  show_example (self, &next);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (SAVE_AFTER_MS, on_save_timer, self);
}

static void
on_number_changed (CsPreferencesDialog *self)
{
  if (!self->is_loading)
    self->number_edited = TRUE;
  on_changed (self);
}

static gboolean
is_writing (CsPreferencesDialog *self)
{
  return self->writing != NULL && dex_future_is_pending (self->writing);
}

/* What was typed must not be lost, and what was said in here is said in the window. */
static void
cs_preferences_dialog_closed (AdwDialog *dialog)
{
  CsPreferencesDialog *self = CS_PREFERENCES_DIALOG (dialog);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean is_saving = self->timer != 0 ? save (self) : is_writing (self);

  self->is_closed = TRUE;
  if (root == NULL)
    return;
  if (is_saving)
    cs_shape_undo_follow_practice (GTK_WIDGET (root), self->session, dex_ref (self->writing), self->after);
  else if (cs_toast_has_undo (GTK_WIDGET (self->shape_group)))
    cs_shape_undo_offer_practice (GTK_WIDGET (root), self->session, self->before, self->after);
}

/* --- the dialog --- */

static void
fill_accounts (CsPreferencesDialog *self)
{
  GPtrArray *accounts = cs_ledger_lists_get_accounts (self->lists);

  cs_code_row_begin (self->account_row);
  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      const CsLedgerAccount *account = g_ptr_array_index (accounts, i);
      /* Translators: an account's code and its name. */
      g_autofree char *label = g_strdup_printf (_ ("%s, %s"), account->code, account->name);

      cs_code_row_add (self->account_row, account->code, label);
    }
  cs_code_row_end (self->account_row, cs_session_get_settings (self->session)->default_account_code);
}

static void
fill_tax_rates (CsPreferencesDialog *self)
{
  GPtrArray *rates = cs_ledger_lists_get_tax_rates (self->lists);

  cs_code_row_begin (self->tax_row);
  for (guint i = 0; rates != NULL && i < rates->len; i++)
    {
      const CsLedgerTaxRate *rate = g_ptr_array_index (rates, i);

      cs_code_row_add (self->tax_row, rate->tax_type, rate->name);
    }
  cs_code_row_end (self->tax_row, cs_session_get_settings (self->session)->default_tax_type);
}

/* Not while a choice waits to be saved: it would be put back. */
static void
on_lists_changed (CsPreferencesDialog *self)
{
  if (self->timer != 0)
    return;
  fill_accounts (self);
  fill_tax_rates (self);
}

static void
load_shape (CsPreferencesDialog *self, const CsSettings *settings)
{
  g_autoptr (CsShape) shape = cs_settings_make_shape (settings);

  if (shape->values[CS_SHAPE_THEME] == NULL)
    g_set_str (&shape->values[CS_SHAPE_THEME], "");
  cs_shape_rows_fill (self->shape_rows, shape, NULL);
  cs_typed_row_set_today (self->lock_row, cs_session_get_today (self->session));
  cs_typed_row_set_date (self->lock_row, settings->lock_date);
}

static void
add_shape_rows (CsPreferencesDialog *self)
{
  const guint fields = CS_SHAPE_FIELD (CS_SHAPE_TERMS) | CS_SHAPE_FIELD (CS_SHAPE_GROUPING)
                       | CS_SHAPE_FIELD (CS_SHAPE_THEME) | CS_SHAPE_FIELD (CS_SHAPE_TRACKING);
  GPtrArray *widgets;

  self->shape_rows = cs_shape_rows_new (self->lists, fields, FALSE);
  widgets = cs_shape_rows_get_widgets (self->shape_rows);
  for (guint i = 0; i < widgets->len; i++)
    adw_preferences_group_add (self->shape_group, widgets->pdata[i]);
  g_signal_connect_object (self->shape_rows, "edited", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
}

static void
load (CsPreferencesDialog *self)
{
  const CsSettings *settings = cs_session_get_settings (self->session);

  self->is_loading = TRUE;
  load_text (self->name_row, *settings->practice_name != '\0'
                                 ? settings->practice_name
                                 : cs_session_get_practice (self->session)->name);
  load_text (self->actor_row, settings->actor);
  cs_zone_row_set_up (self->zone_row, self->session);
  load_text (self->prefix_row, settings->number_prefix);
  load_text (self->client_id_row, settings->client_id);
  cs_number_row_set_value (self->day_row, (int)settings->designated_day);
  load_shape (self, settings);
  cs_number_row_set_value (self->hold_row, settings->hold_seconds);
  cs_number_row_set_value (self->number_row, (int)MIN (settings->number_next, G_MAXINT));
  adw_combo_row_set_selected (self->authorise_row, settings->authorise ? 1 : 0);
  for (guint i = 0; i < G_N_ELEMENTS (TAX_MODES); i++)
    if (TAX_MODES[i] == settings->tax_mode)
      adw_combo_row_set_selected (self->tax_mode_row, i);
  adw_switch_row_set_active (self->email_row, settings->push_email);
  show_example (self, settings);
  self->is_loading = FALSE;
}

/* What is being edited is newer than anything on disk. */
static gboolean
was_put_back (CsPreferencesDialog *self)
{
  return self->before != NULL && self->timer == 0 && !is_writing (self)
         && cs_settings_equal_shape (self->before, cs_session_get_settings (self->session));
}

static void
on_session_changed (CsPreferencesDialog *self, guint change)
{
  if (!(change & CS_CHANGE_SETTINGS))
    return;
  if (was_put_back (self))
    {
      g_clear_pointer (&self->before, cs_settings_free);
      load (self);
      on_lists_changed (self);
      return;
    }
  if (self->number_edited)
    return;
  /* An acceptance behind the dialog has used a number. */
  self->is_loading = TRUE;
  cs_number_row_set_value (self->number_row,
                           (int)MIN (cs_session_get_settings (self->session)->number_next, G_MAXINT));
  self->is_loading = FALSE;
}

static void
cs_preferences_dialog_dispose (GObject *object)
{
  CsPreferencesDialog *self = CS_PREFERENCES_DIALOG (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->saving != NULL)
    dex_future_disown (g_steal_pointer (&self->saving));
  if (self->writing != NULL)
    dex_future_disown (g_steal_pointer (&self->writing));
  g_clear_pointer (&self->before, cs_settings_free);
  g_clear_pointer (&self->after, cs_settings_free);
  g_clear_object (&self->shape_rows);
  g_clear_object (&self->lists);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PREFERENCES_DIALOG);
  G_OBJECT_CLASS (cs_preferences_dialog_parent_class)->dispose (object);
}

static void
cs_preferences_dialog_class_init (CsPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_CODE_ROW);
  g_type_ensure (CS_TYPE_NUMBER_ROW);
  g_type_ensure (CS_TYPE_ZONE_ROW);
  g_type_ensure (CS_TYPE_TYPED_ROW);

  G_OBJECT_CLASS (klass)->dispose = cs_preferences_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = cs_preferences_dialog_closed;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/settings/cs-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, name_error);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, zone_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, actor_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, actor_error);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, day_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, shape_group);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, lock_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, authorise_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, hold_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, prefix_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, number_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, number_example);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, prefix_error);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, tax_mode_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, account_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, tax_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, email_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, client_id_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesDialog, client_id_error);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_number_changed);
}

static void
cs_preferences_dialog_init (CsPreferencesDialog *self)
{
  self->is_loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_typed_row_set_kind (self->lock_row, CS_TYPED_DATE);
}

/**
 * cs_preferences_dialog_new:
 * @session: the practice whose settings are shown
 *
 * Returns: (transfer floating): a dialog to present
 */
CsPreferencesDialog *
cs_preferences_dialog_new (CsSession *session)
{
  CsPreferencesDialog *self;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  self = g_object_new (CS_TYPE_PREFERENCES_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->lists = cs_ledger_lists_new (session);
  add_shape_rows (self);
  g_signal_connect_object (self->lists, "changed", G_CALLBACK (on_lists_changed), self, G_CONNECT_SWAPPED);
  on_lists_changed (self);
  load (self);
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self), cs_sync_page_new (session));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self), cs_work_page_new (session));
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), self, G_CONNECT_SWAPPED);
  return self;
}
