/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-browser-private.h"

#include "cs-columns.h"
#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-invoice-columns.h"
#include "cs-list-keys.h"

#include <glib/gi18n-lib.h>

/* How often "12 days overdue" is told anew. */
#define TICK_SECONDS 60
/* Pixels of a row, and of one of two lines, in the smallest letters. */
#define ROW_HEIGHT_MIN 24
#define HIGH_ROW_HEIGHT_MIN 44

G_DEFINE_FINAL_TYPE (CsInvoiceBrowser, cs_invoice_browser, ADW_TYPE_BIN)

enum
{
  SIGNAL_LEAD,
  SIGNAL_OPENED,
  SIGNAL_DEBTORS,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
show_overview (CsInvoiceBrowser *self)
{
  const CsConnection *connection = cs_session_get_connection (self->session);

  if (connection != NULL)
    cs_invoice_overview_set (self->overview, cs_invoice_review_get_sums (self->review), connection->currency,
                             cs_session_get_today (self->session));
}

static void
sums_cb (CsInvoiceBrowser *self)
{
  show_overview (self);
  cs_invoice_browser_show_sums (self);
  cs_invoice_browser_update (self);
}

/* --- the filter and the controls that stand for it --- */

static void
show_filter (CsInvoiceBrowser *self)
{
  self->is_filling = TRUE;
  if (cs_date_is_set (self->filter->from) || cs_date_is_set (self->filter->to))
    gtk_widget_add_css_class (GTK_WIDGET (self->dates_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->dates_button), "accent");
  if (CS_IS_COLUMNS (self->view))
    cs_invoice_columns_show_sort (CS_COLUMNS (self->view), self->filter->sort, self->filter->is_descending);
  self->is_filling = FALSE;
  cs_invoice_overview_set_chosen (self->overview, self->filter->ageing);
  cs_invoice_browser_show_views (self);
}

/* What is being typed is no part of the filter yet: it stays, unless the search itself is another. */
static void
show_search (CsInvoiceBrowser *self, const char *before)
{
  if (g_str_equal (before, self->filter->search)
      || g_str_equal (gtk_editable_get_text (self->search_entry), self->filter->search))
    return;
  self->is_filling = TRUE;
  gtk_editable_set_text (self->search_entry, self->filter->search);
  self->is_filling = FALSE;
}

/** cs_invoice_browser_set_filter: shows what @filter (copied) asks for. */
void
cs_invoice_browser_set_filter (CsInvoiceBrowser *self, const CsInvoiceFilter *filter)
{
  g_autoptr (CsInvoiceFilter) before = NULL;

  g_return_if_fail (CS_IS_INVOICE_BROWSER (self) && filter != NULL);

  before = g_steal_pointer (&self->filter);
  self->filter = cs_invoice_filter_copy (filter);
  cs_invoice_review_set_filter (self->review, self->filter);
  cs_invoice_browser_leave_debtors (self);
  show_search (self, before->search);
  show_filter (self);
}

static void
search_changed_cb (CsInvoiceBrowser *self)
{
  g_autoptr (CsInvoiceFilter) filter = NULL;

  if (self->is_filling || self->filter == NULL)
    return;
  if (self->is_debtors)
    {
      cs_debtor_list_set_search (cs_debtors_view_get_list (self->debtors),
                                 gtk_editable_get_text (self->search_entry));
      return;
    }
  filter = cs_invoice_filter_copy (self->filter);
  g_set_str (&filter->search, gtk_editable_get_text (self->search_entry));
  cs_invoice_browser_set_filter (self, filter);
}

static void
focus_list_cb (CsInvoiceBrowser *self)
{
  if (self->is_debtors)
    cs_debtors_view_focus (self->debtors);
  else if (self->view != NULL)
    gtk_widget_grab_focus (self->view);
}

static void
stop_search_cb (CsInvoiceBrowser *self)
{
  gtk_editable_set_text (self->search_entry, "");
  search_changed_cb (self);
  focus_list_cb (self);
}

/* The same words in every view first; then without them. */
void
cs_invoice_browser_show_everything (CsInvoiceBrowser *self)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_copy (self->filter);

  filter->shown = CS_INVOICES_ALL;
  filter->ageing = CS_AGEING_ANY;
  if (!cs_invoice_browser_has_wider_search (self))
    {
      filter->from = filter->to = CS_DATE_NONE;
      g_set_str (&filter->search, "");
    }
  cs_invoice_browser_set_filter (self, filter);
}

static void
sorted_cb (CsInvoiceBrowser *self)
{
  g_autoptr (CsInvoiceFilter) filter = NULL;

  if (self->is_filling || !CS_IS_COLUMNS (self->view))
    return;
  filter = cs_invoice_filter_copy (self->filter);
  if (cs_invoice_columns_get_sort (CS_COLUMNS (self->view), &filter->sort, &filter->is_descending))
    cs_invoice_browser_set_filter (self, filter);
}

