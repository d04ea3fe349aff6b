/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-shape-rows.h"

#include "cs-number-row.h"
#include "cs-shape-choice.h"
#include "cs-shape-words.h"

#include <glib/gi18n-lib.h>

/* Those in use, and those that are gone but still chosen here, so that a person can let go of them. */
#define TRACKING_ROWS (2 * CS_SHAPE_TRACKING_MAX)

struct _CsShapeRows
{
  GObject parent_instance;
  CsLedgerLists *lists;
  GPtrArray *widgets; /* their parents own them */
  CsShapeChoice choices[CS_SHAPE_N_FIELDS];
  CsShapeChoice tracking[TRACKING_ROWS];
  char *categories[TRACKING_ROWS]; /* which category a row is about; (nullable) */
  CsNumberRow *number_row;         /* of the terms */
  AdwEntryRow *series_row;
  gboolean may_inherit;
  gboolean is_filling;
  CsShape *shape;
  CsShape *inherited; /* as texts, with whose word it is in sources */
  CsShapeLevel sources[CS_SHAPE_N_FIELDS];
};

G_DEFINE_FINAL_TYPE (CsShapeRows, cs_shape_rows, G_TYPE_OBJECT)

static guint edited_signal;

static void show_all (CsShapeRows *self);

/* --- edits --- */

static void
tell (CsShapeRows *self)
{
  g_signal_emit (self, edited_signal, 0);
}

static CsTerms
get_terms (const char *text)
{
  CsTerms terms = { CS_TERMS_INHERITED, 0 };

  cs_terms_parse (text, &terms, NULL);
  return terms;
}

/* A day of the month is another thing than a number of days, and ends at 31. */
static void
show_number (CsShapeRows *self, CsTermsKind kind)
{
  GtkAdjustment *adjustment = cs_number_row_get_adjustment (self->number_row);
  gboolean is_day = kind == CS_TERMS_OF_NEXT_MONTH;
  gboolean was_filling = self->is_filling;

  self->is_filling = TRUE; /* what is out of the new bounds moves, which is part of the choice */
  gtk_adjustment_set_lower (adjustment, is_day ? 1 : 0);
  gtk_adjustment_set_upper (adjustment, is_day ? 31 : CS_TERMS_DAYS_MAX);
  self->is_filling = was_filling;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->number_row),
                                 is_day ? _ ("Day of the month") : _ ("Days"));
  gtk_widget_set_visible (GTK_WIDGET (self->number_row), kind != CS_TERMS_INHERITED);
}

/* The kind alone is chosen; its number is beside it. */
static void
take_terms (CsShapeRows *self)
{
  const char *chosen = cs_shape_choice_get (&self->choices[CS_SHAPE_TERMS]);
  CsTerms terms = get_terms (chosen);
  g_autofree char *text = NULL;

  show_number (self, terms.kind);
  terms.number = cs_number_row_get_value (self->number_row);
  text = cs_terms_to_string (terms);
  if (g_set_str (&self->shape->values[CS_SHAPE_TERMS], chosen != NULL ? text : NULL))
    tell (self);
}

static void
take_choice (CsShapeRows *self, CsShapeField field)
{
  if (field == CS_SHAPE_TERMS)
    take_terms (self);
  else if (g_set_str (&self->shape->values[field], cs_shape_choice_get (&self->choices[field])))
    tell (self);
}

static void
take_tracking (CsShapeRows *self, guint index)
{
  char **text = &self->shape->values[CS_SHAPE_TRACKING];
  g_autofree char *next = NULL;

  if (self->categories[index] == NULL)
    return;
  next = cs_shape_tracking_set (*text, self->categories[index], cs_shape_choice_get (&self->tracking[index]));
  if (g_set_str (text, next))
    tell (self);
}

static void
selected_cb (GObject *row, GParamSpec *spec, CsShapeRows *self)
{
  if (self->is_filling)
    return;
  for (guint i = 0; i < CS_SHAPE_N_FIELDS; i++)
    if ((GObject *)self->choices[i].row == row)
      take_choice (self, (CsShapeField)i);
  for (guint i = 0; i < TRACKING_ROWS; i++)
    if ((GObject *)self->tracking[i].row == row)
      take_tracking (self, i);
}

static void
number_cb (CsShapeRows *self)
{
  if (!self->is_filling)
    take_terms (self);
}

