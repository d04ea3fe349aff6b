/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-id-selection.h"
#include "cs-record.h"

#define NOWHERE GTK_INVALID_LIST_POSITION

struct _CsIdSelection
{
  GObject parent_instance;
  GListModel *model;
  char *id;       /* (nullable) */
  guint position; /* of the record with that id, or NOWHERE */
};

enum
{
  PROP_0,
  PROP_SELECTED_ID,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

/* --- as a list
 * ---------------------------------------------------------------------------------------------- */

static GType
cs_id_selection_get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (CS_ID_SELECTION (list)->model);
}

static guint
cs_id_selection_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (CS_ID_SELECTION (list)->model);
}

static gpointer
cs_id_selection_get_item_at (GListModel *list, guint position)
{
  return g_list_model_get_item (CS_ID_SELECTION (list)->model, position);
}

static void
cs_id_selection_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = cs_id_selection_get_item_type;
  interface->get_n_items = cs_id_selection_get_n_items;
  interface->get_item = cs_id_selection_get_item_at;
}

/* --- as a selection
 * ----------------------------------------------------------------------------------------- */

static gboolean
cs_id_selection_is_selected (GtkSelectionModel *selection, guint position)
{
  return CS_ID_SELECTION (selection)->position == position && position != NOWHERE;
}

static GtkBitset *
cs_id_selection_get_selection_in_range (GtkSelectionModel *selection, guint position, guint n_items)
{
  CsIdSelection *self = CS_ID_SELECTION (selection);
  GtkBitset *bits = gtk_bitset_new_empty ();

  if (self->position != NOWHERE)
    gtk_bitset_add (bits, self->position);
  return bits;
}

/* Which rows look different after a move from @before to @after. */
static void
tell_moved (CsIdSelection *self, guint before, guint after)
{
  guint first = MIN (before, after);
  guint last = before == NOWHERE ? after : after == NOWHERE ? before : MAX (before, after);

  if (before != after)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first, last - first + 1);
}

static void
take_position (CsIdSelection *self, guint position)
{
  g_autoptr (CsRecord) record = g_list_model_get_item (self->model, position);
  guint before = self->position;
  gboolean is_news = g_set_str (&self->id, record != NULL ? cs_record_get_id (record) : NULL);

  self->position = record != NULL ? position : NOWHERE;
  tell_moved (self, before, self->position);
  if (is_news)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_ID]);
}

static gboolean
cs_id_selection_select_item (GtkSelectionModel *selection, guint position, gboolean unselect_rest)
{
  take_position (CS_ID_SELECTION (selection), position);
  return TRUE;
}

static gboolean
cs_id_selection_unselect_item (GtkSelectionModel *selection, guint position)
{
  CsIdSelection *self = CS_ID_SELECTION (selection);

  if (self->position == position)
    take_position (self, NOWHERE);
  return TRUE;
}

static void
cs_id_selection_selection_model_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = cs_id_selection_is_selected;
  interface->get_selection_in_range = cs_id_selection_get_selection_in_range;
  interface->select_item = cs_id_selection_select_item;
  interface->unselect_item = cs_id_selection_unselect_item;
}

/* --- as sections: those of the model, or one of all
 * ------------------------------------------------------------- */

static void
cs_id_selection_get_section (GtkSectionModel *sections, guint position, guint *start, guint *end)
{
  CsIdSelection *self = CS_ID_SELECTION (sections);
  guint n_items = g_list_model_get_n_items (self->model);

  if (GTK_IS_SECTION_MODEL (self->model))
    {
      gtk_section_model_get_section (GTK_SECTION_MODEL (self->model), position, start, end);
      return;
    }
  *start = position < n_items ? 0 : n_items;
  *end = position < n_items ? n_items : G_MAXUINT;
}

static void
cs_id_selection_section_model_init (GtkSectionModelInterface *interface)
{
  interface->get_section = cs_id_selection_get_section;
}

static void
sections_changed_cb (CsIdSelection *self, guint position, guint n_items)
{
  gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), position, n_items);
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsIdSelection,
                               cs_id_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cs_id_selection_list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL,
                                                          cs_id_selection_section_model_init)
                                       G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                              cs_id_selection_selection_model_init))