/* What is owed and that old; the bar's word for all ages is its view again. */
static void
age_chosen_cb (CsInvoiceBrowser *self, int ageing)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_copy (self->filter);

  filter->ageing = (CsAgeing)ageing;
  filter->shown = CS_INVOICES_UNPAID;
  cs_invoice_browser_set_filter (self, filter);
}

/* --- the list --- */

/* A list that stands deep in a view would make all of its rows anew. */
static void
switching_cb (CsInvoiceBrowser *self)
{
  if (self->view == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->review)) == 0)
    return;
  if (CS_IS_COLUMNS (self->view))
    cs_columns_scroll_to (CS_COLUMNS (self->view), 0, GTK_LIST_SCROLL_NONE);
  else
    gtk_list_view_scroll_to (GTK_LIST_VIEW (self->view), 0, GTK_LIST_SCROLL_NONE, NULL);
}

static void
lead_cb (CsInvoiceBrowser *self)
{
  g_autoptr (CsInvoiceRow) row = cs_invoice_selection_get_lead_row (self->selection);
  const CsLedgerInvoice *invoice = row != NULL ? cs_invoice_row_get (row) : NULL;

  /* One that is not read yet tells its id when it is; see "changed". */
  if (row != NULL && invoice == NULL)
    {
      g_signal_connect_object (row, "changed", G_CALLBACK (lead_cb), self, G_CONNECT_SWAPPED);
      return;
    }
  if (g_set_str (&self->lead_id, invoice != NULL ? invoice->remote_id : NULL))
    g_signal_emit (self, signals[SIGNAL_LEAD], 0, self->lead_id);
}

static void
chosen_cb (CsInvoiceBrowser *self)
{
  cs_invoice_browser_show_count (self);
}

static void
activate_cb (CsInvoiceBrowser *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

/* The row takes the click first and selects itself; by the time we are idle that is done. */
static gboolean
open_later_cb (gpointer data)
{
  CsInvoiceBrowser *self = data;

  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL
      && cs_invoice_selection_get_keys (self->selection)->count == 1)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0);
  return G_SOURCE_REMOVE;
}

static void
released_cb (CsInvoiceBrowser *self, int n_press, double x, double y, GtkGestureClick *click)
{
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));

  if ((modifiers & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    g_idle_add_full (G_PRIORITY_DEFAULT, open_later_cb, g_object_ref (self), g_object_unref);
}

static void
columns_changed_cb (CsInvoiceBrowser *self)
{
  g_autofree char *text = NULL;

  if (!CS_IS_COLUMNS (self->view) || !cs_saved_views_is_loaded (self->views))
    return;
  text = cs_columns_to_string (CS_COLUMNS (self->view));
  cs_saved_views_remember_columns (self->views, text);
}

static void
watch_columns (CsInvoiceBrowser *self)
{
  CsColumns *view = CS_COLUMNS (self->view);

  if (*cs_saved_views_get_columns (self->views) != '\0')
    cs_columns_apply (view, cs_saved_views_get_columns (self->views));
  cs_columns_watch (view, G_CALLBACK (columns_changed_cb), self);
  g_signal_connect_object (cs_columns_get_sorter (view), "changed", G_CALLBACK (sorted_cb), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
has_list_focus (CsInvoiceBrowser *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->scroller));
}

/* All that the window can show beside what stands above and below, so that the first frame lacks none; and
 * hardly more, as each that nobody sees is made, filled and measured for it, too. The list itself has no
 * height yet when it is asked. */
static guint
count_first_rows (CsInvoiceBrowser *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int height = root != NULL ? gtk_widget_get_height (GTK_WIDGET (root)) : 0;
  int top = 0, bottom = 0;

  if (height == 0)
    return CS_GROWING_LIST_FIRST;
  gtk_widget_measure (self->top_box, GTK_ORIENTATION_VERTICAL, -1, &top, NULL, NULL, NULL);
  gtk_widget_measure (self->bottom_box, GTK_ORIENTATION_VERTICAL, -1, &bottom, NULL, NULL, NULL);
  return (guint)MAX (height - top - bottom, 0) / (self->is_narrow ? HIGH_ROW_HEIGHT_MIN : ROW_HEIGHT_MIN) + 1;
}

static CsCurrency
get_currency (CsInvoiceBrowser *self)
{
  const CsConnection *connection = cs_session_get_connection (self->session);

  return connection != NULL ? connection->currency : (CsCurrency){ "" };
}

/* What was chosen, where the list stood and where the keyboard is survive: both views show one selection. */
static void
show_view (CsInvoiceBrowser *self)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);
  CsGrowingList *rows = cs_invoice_selection_get_rows (self->selection);
  GtkGesture *click = gtk_gesture_click_new ();
  gboolean had_focus = has_list_focus (self);

  cs_growing_list_start_over (rows, count_first_rows (self));
  self->currency = get_currency (self);
  self->view = self->is_narrow ? cs_invoice_rows_new (model, self->session)
                               : cs_invoice_columns_new (model, self->session, self->is_tight);
  if (!self->is_narrow)
    watch_columns (self);
  cs_invoice_browser_show_hint (self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  cs_invoice_browser_attach_keys (self, self->view);
  gtk_scrolled_window_set_child (self->scroller, self->view);
  cs_growing_list_set_view (rows, self->view);
  show_filter (self);
  if (had_focus)
    gtk_widget_grab_focus (self->view);
}

