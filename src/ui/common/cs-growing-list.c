/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-growing-list.h"

struct _CsGrowingList
{
  GObject parent_instance;
  GListModel *list;
  guint n;     /* of @list, as it was when it changed last */
  guint first; /* how many of them come at once */
  guint limit; /* how many of them are shown at most */
  GtkWidget *view;
  guint tick;
};

static GType
cs_growing_list_get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (CS_GROWING_LIST (model)->list);
}

static guint
cs_growing_list_get_n_items (GListModel *model)
{
  CsGrowingList *self = CS_GROWING_LIST (model);

  return MIN (self->n, self->limit);
}

static gpointer
cs_growing_list_get_item (GListModel *model, guint position)
{
  CsGrowingList *self = CS_GROWING_LIST (model);

  return position < self->limit ? g_list_model_get_item (self->list, position) : NULL;
}

static void
cs_growing_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = cs_growing_list_get_item_type;
  interface->get_n_items = cs_growing_list_get_n_items;
  interface->get_item = cs_growing_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsGrowingList,
                               cs_growing_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cs_growing_list_model_init))

static gboolean
tick_cb (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  CsGrowingList *self = data;

  if (cs_growing_list_grow (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
stop (CsGrowingList *self)
{
  if (self->tick != 0 && self->view != NULL)
    gtk_widget_remove_tick_callback (self->view, self->tick);
  self->tick = 0;
}

static void
show (CsGrowingList *self, guint limit, guint n)
{
  guint before = MIN (self->n, self->limit);
  guint after = MIN (n, limit);

  self->limit = limit;
  self->n = n;
  if (after != before)
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (before, after), before - MIN (before, after),
                                after - MIN (before, after));
  if (n > limit && self->view != NULL && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (self->view, tick_cb, self, NULL);
}

/* How many of @n are shown at most, after the end of the list has changed. */
static guint
limit_for (const CsGrowingList *self, guint n)
{
  guint before = MIN (self->n, self->limit);

  if (n <= before)
    return n >= CS_GROWING_LIST_WIDGETS ? G_MAXUINT : n;
  if (before >= CS_GROWING_LIST_WIDGETS)
    return G_MAXUINT;
  return before == 0 ? self->first : before + CS_GROWING_LIST_STEP;
}

static void
items_changed_cb (CsGrowingList *self, guint position, guint removed, guint added)
{
  guint n = g_list_model_get_n_items (self->list);
  guint before = MIN (self->n, self->limit);
  guint after = MIN (n, self->limit);
  guint same = MIN (position, MIN (before, after));

  if (position + removed == self->n && (removed == 0 || added == 0))
    {
      show (self, limit_for (self, n), n);
      return;
    }
  self->n = n;
  if (same < MAX (before, after))
    g_list_model_items_changed (G_LIST_MODEL (self), same, before - same, after - same);
}

static void
cs_growing_list_dispose (GObject *object)
{
  CsGrowingList *self = CS_GROWING_LIST (object);

  cs_growing_list_set_view (self, NULL);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (cs_growing_list_parent_class)->dispose (object);
}

static void
cs_growing_list_class_init (CsGrowingListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = cs_growing_list_dispose;
}

static void
cs_growing_list_init (CsGrowingList *self)
{
  self->limit = self->first = CS_GROWING_LIST_FIRST;
}

/** cs_growing_list_new: Returns: (transfer full): the first rows of @list */
CsGrowingList *
cs_growing_list_new (GListModel *list)
{
  CsGrowingList *self = g_object_new (CS_TYPE_GROWING_LIST, NULL);

  self->list = g_object_ref (list);
  self->n = g_list_model_get_n_items (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * cs_growing_list_set_view:
 * @self: a list
 * @view: (nullable) (transfer none): the one that shows it; without one it stays as it is
 */
void
cs_growing_list_set_view (CsGrowingList *self, GtkWidget *view)
{
  g_return_if_fail (CS_IS_GROWING_LIST (self));

  stop (self);
  g_set_weak_pointer (&self->view, view);
  if (view != NULL)
    show (self, self->limit, self->n);
}

/** cs_growing_list_start_over: only the @n_first rows of a screen are left, so that another view makes no
 * more at once. */
void
cs_growing_list_start_over (CsGrowingList *self, guint n_first)
{
  g_return_if_fail (CS_IS_GROWING_LIST (self));

  self->first = n_first;
  show (self, n_first, self->n);
}

/** cs_growing_list_finish: all rows are there, whatever that takes: somebody goes to one of them. */
void
cs_growing_list_finish (CsGrowingList *self)
{
  g_return_if_fail (CS_IS_GROWING_LIST (self));

  stop (self);
  show (self, G_MAXUINT, self->n);
}

/** cs_growing_list_grow: as a frame does. Returns: whether there is more */
gboolean
cs_growing_list_grow (CsGrowingList *self)
{
  guint shown;

  g_return_val_if_fail (CS_IS_GROWING_LIST (self), FALSE);

  shown = MIN (self->n, self->limit) + CS_GROWING_LIST_STEP;
  show (self, shown >= CS_GROWING_LIST_WIDGETS ? G_MAXUINT : shown, self->n);
  return self->n > self->limit;
}
