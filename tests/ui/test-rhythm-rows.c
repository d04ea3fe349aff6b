/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often a service is billed: what is usual at one choice, all else by a number and a unit [U-14]. */
#include "cs-rhythm-rows.h"

#include "cs-number-row.h"

typedef struct
{
  CsRhythmRows *rows;
  GtkListBox *list;
  AdwComboRow *usual;
  CsNumberRow *number;
  AdwComboRow *unit;
  guint n_edits;
} Fixture;

enum
{
  DAYS,
  WEEKS,
  MONTHS,
  YEARS,
};

static void
edited_cb (Fixture *fixture)
{
  fixture->n_edits++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GPtrArray *widgets;

  fixture->rows = cs_rhythm_rows_new ();
  fixture->list = GTK_LIST_BOX (g_object_ref_sink (gtk_list_box_new ()));
  widgets = cs_rhythm_rows_get_widgets (fixture->rows);
  g_assert_cmpuint (widgets->len, ==, 3);
  for (guint i = 0; i < widgets->len; i++)
    gtk_list_box_append (fixture->list, widgets->pdata[i]);
  fixture->usual = ADW_COMBO_ROW (widgets->pdata[0]);
  fixture->number = CS_NUMBER_ROW (widgets->pdata[1]);
  fixture->unit = ADW_COMBO_ROW (widgets->pdata[2]);
  g_signal_connect_swapped (fixture->rows, "edited", G_CALLBACK (edited_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  guint n_edits = fixture->n_edits;

  g_object_unref (fixture->list);
  g_assert_cmpuint (fixture->n_edits, ==, n_edits); /* on their way out they say nothing */
  g_object_unref (fixture->rows);
}

static void
choose (AdwComboRow *row, const char *name)
{
  GListModel *names = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (names); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (names), i), name))
      {
        adw_combo_row_set_selected (row, i);
        return;
      }
  g_assert_not_reached ();
}

static void
assert_says (Fixture *fixture, CsBillingUnit unit, guint every)
{
  CsBillingRhythm rhythm = cs_rhythm_rows_get (fixture->rows);

  g_assert_cmpint (rhythm.unit, ==, unit);
  g_assert_cmpuint (rhythm.every, ==, every);
}

static void
assert_usual (Fixture *fixture, const char *name)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (fixture->usual);

  g_assert_cmpstr (gtk_string_object_get_string (chosen), ==, name);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->number)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->unit)));
}

static void
assert_custom (Fixture *fixture, int number, guint unit)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (fixture->usual);

  g_assert_cmpstr (gtk_string_object_get_string (chosen), ==, "Custom");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->number)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->unit)));
  g_assert_cmpint (cs_number_row_get_value (fixture->number), ==, number);
  g_assert_cmpuint (adw_combo_row_get_selected (fixture->unit), ==, unit);
}

/* U-14: each number of days, weeks, months and years */
static void
test_any_rhythm (Fixture *fixture, gconstpointer data)
{
  static const char *const units[] = { "Days", "Weeks", "Months", "Years" };

  cs_rhythm_rows_fill (fixture->rows, CS_BILLING_MONTHLY);
  choose (fixture->usual, "Custom");
  assert_custom (fixture, 1, MONTHS);
  g_assert_cmpuint (fixture->n_edits, ==, 0); /* it is billed as before */
  cs_number_row_set_value (fixture->number, 5);
  assert_says (fixture, CS_BILLING_UNIT_MONTHS, 5);
  g_assert_cmpuint (fixture->n_edits, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      choose (fixture->unit, units[i]);
      assert_says (fixture, CS_BILLING_UNIT_DAYS + i, 5);
    }
  cs_number_row_set_value (fixture->number, 0);
  assert_says (fixture, CS_BILLING_UNIT_YEARS, 1);
  cs_number_row_set_value (fixture->number, G_MAXINT);
  assert_says (fixture, CS_BILLING_UNIT_YEARS, CS_BILLING_EVERY_MAX);
}

/* U-14: what the domain may bill, a proposal that comes to be shown has it, too */
static void
test_shows_any (Fixture *fixture, gconstpointer data)
{
  cs_rhythm_rows_fill (fixture->rows, (CsBillingRhythm){ CS_BILLING_UNIT_DAYS, 10 });
  assert_custom (fixture, 10, DAYS);
  cs_rhythm_rows_fill (fixture->rows, (CsBillingRhythm){ CS_BILLING_UNIT_WEEKS, 4 });
  assert_usual (fixture, "Every 4 weeks");
  cs_rhythm_rows_fill (fixture->rows, (CsBillingRhythm){ CS_BILLING_UNIT_YEARS, 2 });
  assert_custom (fixture, 2, YEARS);
  cs_rhythm_rows_fill (fixture->rows, CS_BILLING_ONCE);
  assert_usual (fixture, "Upfront");
  g_assert_cmpuint (fixture->n_edits, ==, 0);
}

/* What the rows say is billed, at every moment: they can't say how often with once behind them. */
static void
test_custom_from_once (Fixture *fixture, gconstpointer data)
{
  assert_usual (fixture, "Upfront");
  choose (fixture->usual, "Custom");
  assert_custom (fixture, 1, MONTHS);
  assert_says (fixture, CS_BILLING_UNIT_MONTHS, 1);
  g_assert_cmpuint (fixture->n_edits, ==, 1);
}

/* Saved and read again on the way, they are not taken from under the hand that fills them in. */
static void
test_stays_custom (Fixture *fixture, gconstpointer data)
{
  choose (fixture->usual, "Custom");
  cs_number_row_set_value (fixture->number, 3);
  cs_rhythm_rows_fill (fixture->rows, (CsBillingRhythm){ CS_BILLING_UNIT_MONTHS, 3 });
  assert_custom (fixture, 3, MONTHS);
  choose (fixture->usual, "Every 2 weeks");
  assert_usual (fixture, "Every 2 weeks");
  assert_says (fixture, CS_BILLING_UNIT_WEEKS, 2);
  choose (fixture->usual, "Custom");
  assert_custom (fixture, 2, WEEKS);
}

#define ADD(name, func) g_test_add ("/ui/rhythm-rows/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  adw_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("U-14-any-rhythm", test_any_rhythm);
  ADD ("U-14-shows-any-rhythm", test_shows_any);
  ADD ("custom-from-once-bills-monthly", test_custom_from_once);
  ADD ("custom-stays-while-it-is-filled-in", test_stays_custom);
  return g_test_run ();
}
