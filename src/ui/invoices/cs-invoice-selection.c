/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-selection.h"

#define NOWHERE GTK_INVALID_LIST_POSITION

struct _CsInvoiceSelection
{
  GObject parent_instance;
  CsInvoiceReview *review;
  CsGrowingList *rows; /* those of the review that a view is told of by now */
  CsRowSet *keys;
  guint32 lead_key;
  gboolean has_lead;
  guint lead; /* where it stands, or NOWHERE */
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_LEAD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GType
cs_invoice_selection_get_item_type (GListModel *list)
{
  return CS_TYPE_INVOICE_ROW;
}

static guint
cs_invoice_selection_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (CS_INVOICE_SELECTION (list)->rows));
}

static gpointer
cs_invoice_selection_get_item (GListModel *list, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (CS_INVOICE_SELECTION (list)->rows), position);
}

static void
cs_invoice_selection_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = cs_invoice_selection_get_item_type;
  interface->get_n_items = cs_invoice_selection_get_n_items;
  interface->get_item = cs_invoice_selection_get_item;
}

static gboolean
cs_invoice_selection_is_selected (GtkSelectionModel *model, guint position)
{
  CsInvoiceSelection *self = CS_INVOICE_SELECTION (model);

  return position < cs_invoice_selection_get_n_items (G_LIST_MODEL (self))
         && cs_row_set_has (self->keys, cs_invoice_review_get_key (self->review, position));
}

static GtkBitset *
cs_invoice_selection_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  CsInvoiceSelection *self = CS_INVOICE_SELECTION (model);
  GtkBitset *bits = gtk_bitset_new_empty ();
  guint n = cs_invoice_selection_get_n_items (G_LIST_MODEL (self));
  guint end = n_items > n - MIN (n, position) ? n : position + n_items;

  for (guint i = position; i < end && self->keys->count > 0; i++)
    if (cs_row_set_has (self->keys, cs_invoice_review_get_key (self->review, i)))
      gtk_bitset_add (bits, i);
  return bits;
}

static void
tell (CsInvoiceSelection *self)
{
  guint n = cs_invoice_selection_get_n_items (G_LIST_MODEL (self));

  /* Whoever shows rows looks at those that it shows, whatever the span. */
  if (n > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
take_lead (CsInvoiceSelection *self, guint position)
{
  guint32 key = position != NOWHERE ? cs_invoice_review_get_key (self->review, position) : 0;
  gboolean is_same = self->has_lead == (position != NOWHERE) && self->lead_key == key;

  self->has_lead = position != NOWHERE;
  self->lead_key = key;
  self->lead = position;
  if (!is_same)
    g_signal_emit (self, signals[SIGNAL_LEAD], 0);
}

/* After rows were given up: the next of them leads, if there is one on screen. */
static void
mend_lead (CsInvoiceSelection *self)
{
  if (self->has_lead && !cs_row_set_has (self->keys, self->lead_key))
    take_lead (self, NOWHERE);
}

static gboolean
cs_invoice_selection_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  CsInvoiceSelection *self = CS_INVOICE_SELECTION (model);

  if (unselect_rest)
    cs_row_set_clear (self->keys);
  cs_row_set_add (self->keys, cs_invoice_review_get_key (self->review, position));
  take_lead (self, position);
  tell (self);
  return TRUE;
}

static gboolean
cs_invoice_selection_unselect_item (GtkSelectionModel *model, guint position)
{
  CsInvoiceSelection *self = CS_INVOICE_SELECTION (model);

  cs_row_set_remove (self->keys, cs_invoice_review_get_key (self->review, position));
  mend_lead (self);
  tell (self);
  return TRUE;
}

static gboolean
cs_invoice_selection_select_range (GtkSelectionModel *model,
                                   guint position,
                                   guint n_items,
                                   gboolean unselect_rest)
{
  CsInvoiceSelection *self = CS_INVOICE_SELECTION (model);

  if (unselect_rest)
    cs_row_set_clear (self->keys);
  for (guint i = position; i < position + n_items; i++)
    cs_row_set_add (self->keys, cs_invoice_review_get_key (self->review, i));
  mend_lead (self);
  tell (self);
  return TRUE;
}

static gboolean
cs_invoice_selection_unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  CsInvoiceSelection *self = CS_INVOICE_SELECTION (model);

  for (guint i = position; i < position + n_items; i++)
    cs_row_set_remove (self->keys, cs_invoice_review_get_key (self->review, i));
  mend_lead (self);
  tell (self);
  return TRUE;
}

static gboolean
cs_invoice_selection_select_all (GtkSelectionModel *model)
{
  CsInvoiceSelection *self = CS_INVOICE_SELECTION (model);

  return cs_invoice_selection_select_range (model, 0, g_list_model_get_n_items (G_LIST_MODEL (self->review)),
                                            TRUE);
}