static void
series_cb (CsShapeRows *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->series_row))));
  gboolean is_fine = cs_settings_validate_prefix (text, NULL);

  if (self->is_filling)
    return;
  if (is_fine)
    gtk_widget_remove_css_class (GTK_WIDGET (self->series_row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->series_row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->series_row), GTK_ACCESSIBLE_STATE_INVALID,
                               is_fine ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  if (is_fine && g_set_str (&self->shape->values[CS_SHAPE_SERIES], *text != '\0' ? text : NULL))
    tell (self);
}

/* --- showing --- */

static const char *
get_inherited (CsShapeRows *self, CsShapeField field)
{
  const char *value = self->inherited != NULL ? self->inherited->values[field] : NULL;

  return value != NULL ? value : "";
}

static void
show_terms (CsShapeRows *self)
{
  static const CsTermsKind kinds[]
      = { CS_TERMS_AFTER_INVOICE, CS_TERMS_OF_NEXT_MONTH, CS_TERMS_AFTER_MONTH_END };
  const char *const names[] = { _ ("Days after the invoice date"), _ ("Day of the next month"),
                                _ ("Days after the end of the month") };
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  CsShapeChoice *choice = &self->choices[CS_SHAPE_TERMS];
  g_autofree char *inherited = cs_shape_words_terms (get_terms (get_inherited (self, CS_SHAPE_TERMS)));
  CsTerms terms = get_terms (self->shape->values[CS_SHAPE_TERMS]);
  g_autofree char *chosen = NULL;

  cs_shape_choice_begin (choice, labels, self->may_inherit, self->sources[CS_SHAPE_TERMS], inherited);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *value = cs_terms_to_string ((CsTerms){ kinds[i], 1 });

      cs_shape_choice_add (choice, labels, value, names[i]);
    }
  show_number (self, terms.kind);
  if (terms.kind != CS_TERMS_INHERITED)
    {
      chosen = cs_terms_to_string ((CsTerms){ terms.kind, 1 });
      cs_number_row_set_value (self->number_row, terms.number);
    }
  else
    cs_number_row_set_value (self->number_row, get_terms (get_inherited (self, CS_SHAPE_TERMS)).number);
  cs_shape_choice_end (choice, labels, chosen, "");
}

static void
show_pair (CsShapeRows *self, CsShapeField field, const char *const values[2], const char *const names[2])
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  gboolean is_second = g_str_equal (get_inherited (self, field), values[1]);

  cs_shape_choice_begin (&self->choices[field], labels, self->may_inherit, self->sources[field],
                         names[is_second ? 1 : 0]);
  for (guint i = 0; i < 2; i++)
    cs_shape_choice_add (&self->choices[field], labels, values[i], names[i]);
  cs_shape_choice_end (&self->choices[field], labels, self->shape->values[field], "");
}

static void
show_theme (CsShapeRows *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GPtrArray *themes = cs_ledger_lists_get_themes (self->lists);
  const CsShapeWorld world = { .themes = themes };
  const char *id = get_inherited (self, CS_SHAPE_THEME);
  g_autofree char *inherited
      = *id != '\0' ? cs_shape_words_theme (id, &world) : g_strdup (_ ("Xero’s own default"));

  cs_shape_choice_begin (&self->choices[CS_SHAPE_THEME], labels, self->may_inherit,
                         self->sources[CS_SHAPE_THEME], inherited);
  cs_shape_choice_add (&self->choices[CS_SHAPE_THEME], labels, "", _ ("Xero’s own default"));
  for (guint i = 0; i < themes->len; i++)
    cs_shape_choice_add (&self->choices[CS_SHAPE_THEME], labels,
                         ((CsLedgerBrandingTheme *)themes->pdata[i])->remote_id,
                         ((CsLedgerBrandingTheme *)themes->pdata[i])->name);
  cs_shape_choice_end (&self->choices[CS_SHAPE_THEME], labels, self->shape->values[CS_SHAPE_THEME],
                       cs_shape_choice_name_gone (themes->len > 0));
}

