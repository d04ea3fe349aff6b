/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-number-row.h"

struct _CsNumberRow
{
  AdwActionRow parent_instance;
  GtkSpinButton *spin_button;
};

G_DEFINE_FINAL_TYPE (CsNumberRow, cs_number_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_ADJUSTMENT = 1,
  PROP_VALUE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* A relation to the row would be a circle: the row's own name is what is in it. */
static void
named_cb (CsNumberRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  adw_action_row_get_subtitle (ADW_ACTION_ROW (self)), -1);
}

static void
value_cb (CsNumberRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsNumberRow *self = CS_NUMBER_ROW (object);

  switch (id)
    {
    case PROP_ADJUSTMENT:
      g_value_set_object (value, cs_number_row_get_adjustment (self));
      break;
    case PROP_VALUE:
      g_value_set_int (value, cs_number_row_get_value (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CsNumberRow *self = CS_NUMBER_ROW (object);

  switch (id)
    {
    case PROP_ADJUSTMENT:
      gtk_spin_button_set_adjustment (self->spin_button, g_value_get_object (value));
      break;
    case PROP_VALUE:
      cs_number_row_set_value (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_number_row_class_init (CsNumberRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  properties[PROP_ADJUSTMENT] = g_param_spec_object ("adjustment", NULL, NULL, GTK_TYPE_ADJUSTMENT,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_VALUE]
      = g_param_spec_int ("value", NULL, NULL, G_MININT, G_MAXINT, 0,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
cs_number_row_init (CsNumberRow *self)
{
  self->spin_button = GTK_SPIN_BUTTON (gtk_spin_button_new (NULL, 1, 0));
  gtk_spin_button_set_numeric (self->spin_button, TRUE);
  gtk_editable_set_alignment (GTK_EDITABLE (self->spin_button), 1);
  gtk_widget_set_valign (GTK_WIDGET (self->spin_button), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->spin_button));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->spin_button));
  gtk_widget_add_css_class (GTK_WIDGET (self), "spin");
  /* It may say what was typed last when the row is on its way out. */
  g_signal_connect_object (self->spin_button, "value-changed", G_CALLBACK (value_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::title", G_CALLBACK (named_cb), NULL);
  g_signal_connect (self, "notify::subtitle", G_CALLBACK (named_cb), NULL);
}

/**
 * cs_number_row_get_value:
 * @self: a row
 *
 * Returns: the number that it shows
 */
int
cs_number_row_get_value (CsNumberRow *self)
{
  g_return_val_if_fail (CS_IS_NUMBER_ROW (self), 0);

  return gtk_spin_button_get_value_as_int (self->spin_button);
}

/**
 * cs_number_row_set_value:
 * @self: a row
 * @value: a number; the adjustment's bounds hold
 */
void
cs_number_row_set_value (CsNumberRow *self, int value)
{
  g_return_if_fail (CS_IS_NUMBER_ROW (self));

  gtk_spin_button_set_value (self->spin_button, value);
}

/**
 * cs_number_row_get_adjustment:
 * @self: a row
 *
 * Returns: (transfer none): its bounds and steps
 */
GtkAdjustment *
cs_number_row_get_adjustment (CsNumberRow *self)
{
  g_return_val_if_fail (CS_IS_NUMBER_ROW (self), NULL);

  return gtk_spin_button_get_adjustment (self->spin_button);
}