static gboolean
cs_invoice_selection_unselect_all (GtkSelectionModel *model)
{
  CsInvoiceSelection *self = CS_INVOICE_SELECTION (model);

  cs_row_set_clear (self->keys);
  mend_lead (self);
  tell (self);
  return TRUE;
}

static void
cs_invoice_selection_selection_model_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = cs_invoice_selection_is_selected;
  interface->get_selection_in_range = cs_invoice_selection_get_selection_in_range;
  interface->select_item = cs_invoice_selection_select_item;
  interface->unselect_item = cs_invoice_selection_unselect_item;
  interface->select_range = cs_invoice_selection_select_range;
  interface->unselect_range = cs_invoice_selection_unselect_range;
  interface->select_all = cs_invoice_selection_select_all;
  interface->unselect_all = cs_invoice_selection_unselect_all;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsInvoiceSelection,
                               cs_invoice_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cs_invoice_selection_list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          cs_invoice_selection_selection_model_init))

static void
items_changed_cb (CsInvoiceSelection *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* The places have other rows: what is chosen stands elsewhere, or is not shown. */
static void
shown_cb (CsInvoiceSelection *self)
{
  guint found = self->has_lead ? cs_invoice_review_find (self->review, self->lead_key) : G_MAXUINT;

  self->lead = found != G_MAXUINT ? found : NOWHERE;
  if (self->keys->count > 0)
    tell (self);
}

static void
cs_invoice_selection_finalize (GObject *object)
{
  CsInvoiceSelection *self = CS_INVOICE_SELECTION (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->review);
  g_clear_pointer (&self->keys, cs_row_set_free);
  G_OBJECT_CLASS (cs_invoice_selection_parent_class)->finalize (object);
}

static void
cs_invoice_selection_class_init (CsInvoiceSelectionClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_invoice_selection_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", CS_TYPE_INVOICE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LEAD] = g_signal_new ("lead", CS_TYPE_INVOICE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
cs_invoice_selection_init (CsInvoiceSelection *self)
{
  self->keys = cs_row_set_new ();
  self->lead = NOWHERE;
}

/** cs_invoice_selection_new: Returns: (transfer full): nothing chosen of @review yet */
CsInvoiceSelection *
cs_invoice_selection_new (CsInvoiceReview *review)
{
  CsInvoiceSelection *self = g_object_new (CS_TYPE_INVOICE_SELECTION, NULL);

  self->review = g_object_ref (review);
  self->rows = cs_growing_list_new (G_LIST_MODEL (review));
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/** cs_invoice_selection_get_rows: Returns: (transfer none): what a view is told of by now */
CsGrowingList *
cs_invoice_selection_get_rows (CsInvoiceSelection *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_SELECTION (self), NULL);

  return self->rows;
}

/** cs_invoice_selection_get_keys: Returns: (transfer none): of the chosen rows, until "chosen" */
const CsRowSet *
cs_invoice_selection_get_keys (CsInvoiceSelection *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_SELECTION (self), NULL);

  return self->keys;
}

/** cs_invoice_selection_get_lead: Returns: where the leading row stands, %GTK_INVALID_LIST_POSITION: nowhere
 */
guint
cs_invoice_selection_get_lead (CsInvoiceSelection *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_SELECTION (self), NOWHERE);

  return self->lead;
}

/** cs_invoice_selection_get_lead_row: Returns: (transfer full) (nullable): the leading row, if it is shown */
CsInvoiceRow *
cs_invoice_selection_get_lead_row (CsInvoiceSelection *self)
{
  g_return_val_if_fail (CS_IS_INVOICE_SELECTION (self), NULL);

  return self->lead != NOWHERE ? g_list_model_get_item (G_LIST_MODEL (self->review), self->lead) : NULL;
}

/** cs_invoice_selection_set_key: chooses the invoice of @key alone, which may be shown or not. */
void
cs_invoice_selection_set_key (CsInvoiceSelection *self, guint32 key)
{
  guint found;

  g_return_if_fail (CS_IS_INVOICE_SELECTION (self));

  cs_row_set_clear (self->keys);
  cs_row_set_add (self->keys, key);
  found = cs_invoice_review_find (self->review, key);
  self->has_lead = TRUE;
  self->lead_key = key;
  self->lead = found != G_MAXUINT ? found : NOWHERE;
  tell (self);
}

/** cs_invoice_selection_move: Returns: whether a neighbour, or else the first row, is chosen now */
gboolean
cs_invoice_selection_move (CsInvoiceSelection *self, int by)
{
  guint n;
  gint64 target;

  g_return_val_if_fail (CS_IS_INVOICE_SELECTION (self), FALSE);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->review));
  target = self->lead == NOWHERE ? 0 : (gint64)self->lead + by;
  if (target < 0 || target >= n || target == self->lead)
    return FALSE;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self), (guint)target, TRUE);
  return TRUE;
}