static void
show_account (CsShapeRows *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GPtrArray *accounts = cs_ledger_lists_get_accounts (self->lists);
  const char *code = get_inherited (self, CS_SHAPE_ACCOUNT);
  g_autofree char *gone
      = cs_shape_choice_name_gone_code (self->shape->values[CS_SHAPE_ACCOUNT], accounts->len > 0);

  cs_shape_choice_begin (&self->choices[CS_SHAPE_ACCOUNT], labels, self->may_inherit,
                         self->sources[CS_SHAPE_ACCOUNT], code);
  for (guint i = 0; i < accounts->len; i++)
    {
      const CsLedgerAccount *account = accounts->pdata[i];
      /* Translators: an account's code and its name. */
      g_autofree char *label = g_strdup_printf (_ ("%s, %s"), account->code, account->name);

      cs_shape_choice_add (&self->choices[CS_SHAPE_ACCOUNT], labels, account->code, label);
    }
  cs_shape_choice_end (&self->choices[CS_SHAPE_ACCOUNT], labels, self->shape->values[CS_SHAPE_ACCOUNT], gone);
}

static void
show_tax (CsShapeRows *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GPtrArray *rates = cs_ledger_lists_get_tax_rates (self->lists);
  const char *type = get_inherited (self, CS_SHAPE_TAX);
  const CsLedgerTaxRate *inherited = cs_ledger_lists_find_tax_rate (self->lists, type);
  g_autofree char *gone = cs_shape_choice_name_gone_code (self->shape->values[CS_SHAPE_TAX], rates->len > 0);

  cs_shape_choice_begin (&self->choices[CS_SHAPE_TAX], labels, self->may_inherit, self->sources[CS_SHAPE_TAX],
                         inherited != NULL ? inherited->name : type);
  for (guint i = 0; i < rates->len; i++)
    cs_shape_choice_add (&self->choices[CS_SHAPE_TAX], labels, ((CsLedgerTaxRate *)rates->pdata[i])->tax_type,
                         ((CsLedgerTaxRate *)rates->pdata[i])->name);
  cs_shape_choice_end (&self->choices[CS_SHAPE_TAX], labels, self->shape->values[CS_SHAPE_TAX], gone);
}

static void
show_category (CsShapeRows *self, guint index, const CsLedgerTrackingCategory *category)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  CsShapeChoice *choice = &self->tracking[index];
  GPtrArray *all = cs_ledger_lists_get_tracking (self->lists);
  const CsShapeWorld world = { .tracking = all };
  g_autofree char *option
      = cs_shape_tracking_get (get_inherited (self, CS_SHAPE_TRACKING), category->remote_id);
  g_autofree char *own = cs_shape_tracking_get (self->shape->values[CS_SHAPE_TRACKING], category->remote_id);
  g_autofree char *text = g_strdup_printf ("%s=%s", category->remote_id, option != NULL ? option : "");
  g_autofree char *name = cs_shape_words_tracking (text, &world);
  CsShapeLevel source = *name != '\0' ? self->sources[CS_SHAPE_TRACKING] : CS_SHAPE_OF_NOBODY;

  g_set_str (&self->categories[index], category->remote_id);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (choice->row), category->name);
  cs_shape_choice_begin (choice, labels, self->may_inherit, source, name);
  cs_shape_choice_add (choice, labels, "", _ ("None"));
  for (guint i = 0; i < category->options->len; i++)
    {
      const CsLedgerTrackingOption *one = category->options->pdata[i];

      if (one->is_active)
        cs_shape_choice_add (choice, labels, one->remote_id, one->name);
    }
  cs_shape_choice_end (choice, labels, own, cs_shape_choice_name_gone (TRUE));
}

static gboolean
has_category (GPtrArray *categories, const char *id)
{
  for (guint i = 0; i < categories->len; i++)
    if (g_ascii_strcasecmp (((CsLedgerTrackingCategory *)categories->pdata[i])->remote_id, id) == 0)
      return TRUE;
  return FALSE;
}

/* What is chosen here of categories that are not in use any more; nothing until the accounts tell that the
 * lists were read. */
static GPtrArray *
collect_gone (CsShapeRows *self)
{
  GPtrArray *gone = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_tracking_category_free);
  g_autoptr (GArray) chosen = cs_shape_tracking_parse (self->shape->values[CS_SHAPE_TRACKING]);

  for (guint i = 0; cs_ledger_lists_get_accounts (self->lists)->len > 0 && i < chosen->len; i++)
    {
      const char *id = g_array_index (chosen, CsShapeTracking, i).category_id;
      CsLedgerTrackingCategory *category;

      if (has_category (cs_ledger_lists_get_tracking (self->lists), id))
        continue;
      category = cs_ledger_tracking_category_new ();
      g_set_str (&category->remote_id, id);
      g_set_str (&category->name, _ ("Tracking that is gone from Xero"));
      g_ptr_array_add (gone, category);
    }
  return gone;
}

