/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-column-cell.h"

struct _CsColumnCell
{
  GObject parent_instance;
  CsColumnRow *row; /* (nullable): unowned */
  guint column;
  GtkATContext *context;
};

enum
{
  PROP_0,
  PROP_ACCESSIBLE_ROLE
};

static GtkATContext *
get_at_context (GtkAccessible *accessible)
{
  CsColumnCell *self = CS_COLUMN_CELL (accessible);

  if (self->context == NULL && self->row != NULL)
    self->context = gtk_at_context_create (GTK_ACCESSIBLE_ROLE_GRID_CELL, accessible,
                                           gtk_widget_get_display (GTK_WIDGET (self->row)));
  return self->context != NULL ? g_object_ref (self->context) : NULL;
}

static gboolean
get_platform_state (GtkAccessible *accessible, GtkAccessiblePlatformState state)
{
  return FALSE;
}

static GtkAccessible *
get_accessible_parent (GtkAccessible *accessible)
{
  CsColumnCell *self = CS_COLUMN_CELL (accessible);

  return self->row != NULL ? GTK_ACCESSIBLE (g_object_ref (self->row)) : NULL;
}

static GtkAccessible *
get_first_accessible_child (GtkAccessible *accessible)
{
  return NULL;
}

static GtkAccessible *
get_next_accessible_sibling (GtkAccessible *accessible)
{
  CsColumnCell *self = CS_COLUMN_CELL (accessible);

  return self->row != NULL ? cs_column_row_dup_accessible_after (self->row, self->column) : NULL;
}

static gboolean
get_bounds (GtkAccessible *accessible, int *x, int *y, int *width, int *height)
{
  CsColumnCell *self = CS_COLUMN_CELL (accessible);

  return self->row != NULL && cs_column_row_get_bounds (self->row, self->column, x, y, width, height);
}

static void
cs_column_cell_accessible_init (GtkAccessibleInterface *interface)
{
  interface->get_at_context = get_at_context;
  interface->get_platform_state = get_platform_state;
  interface->get_accessible_parent = get_accessible_parent;
  interface->get_first_accessible_child = get_first_accessible_child;
  interface->get_next_accessible_sibling = get_next_accessible_sibling;
  interface->get_bounds = get_bounds;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsColumnCell,
                               cs_column_cell,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE, cs_column_cell_accessible_init))

static void
cs_column_cell_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_ACCESSIBLE_ROLE)
    g_value_set_enum (value, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

/* The interface has it be settable; it is always the same. */
static void
cs_column_cell_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id != PROP_ACCESSIBLE_ROLE)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

/* Not later: as it ends, the context asks whose it is. */
static void
cs_column_cell_dispose (GObject *object)
{
  g_clear_object (&CS_COLUMN_CELL (object)->context);
  G_OBJECT_CLASS (cs_column_cell_parent_class)->dispose (object);
}

static void
cs_column_cell_class_init (CsColumnCellClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = cs_column_cell_get_property;
  object_class->set_property = cs_column_cell_set_property;
  object_class->dispose = cs_column_cell_dispose;
  g_object_class_override_property (object_class, PROP_ACCESSIBLE_ROLE, "accessible-role");
}

static void
cs_column_cell_init (CsColumnCell *self)
{
}

/** cs_column_cell_new: Returns: (transfer full): that of @column in @row */
CsColumnCell *
cs_column_cell_new (CsColumnRow *row, guint column)
{
  CsColumnCell *self = g_object_new (CS_TYPE_COLUMN_CELL, NULL);

  self->row = row;
  self->column = column;
  return self;
}

/** cs_column_cell_part: its row is gone, though somebody may still hold the cell. */
void
cs_column_cell_part (CsColumnCell *self)
{
  self->row = NULL;
}

/** cs_column_cell_say: tells @words, and @note (nullable) beside them. */
void
cs_column_cell_say (CsColumnCell *self, const char *words, const char *note)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, note != NULL ? note : "", -1);
}