/* Looked at while the selected record is missing alone, and then mostly at rows that are new. */
static guint
find_in_range (CsIdSelection *self, guint position, guint n_items)
{
  for (guint i = position; self->id != NULL && i < position + n_items; i++)
    {
      g_autoptr (CsRecord) record = g_list_model_get_item (self->model, i);

      if (g_str_equal (cs_record_get_id (record), self->id))
        return i;
    }
  return NOWHERE;
}

static void
items_changed_cb (CsIdSelection *self, guint position, guint removed, guint added)
{
  gboolean was_here = self->position != NOWHERE;

  if (was_here && self->position >= position + removed)
    self->position += added - removed;
  else if (!was_here)
    self->position = find_in_range (self, position, added);
  else if (self->position >= position)
    /* It may have been put elsewhere before it was taken away here. */
    self->position = find_in_range (self, 0, g_list_model_get_n_items (self->model));
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
cs_id_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_SELECTED_ID)
    g_value_set_string (value, CS_ID_SELECTION (object)->id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cs_id_selection_finalize (GObject *object)
{
  CsIdSelection *self = CS_ID_SELECTION (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (cs_id_selection_parent_class)->finalize (object);
}

static void
cs_id_selection_class_init (CsIdSelectionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = cs_id_selection_get_property;
  object_class->finalize = cs_id_selection_finalize;
  properties[PROP_SELECTED_ID]
      = g_param_spec_string ("selected-id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
cs_id_selection_init (CsIdSelection *self)
{
  self->position = NOWHERE;
}

/** cs_id_selection_new: Returns: (transfer full): a selection over @model (transfer full), of #CsRecord */
CsIdSelection *
cs_id_selection_new (GListModel *model)
{
  CsIdSelection *self = g_object_new (CS_TYPE_ID_SELECTION, NULL);

  self->model = model;
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  if (GTK_IS_SECTION_MODEL (model))
    g_signal_connect_object (model, "sections-changed", G_CALLBACK (sections_changed_cb), self,
                             G_CONNECT_SWAPPED);
  return self;
}

/** cs_id_selection_get_id: Returns: (transfer none) (nullable): which record is selected */
const char *
cs_id_selection_get_id (CsIdSelection *self)
{
  g_return_val_if_fail (CS_IS_ID_SELECTION (self), NULL);

  return self->id;
}

/** cs_id_selection_set_id: selects the record @id (nullable), at once or when it comes. */
void
cs_id_selection_set_id (CsIdSelection *self, const char *id)
{
  guint before;

  g_return_if_fail (CS_IS_ID_SELECTION (self));

  if (!g_set_str (&self->id, id))
    return;
  before = self->position;
  self->position = find_in_range (self, 0, g_list_model_get_n_items (self->model));
  tell_moved (self, before, self->position);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_ID]);
}

/** cs_id_selection_get_position: Returns: where the selected record is now */
guint
cs_id_selection_get_position (CsIdSelection *self)
{
  g_return_val_if_fail (CS_IS_ID_SELECTION (self), NOWHERE);

  return self->position;
}

/** cs_id_selection_get_item: Returns: (transfer none) (nullable): the selected row */
gpointer
cs_id_selection_get_item (CsIdSelection *self)
{
  g_autoptr (GObject) item = NULL;

  g_return_val_if_fail (CS_IS_ID_SELECTION (self), NULL);

  /* The model keeps it alive. */
  item = self->position != NOWHERE ? g_list_model_get_item (self->model, self->position) : NULL;
  return item;
}

/** cs_id_selection_move: Returns: whether a neighbour (the first row, when none was selected) is selected now
 */
gboolean
cs_id_selection_move (CsIdSelection *self, int by)
{
  guint n_items;
  gint64 target;

  g_return_val_if_fail (CS_IS_ID_SELECTION (self), FALSE);

  n_items = g_list_model_get_n_items (self->model);
  target = self->position == NOWHERE ? 0 : (gint64)self->position + by;
  if (target < 0 || target >= n_items || target == self->position)
    return FALSE;
  take_position (self, (guint)target);
  return TRUE;
}
