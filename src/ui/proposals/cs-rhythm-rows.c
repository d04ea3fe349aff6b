/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-rhythm-rows.h"
#include "cs-number-row.h"
#include "cs-rhythm-words.h"

#include <glib/gi18n-lib.h>

struct _CsRhythmRows
{
  GObject parent_instance;
  GPtrArray *widgets; /* the three below, which are whose they are put into */
  AdwComboRow *usual_row;
  CsNumberRow *number_row;
  AdwComboRow *unit_row;
  CsBillingRhythm rhythm; /* as the rows say */
  gboolean is_custom;     /* a number and a unit say it */
  gboolean is_filling;    /* we write, nobody edits */
};

G_DEFINE_FINAL_TYPE (CsRhythmRows, cs_rhythm_rows, G_TYPE_OBJECT)

static guint edited_signal;

/* The last choice is none of them. */
static const CsBillingRhythm USUAL[] = {
  { CS_BILLING_UNIT_ONCE, 1 },   { CS_BILLING_UNIT_WEEKS, 1 },  { CS_BILLING_UNIT_WEEKS, 2 },
  { CS_BILLING_UNIT_WEEKS, 4 },  { CS_BILLING_UNIT_MONTHS, 1 }, { CS_BILLING_UNIT_MONTHS, 2 },
  { CS_BILLING_UNIT_MONTHS, 3 }, { CS_BILLING_UNIT_MONTHS, 6 }, { CS_BILLING_UNIT_YEARS, 1 },
};
#define CUSTOM G_N_ELEMENTS (USUAL)

static const CsBillingUnit UNITS[]
    = { CS_BILLING_UNIT_DAYS, CS_BILLING_UNIT_WEEKS, CS_BILLING_UNIT_MONTHS, CS_BILLING_UNIT_YEARS };

/* CUSTOM: it is not usual */
static guint
find_usual (CsBillingRhythm rhythm)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (USUAL) && cs_billing_rhythm_compare (USUAL[i], rhythm) != 0)
    i++;
  return i;
}

/* What is billed once has neither a number nor a unit: they begin with what recurs most often. */
static CsBillingRhythm
get_recurring (CsRhythmRows *self)
{
  return self->rhythm.unit != CS_BILLING_UNIT_ONCE ? self->rhythm : CS_BILLING_MONTHLY;
}

static void
show (CsRhythmRows *self)
{
  CsBillingRhythm recurring = get_recurring (self);
  guint unit = 0;

  while (UNITS[unit] != recurring.unit)
    unit++;
  self->is_filling = TRUE;
  adw_combo_row_set_selected (self->usual_row, self->is_custom ? CUSTOM : find_usual (self->rhythm));
  cs_number_row_set_value (self->number_row, (int)recurring.every);
  adw_combo_row_set_selected (self->unit_row, unit);
  gtk_widget_set_visible (GTK_WIDGET (self->number_row), self->is_custom);
  gtk_widget_set_visible (GTK_WIDGET (self->unit_row), self->is_custom);
  self->is_filling = FALSE;
}

static void
take (CsRhythmRows *self, CsBillingRhythm rhythm)
{
  gboolean is_news = cs_billing_rhythm_compare (rhythm, self->rhythm) != 0;

  self->rhythm = rhythm;
  show (self);
  if (is_news)
    g_signal_emit (self, edited_signal, 0);
}

static void
usual_cb (CsRhythmRows *self)
{
  guint selected = adw_combo_row_get_selected (self->usual_row);

  if (self->is_filling || selected > CUSTOM)
    return;
  self->is_custom = selected == CUSTOM;
  take (self, self->is_custom ? get_recurring (self) : USUAL[selected]);
}

static void
custom_cb (CsRhythmRows *self)
{
  guint unit = adw_combo_row_get_selected (self->unit_row);
  guint every = (guint)cs_number_row_get_value (self->number_row);

  if (!self->is_filling && self->is_custom && unit < G_N_ELEMENTS (UNITS))
    take (self, (CsBillingRhythm){ UNITS[unit], every });
}

/* --- the object --- */