static void
views_changed_cb (CsInvoiceBrowser *self)
{
  if (CS_IS_COLUMNS (self->view) && *cs_saved_views_get_columns (self->views) != '\0')
    cs_columns_apply (CS_COLUMNS (self->view), cs_saved_views_get_columns (self->views));
  cs_invoice_browser_show_views (self);
}

/* How old all of it is, also while nothing can be reached. */
static void
show_note (CsInvoiceBrowser *self)
{
  gint64 synced_ms = cs_session_get_synced_ms (self->session);
  g_autofree char *time = NULL;
  g_autofree char *note = NULL;

  if (synced_ms > 0)
    {
      time = cs_format_time_of_day (synced_ms, cs_session_get_time_zone (self->session));
      /* Translators: %s is the time of day of the last refresh. */
      note = g_strdup_printf (_ ("as of %s"), time);
    }
  gtk_label_set_text (self->note_label, note != NULL ? note : "");
}

/* The currency in the headers is the connection's. Each refresh ends with such a change, and the list that
 * somebody is in is not made anew for it. */
static void
session_changed_cb (CsInvoiceBrowser *self, guint changes)
{
  if ((changes & CS_CHANGE_CONNECTION) == 0)
    return;
  show_note (self);
  if (self->view != NULL && !cs_currency_equal (self->currency, get_currency (self)))
    show_view (self);
}

static gboolean
tick_cb (gpointer data)
{
  CsInvoiceBrowser *self = data;

  cs_invoice_review_look_at_clock (self->review);
  if (self->debtors != NULL)
    cs_debtor_list_look_at_clock (cs_debtors_view_get_list (self->debtors));
  return G_SOURCE_CONTINUE;
}

static void
cs_invoice_browser_dispose (GObject *object)
{
  CsInvoiceBrowser *self = CS_INVOICE_BROWSER (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->loading_source, g_source_remove);
  dex_clear (&self->looking_up);
  dex_clear (&self->saving);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_INVOICE_BROWSER);
  self->view = NULL;
  self->debtors = NULL;
  g_clear_object (&self->actions);
  g_clear_object (&self->views);
  g_clear_object (&self->selection);
  g_clear_object (&self->review);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_invoice_browser_parent_class)->dispose (object);
}

static void
cs_invoice_browser_finalize (GObject *object)
{
  CsInvoiceBrowser *self = CS_INVOICE_BROWSER (object);

  g_clear_pointer (&self->filter, cs_invoice_filter_free);
  g_clear_pointer (&self->everybody, cs_invoice_filter_free);
  g_clear_pointer (&self->deleted, cs_saved_view_free);
  g_clear_object (&self->rest_menu);
  g_free (self->rest_words);
  g_free (self->saved_id);
  g_free (self->lead_id);
  G_OBJECT_CLASS (cs_invoice_browser_parent_class)->finalize (object);
}

static void
cs_invoice_browser_class_init (CsInvoiceBrowserClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_invoice_browser_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_invoice_browser_finalize;
  signals[SIGNAL_LEAD] = g_signal_new ("lead", CS_TYPE_INVOICE_BROWSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", CS_TYPE_INVOICE_BROWSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DEBTORS] = g_signal_new ("debtors", CS_TYPE_INVOICE_BROWSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  g_type_ensure (CS_TYPE_TOTAL_BOXES);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/invoices/cs-invoice-browser.ui");
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, top_box);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, dates_button);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, views_button);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, views_box);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, rest_box);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, total_boxes);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, ageing_bin);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, debtor_bar);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, debtor_label);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, debtors_bin);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, stack);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, loading_bin);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, failed_bin);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, empty_bin);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, instead_bin);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, scroller);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, bottom_box);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, count_label);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, note_label);
  gtk_widget_class_bind_template_child (widget_class, CsInvoiceBrowser, export_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_list_cb);
}