static void
show_tracking (CsShapeRows *self)
{
  GPtrArray *active = cs_ledger_lists_get_tracking (self->lists);
  g_autoptr (GPtrArray) gone = collect_gone (self);

  for (guint i = 0; i < TRACKING_ROWS; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->tracking[i].row), i < active->len + gone->len);
      g_clear_pointer (&self->categories[i], g_free);
      if (i < active->len)
        show_category (self, i, active->pdata[i]);
      else if (i < active->len + gone->len)
        show_category (self, i, gone->pdata[i - active->len]);
    }
}

static void
show_series (CsShapeRows *self)
{
  const char *text = self->shape->values[CS_SHAPE_SERIES];

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->series_row)), text != NULL ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->series_row), text != NULL ? text : "");
}

static void
show_all (CsShapeRows *self)
{
  const char *const statuses[] = { CS_SHAPE_DRAFT, CS_SHAPE_AUTHORISED };
  const char *const status_names[] = { _ ("Draft"), _ ("Awaiting payment") };
  const char *const groupings[] = { CS_SHAPE_TOGETHER, CS_SHAPE_ALONE };
  const char *const grouping_names[] = { _ ("On one invoice"), _ ("An invoice each") };

  self->is_filling = TRUE;
  if (self->choices[CS_SHAPE_TERMS].row != NULL)
    show_terms (self);
  if (self->choices[CS_SHAPE_STATUS].row != NULL)
    show_pair (self, CS_SHAPE_STATUS, statuses, status_names);
  if (self->choices[CS_SHAPE_GROUPING].row != NULL)
    show_pair (self, CS_SHAPE_GROUPING, groupings, grouping_names);
  if (self->choices[CS_SHAPE_THEME].row != NULL)
    show_theme (self);
  if (self->choices[CS_SHAPE_ACCOUNT].row != NULL)
    show_account (self);
  if (self->choices[CS_SHAPE_TAX].row != NULL)
    show_tax (self);
  if (self->tracking[0].row != NULL)
    show_tracking (self);
  if (self->series_row != NULL)
    show_series (self);
  self->is_filling = FALSE;
}

/* --- the object --- */