static AdwComboRow *
make_combo (CsRhythmRows *self, const char *title, GCallback selected_func)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  AdwComboRow *row
      = g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "use-subtitle", TRUE, "model", names, NULL);

  g_signal_connect_object (row, "notify::selected", selected_func, self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->widgets, row);
  return row;
}

static void
add_name (AdwComboRow *row, const char *name)
{
  gtk_string_list_append (GTK_STRING_LIST (adw_combo_row_get_model (row)), name);
}

static void
make_usual (CsRhythmRows *self)
{
  self->usual_row = make_combo (self, _ ("Billed"), G_CALLBACK (usual_cb));
  for (gsize i = 0; i < G_N_ELEMENTS (USUAL); i++)
    {
      g_autofree char *name = cs_rhythm_words_name (USUAL[i]);

      add_name (self->usual_row, name);
    }
  /* Translators: any other rhythm of billing: rows with a number and a unit come with it. */
  add_name (self->usual_row, _ ("Custom"));
}

static void
make_custom (CsRhythmRows *self)
{
  GtkAdjustment *adjustment = gtk_adjustment_new (1, 1, CS_BILLING_EVERY_MAX, 1, 3, 0);
  const char *const names[] = { _ ("Days"), _ ("Weeks"), _ ("Months"), _ ("Years") };

  /* Translators: a number stands beside it, and below it days, weeks, months or years. */
  self->number_row
      = g_object_new (CS_TYPE_NUMBER_ROW, "title", _ ("Billed every"), "adjustment", adjustment, NULL);
  g_signal_connect_object (self->number_row, "notify::value", G_CALLBACK (custom_cb), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->widgets, self->number_row);
  /* Translators: of time. */
  self->unit_row = make_combo (self, _ ("Unit"), G_CALLBACK (custom_cb));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    add_name (self->unit_row, names[i]);
}

static void
cs_rhythm_rows_finalize (GObject *object)
{
  g_ptr_array_unref (CS_RHYTHM_ROWS (object)->widgets);
  G_OBJECT_CLASS (cs_rhythm_rows_parent_class)->finalize (object);
}

static void
cs_rhythm_rows_class_init (CsRhythmRowsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_rhythm_rows_finalize;
  edited_signal
      = g_signal_new ("edited", CS_TYPE_RHYTHM_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_rhythm_rows_init (CsRhythmRows *self)
{
  self->widgets = g_ptr_array_new ();
  self->rhythm = CS_BILLING_ONCE;
  self->is_filling = TRUE;
  make_usual (self);
  make_custom (self);
  show (self);
}

/** cs_rhythm_rows_new: Returns: (transfer full): rows of what is billed once */
CsRhythmRows *
cs_rhythm_rows_new (void)
{
  return g_object_new (CS_TYPE_RHYTHM_ROWS, NULL);
}

/** cs_rhythm_rows_get_widgets: Returns: (transfer none) (element-type GtkWidget): the rows, in their order,
 * each floating until somebody takes it */
GPtrArray *
cs_rhythm_rows_get_widgets (CsRhythmRows *self)
{
  g_return_val_if_fail (CS_IS_RHYTHM_ROWS (self), NULL);

  return self->widgets;
}

/**
 * cs_rhythm_rows_fill:
 * @self: the rows
 * @rhythm: how often
 *
 * Shows @rhythm. Filled with what they say already, they go on to say it as they do: who is putting a number
 * and a unit together keeps those, even where they come to what is usual.
 */
void
cs_rhythm_rows_fill (CsRhythmRows *self, CsBillingRhythm rhythm)
{
  g_return_if_fail (CS_IS_RHYTHM_ROWS (self));

  if (cs_billing_rhythm_compare (rhythm, self->rhythm) == 0)
    return;
  self->rhythm = rhythm;
  self->is_custom = find_usual (rhythm) == CUSTOM;
  show (self);
}

/** cs_rhythm_rows_get: Returns: how often, as the rows say */
CsBillingRhythm
cs_rhythm_rows_get (CsRhythmRows *self)
{
  g_return_val_if_fail (CS_IS_RHYTHM_ROWS (self), CS_BILLING_ONCE);

  return self->rhythm;
}
