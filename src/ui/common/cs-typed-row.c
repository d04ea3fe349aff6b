/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-typed-row.h"
struct _CsTypedRow
{
  AdwEntryRow parent_instance;
  GtkLabel *understood_label;
  CsTypedValue value;
  gboolean is_filling; /* we write the text, nobody types */
};

G_DEFINE_FINAL_TYPE (CsTypedRow, cs_typed_row, ADW_TYPE_ENTRY_ROW)

static guint value_changed_signal;

/* The box that the row has them in takes room even when nothing of it is seen. */
static void
show_suffixes (CsTypedRow *self, gboolean is_said)
{
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (self->understood_label));

  if (box != NULL)
    gtk_widget_set_visible (box, is_said);
}

static void
show_understood (CsTypedRow *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self));
  const char *problem = self->value.problem;
  g_autofree char *tidy = cs_typed_value_write (&self->value);
  const char *said = problem != NULL ? problem : tidy;
  /* Nothing to say when the text is what we would write ourselves. */
  gboolean is_said = problem != NULL || g_strcmp0 (typed, said) != 0;

  gtk_label_set_text (self->understood_label, is_said ? said : "");
  gtk_widget_set_visible (GTK_WIDGET (self->understood_label), is_said);
  show_suffixes (self, is_said);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), problem);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_text (self->understood_label), -1);
}

static void
typed_cb (CsTypedRow *self)
{
  if (self->is_filling)
    return;
  cs_typed_value_read (&self->value, gtk_editable_get_text (GTK_EDITABLE (self)));
  show_understood (self);
  g_signal_emit (self, value_changed_signal, 0);
}

/* What was not understood stays for the person to mend. */
static void
fill (CsTypedRow *self)
{
  g_autofree char *text = NULL;

  if (!self->value.is_valid)
    return;
  text = cs_typed_value_write (&self->value);
  self->is_filling = TRUE;
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (self))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self), text);
  self->is_filling = FALSE;
  show_understood (self);
}

static void
left_cb (CsTypedRow *self)
{
  cs_typed_value_settle (&self->value);
  fill (self);
}

static gboolean
has_focus (CsTypedRow *self)
{
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (self));

  return delegate != NULL && gtk_widget_has_focus (GTK_WIDGET (delegate));
}

static void
cs_typed_row_finalize (GObject *object)
{
  cs_typed_value_clear (&CS_TYPED_ROW (object)->value);
  G_OBJECT_CLASS (cs_typed_row_parent_class)->finalize (object);
}

static void
cs_typed_row_class_init (CsTypedRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_typed_row_finalize;
  value_changed_signal = g_signal_new ("value-changed", CS_TYPE_TYPED_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
cs_typed_row_init (CsTypedRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  cs_typed_value_init (&self->value);
  self->understood_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->understood_label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (GTK_WIDGET (self->understood_label), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->understood_label), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->understood_label), "dimmed");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->understood_label));
  show_suffixes (self, FALSE);
  g_signal_connect (self, "changed", G_CALLBACK (typed_cb), NULL);
  g_signal_connect (self, "entry-activated", G_CALLBACK (left_cb), NULL);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/** cs_typed_row_set_kind: what is typed here. */
void
cs_typed_row_set_kind (CsTypedRow *self, CsTypedKind kind)
{
  g_return_if_fail (CS_IS_TYPED_ROW (self));

  self->value.kind = kind;
}

/** cs_typed_row_set_limits: of a whole number. */
void
cs_typed_row_set_limits (CsTypedRow *self, int least, int most)
{
  g_return_if_fail (CS_IS_TYPED_ROW (self) && least <= most);

  self->value.least = least;
  self->value.most = most;
}

/** cs_typed_row_set_today: what "tomorrow" is measured from. */
void
cs_typed_row_set_today (CsTypedRow *self, CsDate today)
{
  g_return_if_fail (CS_IS_TYPED_ROW (self));

  self->value.today = today;
}

/** cs_typed_row_is_valid: Returns: whether what is typed was understood */
gboolean
cs_typed_row_is_valid (CsTypedRow *self)
{
  g_return_val_if_fail (CS_IS_TYPED_ROW (self), FALSE);

  return self->value.is_valid;
}

/** cs_typed_row_set_decimal: shows @decimal, unless the person is typing here. */
void
cs_typed_row_set_decimal (CsTypedRow *self, CsDecimal decimal)
{
  g_return_if_fail (CS_IS_TYPED_ROW (self));

  if (has_focus (self))
    return;
  cs_typed_value_set_decimal (&self->value, decimal);
  fill (self);
}

/** cs_typed_row_get_decimal: Returns: the value; nought while what is typed is not understood */
CsDecimal
cs_typed_row_get_decimal (CsTypedRow *self)
{
  g_return_val_if_fail (CS_IS_TYPED_ROW (self), CS_DECIMAL (0));

  return self->value.decimal;
}

/** cs_typed_row_set_whole: as cs_typed_row_set_decimal(). */
void
cs_typed_row_set_whole (CsTypedRow *self, int whole)
{
  cs_typed_row_set_decimal (self, CS_DECIMAL (whole));
}

/** cs_typed_row_get_whole: Returns: the value; the one before while what is typed is not understood */
int
cs_typed_row_get_whole (CsTypedRow *self)
{
  return (int)(cs_typed_row_get_decimal (self).units / CS_DECIMAL_ONE);
}

/** cs_typed_row_set_date: shows @date, which may not be set, unless the person is typing here. */
void
cs_typed_row_set_date (CsTypedRow *self, CsDate date)
{
  g_return_if_fail (CS_IS_TYPED_ROW (self));

  if (has_focus (self))
    return;
  cs_typed_value_set_date (&self->value, date);
  fill (self);
}

/** cs_typed_row_get_date: Returns: the date, perhaps not set; the one before while what is typed is not
 * understood */
CsDate
cs_typed_row_get_date (CsTypedRow *self)
{
  g_return_val_if_fail (CS_IS_TYPED_ROW (self), CS_DATE_NONE);

  return self->value.date;
}
