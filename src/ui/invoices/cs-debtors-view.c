/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-debtors-view.h"

#include "cs-columns.h"
#include "cs-debtor-columns.h"
#include "cs-id-selection.h"
#include "cs-list-keys.h"

#include <glib/gi18n-lib.h>

struct _CsDebtorsView
{
  AdwBin parent_instance;
  GtkStack *stack;
  AdwStatusPage *failed_page;
  AdwStatusPage *empty_page;
  GtkScrolledWindow *scroller;

  CsSession *session;
  CsDebtorList *list;
  CsIdSelection *selection;
  GtkWidget *view; /* (nullable): none until it is known which */
  gboolean is_narrow;
  gboolean is_tight;
  gboolean is_filling;  /* the header follows the order, and not the other way */
  gboolean wants_focus; /* as soon as there is a row */
  gboolean wants_top;   /* another order begins with its first row */
};

G_DEFINE_FINAL_TYPE (CsDebtorsView, cs_debtors_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_SHOWN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- states of the page --- */

static const char *
choose_page (CsDebtorsView *self)
{
  if (g_list_model_get_n_items (cs_debtor_list_get_rows (self->list)) > 0)
    return "content";
  switch (cs_debtor_list_get_state (self->list))
    {
    case CS_LIST_LOADING:
      return "loading";
    case CS_LIST_FAILED:
      return "failed";
    case CS_LIST_READY:
    default:
      return "empty";
    }
}

static void
update (CsDebtorsView *self)
{
  gboolean is_searched = cs_debtor_list_get_n_contacts (self->list) > 0;

  adw_status_page_set_description (self->failed_page, cs_debtor_list_get_problem (self->list));
  adw_status_page_set_title (self->empty_page,
                             is_searched ? _ ("Nobody found") : _ ("Nobody owes you anything"));
  adw_status_page_set_description (
      self->empty_page, is_searched ? _ ("No contact of that name owes you anything.")
                                    : _ ("Whoever has an unpaid invoice is listed here, with since when."));
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
}

static void
scroll_to (CsDebtorsView *self, guint position, GtkListScrollFlags flags)
{
  if (CS_IS_COLUMNS (self->view))
    cs_columns_scroll_to (CS_COLUMNS (self->view), position, flags);
  else
    gtk_list_view_scroll_to (GTK_LIST_VIEW (self->view), position, flags, NULL);
}

static void
shown_cb (CsDebtorsView *self)
{
  update (self);
  if (self->wants_top && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    scroll_to (self, 0, GTK_LIST_SCROLL_NONE);
  self->wants_top = FALSE;
  if (self->wants_focus)
    cs_debtors_view_focus (self);
  g_signal_emit (self, signals[SIGNAL_SHOWN], 0);
}

static void
try_again_cb (CsDebtorsView *self)
{
  cs_debtor_list_reload (self->list);
}

/* --- the list --- */

static void
show_order (CsDebtorsView *self)
{
  CsDebtorColumn sort;
  gboolean is_descending;

  if (!CS_IS_COLUMNS (self->view))
    return;
  cs_debtor_list_get_order (self->list, &sort, &is_descending);
  self->is_filling = TRUE;
  cs_columns_show_sort (CS_COLUMNS (self->view), cs_debtor_column_to_string (sort), is_descending);
  self->is_filling = FALSE;
}

static void
sorted_cb (CsDebtorsView *self)
{
  gboolean is_descending = FALSE;
  CsDebtorColumn sort;
  const char *id;

  if (self->is_filling || !CS_IS_COLUMNS (self->view))
    return;
  id = cs_columns_get_sort (CS_COLUMNS (self->view), &is_descending);
  if (id == NULL || !cs_debtor_column_parse (id, &sort, NULL))
    return;
  self->wants_top = TRUE;
  cs_debtor_list_set_order (self->list, sort, is_descending);
}

static void
activate_cb (CsDebtorsView *self, guint position)
{
  g_autoptr (CsDebtorItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  if (item != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, item);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, gpointer data)
{
  if (key != GDK_KEY_w
      || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (data, "invoices.debtors", NULL);
}

static void
show_view (CsDebtorsView *self)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->view = self->is_narrow ? cs_debtor_rows_new (model, self->session)
                               : cs_debtor_columns_new (model, self->session, self->is_tight);
  if (self->is_narrow)
    gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  else
    {
      cs_columns_set_single_click_activate (CS_COLUMNS (self->view), TRUE);
      g_signal_connect_object (cs_columns_get_sorter (CS_COLUMNS (self->view)), "changed",
                               G_CALLBACK (sorted_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  cs_list_keys_attach (self->view, self->selection);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (self->view, keys);
  gtk_scrolled_window_set_child (self->scroller, self->view);
  show_order (self);
}

/* In the view that goes. */
static gboolean
has_focus (CsDebtorsView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->scroller));
}

/* --- the widget --- */

static void
cs_debtors_view_dispose (GObject *object)
{
  CsDebtorsView *self = CS_DEBTORS_VIEW (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_DEBTORS_VIEW);
  self->view = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_debtors_view_parent_class)->dispose (object);
}

static void
cs_debtors_view_class_init (CsDebtorsViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_debtors_view_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", CS_TYPE_DEBTORS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, CS_TYPE_DEBTOR_ITEM);
  signals[SIGNAL_SHOWN]
      = g_signal_new ("shown", CS_TYPE_DEBTORS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/invoices/cs-debtors-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsDebtorsView, stack);
  gtk_widget_class_bind_template_child (widget_class, CsDebtorsView, failed_page);
  gtk_widget_class_bind_template_child (widget_class, CsDebtorsView, empty_page);
  gtk_widget_class_bind_template_child (widget_class, CsDebtorsView, scroller);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
}

static void
cs_debtors_view_init (CsDebtorsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_debtors_view_new: Returns: (transfer floating): who owes what in @scope; its list is followed by
 * whoever shows it */
GtkWidget *
cs_debtors_view_new (CsSession *session, const CsInvoiceFilter *scope)
{
  CsDebtorsView *self = g_object_new (CS_TYPE_DEBTORS_VIEW, NULL);

  self->session = g_object_ref (session);
  self->list = cs_debtor_list_new (session, scope);
  self->selection = cs_id_selection_new (g_object_ref (cs_debtor_list_get_rows (self->list)));
  g_signal_connect_object (self->list, "shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/** cs_debtors_view_get_list: Returns: (transfer none): what is listed */
CsDebtorList *
cs_debtors_view_get_list (CsDebtorsView *self)
{
  g_return_val_if_fail (CS_IS_DEBTORS_VIEW (self), NULL);

  return self->list;
}

/** cs_debtors_view_set_room: lists in rows of two lines, in columns, or in fewer; nothing before it is said.
 */
void
cs_debtors_view_set_room (CsDebtorsView *self, gboolean is_narrow, gboolean is_tight)
{
  g_return_if_fail (CS_IS_DEBTORS_VIEW (self));

  if (self->view != NULL && self->is_narrow == is_narrow && self->is_tight == is_tight)
    return;
  self->is_narrow = is_narrow;
  self->is_tight = is_tight;
  self->wants_focus = self->wants_focus || has_focus (self);
  show_view (self);
  if (self->wants_focus)
    cs_debtors_view_focus (self);
}

/** cs_debtors_view_focus: at the row that was chosen last, or the first; as soon as there is one. */
void
cs_debtors_view_focus (CsDebtorsView *self)
{
  guint position;

  g_return_if_fail (CS_IS_DEBTORS_VIEW (self));

  self->wants_focus = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0 || self->view == NULL;
  if (self->wants_focus)
    return;
  position = cs_id_selection_get_position (self->selection);
  if (position == GTK_INVALID_LIST_POSITION)
    position = 0;
  /* The list says which row, if the keyboard comes to it; it comes there only then. */
  scroll_to (self, position, GTK_LIST_SCROLL_FOCUS);
  gtk_widget_grab_focus (self->view);
}
