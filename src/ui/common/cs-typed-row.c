/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-typed-row.h"
#include "cs-format.h"

#include <glib/gi18n-lib.h>

#define PRICE_PLACES_MIN 2

struct _CsTypedRow
{
  AdwEntryRow parent_instance;
  CsTypedKind kind;
  GtkLabel *understood_label;
  CsDate today;
  int least;
  int most;
  gboolean is_filling; /* we write the text, nobody types */
  gboolean is_valid;
  CsDecimal decimal;
  CsDate date;
};

G_DEFINE_FINAL_TYPE (CsTypedRow, cs_typed_row, ADW_TYPE_ENTRY_ROW)

static guint value_changed_signal;

static char *
write_value (CsTypedRow *self)
{
  if (self->kind == CS_TYPED_DATE)
    return cs_format_date (self->date);
  return cs_format_decimal (self->decimal, self->kind == CS_TYPED_PRICE ? PRICE_PLACES_MIN : 0);
}

static gboolean
read_whole (CsTypedRow *self, CsDecimal decimal, GError **error)
{
  if (decimal.units % CS_DECIMAL_ONE == 0 && decimal.units >= self->least * CS_DECIMAL_ONE
      && decimal.units <= self->most * CS_DECIMAL_ONE)
    return TRUE;
  g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE, _ ("A whole number from %d to %d"), self->least,
               self->most);
  return FALSE;
}

static gboolean
read_value (CsTypedRow *self, const char *text, GError **error)
{
  CsDecimal decimal;

  if (self->kind == CS_TYPED_DATE)
    {
      if (*text != '\0')
        return cs_parse_typed_date (text, self->today, &self->date, error);
      self->date = CS_DATE_NONE;
      return TRUE;
    }
  if (!cs_parse_typed_decimal (text, &decimal, error)
      || (self->kind == CS_TYPED_WHOLE && !read_whole (self, decimal, error)))
    return FALSE;
  self->decimal = decimal;
  return TRUE;
}

static void
show_understood (CsTypedRow *self, const char *typed, const char *problem)
{
  g_autofree char *tidy = problem == NULL ? write_value (self) : NULL;
  const char *said = problem != NULL ? problem : tidy;

  /* Nothing to say when the text is what we would write ourselves. */
  gtk_label_set_text (self->understood_label, g_strcmp0 (typed, said) == 0 ? "" : said);
  gtk_widget_set_visible (GTK_WIDGET (self->understood_label), g_strcmp0 (typed, said) != 0);
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
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self));
  g_autoptr (GError) error = NULL;

  if (self->is_filling)
    return;
  self->is_valid = read_value (self, typed, &error);
  show_understood (self, typed, error != NULL ? error->message : NULL);
  if (self->is_valid)
    g_signal_emit (self, value_changed_signal, 0);
}

static void
fill (CsTypedRow *self)
{
  g_autofree char *text = write_value (self);

  self->is_valid = TRUE;
  self->is_filling = TRUE;
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (self))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self), text);
  self->is_filling = FALSE;
  show_understood (self, text, NULL);
}

static void
left_cb (CsTypedRow *self)
{
  /* What was not understood goes with the keyboard: what is on screen is what will be billed. */
  fill (self);
}

static gboolean
has_focus (CsTypedRow *self)
{
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (self));

  return delegate != NULL && gtk_widget_has_focus (GTK_WIDGET (delegate));
}

static void
cs_typed_row_class_init (CsTypedRowClass *class)
{
  value_changed_signal = g_signal_new ("value-changed", CS_TYPE_TYPED_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
cs_typed_row_init (CsTypedRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->today = self->date = CS_DATE_NONE;
  self->is_valid = TRUE;
  self->most = G_MAXINT16;
  self->understood_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->understood_label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (GTK_WIDGET (self->understood_label), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->understood_label), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->understood_label), "dimmed");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->understood_label));
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

  self->kind = kind;
}

/** cs_typed_row_set_limits: of a whole number. */
void
cs_typed_row_set_limits (CsTypedRow *self, int least, int most)
{
  g_return_if_fail (CS_IS_TYPED_ROW (self) && least <= most);

  self->least = least;
  self->most = most;
}

/** cs_typed_row_set_today: what "tomorrow" is measured from. */
void
cs_typed_row_set_today (CsTypedRow *self, CsDate today)
{
  g_return_if_fail (CS_IS_TYPED_ROW (self));

  self->today = today;
}

/** cs_typed_row_is_valid: Returns: whether what is typed was understood */
gboolean
cs_typed_row_is_valid (CsTypedRow *self)
{
  g_return_val_if_fail (CS_IS_TYPED_ROW (self), FALSE);

  return self->is_valid;
}

/** cs_typed_row_set_decimal: shows @decimal, unless the person is typing here. */
void
cs_typed_row_set_decimal (CsTypedRow *self, CsDecimal decimal)
{
  g_return_if_fail (CS_IS_TYPED_ROW (self));

  if (has_focus (self))
    return;
  self->decimal = decimal;
  fill (self);
}

/** cs_typed_row_get_decimal: Returns: the last valid value */
CsDecimal
cs_typed_row_get_decimal (CsTypedRow *self)
{
  g_return_val_if_fail (CS_IS_TYPED_ROW (self), CS_DECIMAL (0));

  return self->decimal;
}

/** cs_typed_row_set_whole: as cs_typed_row_set_decimal(). */
void
cs_typed_row_set_whole (CsTypedRow *self, int whole)
{
  cs_typed_row_set_decimal (self, CS_DECIMAL (whole));
}

/** cs_typed_row_get_whole: Returns: the last valid value */
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
  self->date = date;
  fill (self);
}

/** cs_typed_row_get_date: Returns: the last valid date, perhaps not set */
CsDate
cs_typed_row_get_date (CsTypedRow *self)
{
  g_return_val_if_fail (CS_IS_TYPED_ROW (self), CS_DATE_NONE);

  return self->date;
}