static void
cs_invoice_browser_init (CsInvoiceBrowser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_list_keys_lead (GTK_SEARCH_ENTRY (self->search_entry));
  self->overview = CS_INVOICE_OVERVIEW (cs_invoice_overview_new ());
  adw_bin_set_child (self->ageing_bin, GTK_WIDGET (self->overview));
  g_signal_connect_object (self->overview, "age-chosen", G_CALLBACK (age_chosen_cb), self, G_CONNECT_SWAPPED);
  self->actions = g_simple_action_group_new ();
  cs_invoice_browser_add_actions (self);
  cs_invoice_browser_add_view_actions (self);
  cs_invoice_browser_add_debtor_actions (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "invoices", G_ACTION_GROUP (self->actions));
}

/**
 * cs_invoice_browser_new:
 * @session: whose invoices
 * @scope: of whom, and what is shown first; copied
 *
 * Returns: (transfer floating): the browser
 */
GtkWidget *
cs_invoice_browser_new (CsSession *session, const CsInvoiceFilter *scope)
{
  CsInvoiceBrowser *self = g_object_new (CS_TYPE_INVOICE_BROWSER, NULL);

  self->session = g_object_ref (session);
  self->filter = cs_invoice_filter_copy (scope);
  self->review = cs_invoice_review_new (session, scope);
  self->selection = cs_invoice_selection_new (self->review);
  self->views = cs_saved_views_new (session);
  cs_invoice_dates_attach (self);
  cs_invoice_browser_offer_debtors (self);
  g_signal_connect_object (self->review, "switching", G_CALLBACK (switching_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "shown", G_CALLBACK (cs_invoice_browser_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "notify::state", G_CALLBACK (cs_invoice_browser_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "notify::is-partial", G_CALLBACK (cs_invoice_browser_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "notify::sums", G_CALLBACK (sums_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "lead", G_CALLBACK (lead_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "changed", G_CALLBACK (views_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::synced-ms", G_CALLBACK (show_note), self, G_CONNECT_SWAPPED);
  self->tick_source = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
  cs_invoice_browser_add_export (self);
  show_filter (self);
  show_note (self);
  sums_cb (self);
  return GTK_WIDGET (self);
}

/** cs_invoice_browser_get_review: Returns: (transfer none): what is listed */
CsInvoiceReview *
cs_invoice_browser_get_review (CsInvoiceBrowser *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_BROWSER (self), NULL);

  return self->review;
}

/** cs_invoice_browser_set_room: lists in rows of two lines, in columns, or in fewer; nothing before it is
 * said.
 */
void
cs_invoice_browser_set_room (CsInvoiceBrowser *self, gboolean is_narrow, gboolean is_tight)
{
  g_return_if_fail (CS_IS_INVOICE_BROWSER (self));

  if (self->view != NULL && self->is_narrow == is_narrow && self->is_tight == is_tight)
    return;
  self->is_narrow = is_narrow;
  self->is_tight = is_tight;
  if (self->debtors != NULL)
    cs_debtors_view_set_room (self->debtors, is_narrow, is_tight);
  show_view (self);
}

/** cs_invoice_browser_set_instead: shows @page (nullable) while the scope has no invoice at all. */
void
cs_invoice_browser_set_instead (CsInvoiceBrowser *self, GtkWidget *page)
{
  g_return_if_fail (CS_IS_INVOICE_BROWSER (self));

  adw_bin_set_child (self->instead_bin, page);
  cs_invoice_browser_update (self);
}

/** cs_invoice_browser_get_lead_id: Returns: (transfer none) (nullable): the ledger's id of what was chosen
 * last
 */
const char *
cs_invoice_browser_get_lead_id (CsInvoiceBrowser *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_BROWSER (self), NULL);

  return self->lead_id;
}

static void
looked_up_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceBrowser *self = object;
  g_autoptr (GError) error = NULL;
  g_autofree guint32 *key = cs_settled_steal_record (settled, &error);

  dex_clear (&self->looking_up);
  if (key != NULL)
    cs_invoice_selection_set_key (self->selection, *key);
}

/** cs_invoice_browser_show: chooses the invoice of @remote_id, whether the view lists it or not. */
void
cs_invoice_browser_show (CsInvoiceBrowser *self, const char *remote_id)
{
  g_return_if_fail (CS_IS_INVOICE_BROWSER (self) && remote_id != NULL);

  if (g_set_str (&self->lead_id, remote_id))
    g_signal_emit (self, signals[SIGNAL_LEAD], 0, self->lead_id);
  dex_clear (&self->looking_up);
  self->looking_up
      = cs_follow_up (cs_invoice_review_look_up (self->review, remote_id), self, looked_up_cb, NULL, NULL);
}

/** cs_invoice_browser_focus_search: */
void
cs_invoice_browser_focus_search (CsInvoiceBrowser *self)
{
  g_return_if_fail (CS_IS_INVOICE_BROWSER (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