static void
make_choice (CsShapeRows *self, CsShapeChoice *choice, const char *title)
{
  cs_shape_choice_make (choice, title);
  g_signal_connect_object (choice->row, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  g_ptr_array_add (self->widgets, choice->row);
}

static void
make_terms (CsShapeRows *self)
{
  GtkAdjustment *adjustment = gtk_adjustment_new (0, 0, CS_TERMS_DAYS_MAX, 1, 7, 0);

  make_choice (self, &self->choices[CS_SHAPE_TERMS], _ ("Payment terms"));
  self->number_row = g_object_new (CS_TYPE_NUMBER_ROW, "title", _ ("Days"), "adjustment", adjustment, NULL);
  g_signal_connect_object (self->number_row, "notify::value", G_CALLBACK (number_cb), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->widgets, self->number_row);
}

static void
make_series (CsShapeRows *self)
{
  self->series_row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _ ("Number prefix (empty: the practice’s)"),
                                   "max-length", 20, NULL);
  g_signal_connect_object (self->series_row, "changed", G_CALLBACK (series_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->widgets, self->series_row);
}

static void
make_rows (CsShapeRows *self, guint fields)
{
  if ((fields & CS_SHAPE_FIELD (CS_SHAPE_STATUS)) != 0)
    make_choice (self, &self->choices[CS_SHAPE_STATUS], _ ("Invoices arrive in Xero as"));
  if ((fields & CS_SHAPE_FIELD (CS_SHAPE_TERMS)) != 0)
    make_terms (self);
  if ((fields & CS_SHAPE_FIELD (CS_SHAPE_GROUPING)) != 0)
    make_choice (self, &self->choices[CS_SHAPE_GROUPING], _ ("Services billed on the same day"));
  if ((fields & CS_SHAPE_FIELD (CS_SHAPE_THEME)) != 0)
    make_choice (self, &self->choices[CS_SHAPE_THEME], _ ("Branding theme"));
  if ((fields & CS_SHAPE_FIELD (CS_SHAPE_ACCOUNT)) != 0)
    make_choice (self, &self->choices[CS_SHAPE_ACCOUNT], _ ("Account"));
  if ((fields & CS_SHAPE_FIELD (CS_SHAPE_TAX)) != 0)
    make_choice (self, &self->choices[CS_SHAPE_TAX], _ ("Tax rate of new services"));
  for (guint i = 0; (fields & CS_SHAPE_FIELD (CS_SHAPE_TRACKING)) != 0 && i < TRACKING_ROWS; i++)
    make_choice (self, &self->tracking[i], _ ("Tracking"));
  if ((fields & CS_SHAPE_FIELD (CS_SHAPE_SERIES)) != 0)
    make_series (self);
}

static void
cs_shape_rows_finalize (GObject *object)
{
  CsShapeRows *self = CS_SHAPE_ROWS (object);

  for (guint i = 0; i < CS_SHAPE_N_FIELDS; i++)
    cs_shape_choice_clear (&self->choices[i]);
  for (guint i = 0; i < TRACKING_ROWS; i++)
    {
      cs_shape_choice_clear (&self->tracking[i]);
      g_free (self->categories[i]);
    }
  g_clear_pointer (&self->widgets, g_ptr_array_unref);
  cs_shape_free (self->shape);
  cs_shape_free (self->inherited);
  g_clear_object (&self->lists);
  G_OBJECT_CLASS (cs_shape_rows_parent_class)->finalize (object);
}

static void
cs_shape_rows_class_init (CsShapeRowsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_shape_rows_finalize;
  edited_signal
      = g_signal_new ("edited", CS_TYPE_SHAPE_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_shape_rows_init (CsShapeRows *self)
{
  self->widgets = g_ptr_array_new ();
  self->shape = cs_shape_new ();
}

/**
 * cs_shape_rows_new:
 * @lists: what there is to choose from
 * @fields: which fields: CS_SHAPE_FIELD() of each
 * @may_inherit: whether a field may say nothing; not so at the practice's level
 *
 * Returns: (transfer full): rows that show a shape that inherits everything
 */
CsShapeRows *
cs_shape_rows_new (CsLedgerLists *lists, guint fields, gboolean may_inherit)
{
  CsShapeRows *self = g_object_new (CS_TYPE_SHAPE_ROWS, NULL);

  self->lists = g_object_ref (lists);
  self->may_inherit = may_inherit;
  make_rows (self, fields);
  show_all (self);
  g_signal_connect_object (lists, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  return self;
}

/** cs_shape_rows_get_widgets: Returns: (transfer none): the rows, in order */
GPtrArray *
cs_shape_rows_get_widgets (CsShapeRows *self)
{
  g_return_val_if_fail (CS_IS_SHAPE_ROWS (self), NULL);

  return self->widgets;
}

/**
 * cs_shape_rows_fill:
 * @self: rows
 * @shape: (nullable): what this level says
 * @inherited: (nullable): what counts where it says nothing
 *
 * Nothing is emitted.
 */
void
cs_shape_rows_fill (CsShapeRows *self, const CsShape *shape, const CsResolvedShape *inherited)
{
  g_return_if_fail (CS_IS_SHAPE_ROWS (self));

  g_clear_pointer (&self->shape, cs_shape_free);
  self->shape = shape != NULL ? cs_shape_copy (shape) : cs_shape_new ();
  g_clear_pointer (&self->inherited, cs_shape_free);
  if (inherited != NULL)
    {
      char **values = NULL;

      self->inherited = cs_shape_new ();
      values = self->inherited->values;
      values[CS_SHAPE_TERMS] = cs_terms_to_string (inherited->terms);
      values[CS_SHAPE_STATUS] = g_strdup (inherited->authorise ? CS_SHAPE_AUTHORISED : CS_SHAPE_DRAFT);
      values[CS_SHAPE_GROUPING] = g_strdup (inherited->is_alone ? CS_SHAPE_ALONE : CS_SHAPE_TOGETHER);
      values[CS_SHAPE_THEME] = g_strdup (inherited->theme_id);
      values[CS_SHAPE_ACCOUNT] = g_strdup (inherited->account_code);
      values[CS_SHAPE_TAX] = g_strdup (inherited->tax_type);
      values[CS_SHAPE_TRACKING] = g_strdup (inherited->tracking);
      for (guint i = 0; i < CS_SHAPE_N_FIELDS; i++)
        self->sources[i] = inherited->sources[i];
    }
  show_all (self);
}

/** cs_shape_rows_get: Returns: (transfer none): what this level says now */
const CsShape *
cs_shape_rows_get (CsShapeRows *self)
{
  g_return_val_if_fail (CS_IS_SHAPE_ROWS (self), NULL);

  return self->shape;
}
