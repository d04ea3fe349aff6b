/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-line-row.h"
#include "cs-proposal-words.h"
#include "cs-rhythm-rows.h"
#include "cs-shape-rows.h"
#include "cs-typed-row.h"

#include <glib/gi18n-lib.h>

struct _CsLineRow
{
  AdwExpanderRow parent_instance;
  GtkEditable *description_row;
  CsTypedRow *quantity_row;
  CsTypedRow *price_row;
  AdwComboRow *account_row;
  AdwComboRow *tax_row;
  GtkWidget *order_row;
  GtkWidget *up_button;
  GtkWidget *down_button;
  GtkLabel *amount_label;

  CsProposalEditor *editor;
  CsLedgerLists *lists;
  CsRhythmRows *rhythm_rows;
  CsShapeRows *shape_rows; /* what the service has of its own */
  guint index;
  const CsProposalLine *line; /* that it was filled from; compared by address alone */
  gboolean is_filling;        /* we write, nobody edits */
};

G_DEFINE_FINAL_TYPE (CsLineRow, cs_line_row, ADW_TYPE_EXPANDER_ROW)

static const CsProposalLine *
get_line (CsLineRow *self)
{
  const CsProposal *proposal = cs_proposal_editor_get (self->editor);

  return proposal != NULL && self->index < proposal->lines->len ? proposal->lines->pdata[self->index] : NULL;
}

/* The line, to change; NULL while we ourselves write into the fields. */
static CsProposalLine *
edit_line (CsLineRow *self)
{
  if (self->is_filling || !cs_proposal_editor_is_draft (self->editor) || get_line (self) == NULL)
    return NULL;
  return cs_proposal_editor_edit (self->editor)->lines->pdata[self->index];
}

static void
description_cb (CsLineRow *self)
{
  CsProposalLine *line = edit_line (self);

  if (line != NULL && g_set_str (&line->description, gtk_editable_get_text (self->description_row)))
    cs_proposal_editor_touch (self->editor);
}

/* While a number can't be read, its line bills nothing and keeps the proposal from being accepted. */
static void
mark_unread (CsLineRow *self)
{
  const CsProposalLine *line = get_line (self);

  cs_proposal_editor_set_unread (self->editor, line, "quantity", !cs_typed_row_is_valid (self->quantity_row));
  cs_proposal_editor_set_unread (self->editor, line, "price", !cs_typed_row_is_valid (self->price_row));
}

static void
take_number (CsLineRow *self, CsTypedRow *row, CsDecimal *number)
{
  CsDecimal typed = cs_typed_row_get_decimal (row);

  if (number->units != typed.units)
    {
      *number = typed;
      cs_proposal_editor_touch (self->editor);
    }
  mark_unread (self);
}

static void
quantity_cb (CsLineRow *self)
{
  CsProposalLine *line = edit_line (self);

  if (line != NULL)
    take_number (self, self->quantity_row, &line->quantity);
}

static void
price_cb (CsLineRow *self)
{
  CsProposalLine *line = edit_line (self);

  if (line != NULL)
    take_number (self, self->price_row, &line->unit_price);
}

static void
shape_cb (CsLineRow *self)
{
  CsProposalLine *line = edit_line (self);

  if (line == NULL)
    return;
  cs_proposal_editor_note_shape (self->editor, line);
  cs_shape_free (line->shape);
  line->shape = cs_shape_copy (cs_shape_rows_get (self->shape_rows));
  cs_proposal_editor_touch (self->editor);
}

static void
fill_shape (CsLineRow *self, const CsProposalLine *line)
{
  g_autoptr (CsResolvedShape) inherited = cs_proposal_resolve (cs_proposal_editor_get (self->editor));

  cs_shape_rows_fill (self->shape_rows, line->shape, inherited);
}

/* The first choice of a new service has nothing to go back to. */
static void
note_choice (CsLineRow *self, CsProposalLine *line, const char *chosen, CsShapeField field)
{
  g_autoptr (CsResolvedShape) inherited = cs_proposal_resolve (cs_proposal_editor_get (self->editor));

  if (*chosen != '\0' || inherited->sources[field] != CS_SHAPE_OF_NOBODY)
    cs_proposal_editor_note_shape (self->editor, line);
}

/* The first entry of both lists is "Choose…", or what is inherited. */
static void
account_cb (CsLineRow *self)
{
  GPtrArray *accounts = cs_ledger_lists_get_accounts (self->lists);
  guint selected = adw_combo_row_get_selected (self->account_row);
  CsProposalLine *line = edit_line (self);
  const char *code = "";

  if (line == NULL || selected > accounts->len)
    return;
  if (selected > 0)
    code = ((CsLedgerAccount *)accounts->pdata[selected - 1])->code;
  note_choice (self, line, line->account_code, CS_SHAPE_ACCOUNT);
  if (g_set_str (&line->account_code, code))
    cs_proposal_editor_touch (self->editor);
}

static void
tax_cb (CsLineRow *self)
{
  GPtrArray *rates = cs_ledger_lists_get_tax_rates (self->lists);
  guint selected = adw_combo_row_get_selected (self->tax_row);
  CsProposalLine *line = edit_line (self);
  const CsLedgerTaxRate *rate;

  if (line == NULL || selected > rates->len)
    return;
  rate = selected > 0 ? rates->pdata[selected - 1] : NULL;
  note_choice (self, line, line->tax_type, CS_SHAPE_TAX);
  line->tax_rate = rate != NULL ? rate->rate : CS_DECIMAL (0);
  if (g_set_str (&line->tax_type, rate != NULL ? rate->tax_type : ""))
    cs_proposal_editor_touch (self->editor);
}

static void
billing_cb (CsLineRow *self)
{
  CsBillingRhythm rhythm = cs_rhythm_rows_get (self->rhythm_rows);
  CsProposalLine *line = edit_line (self);

  if (line == NULL)
    return;
  line->billing = cs_billing_rule_recurring (rhythm, cs_proposal_editor_get (self->editor)->designated_day);
  cs_proposal_editor_touch (self->editor);
}

static void
up_cb (CsLineRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "form.move-line", "(uu)", self->index, self->index - 1);
}

static void
down_cb (CsLineRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "form.move-line", "(uu)", self->index, self->index + 1);
}

static void
remove_cb (CsLineRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "form.remove-line", "u", self->index);
}

static char *
name_inherited (const CsResolvedShape *shape)
{
  if (shape->sources[CS_SHAPE_ACCOUNT] == CS_SHAPE_OF_CLIENT)
    /* Translators: %s is what is chosen for the client. */
    return g_strdup_printf (_ ("Client: %s"), shape->account_code);
  /* Translators: %s is what the practice has chosen. */
  return g_strdup_printf (_ ("Practice: %s"), shape->account_code);
}

static GListModel *
list_accounts (CsLineRow *self, const CsProposalLine *line, guint *selected)
{
  g_autoptr (CsResolvedShape) shape = cs_proposal_resolve (cs_proposal_editor_get (self->editor));
  GPtrArray *accounts = cs_ledger_lists_get_accounts (self->lists);
  GtkStringList *strings = gtk_string_list_new (NULL);

  *selected = 0;
  if (*shape->account_code != '\0')
    gtk_string_list_take (strings, name_inherited (shape));
  else
    gtk_string_list_append (strings, accounts->len > 0 ? _ ("Choose…") : _ ("Connect Xero to choose"));
  for (guint i = 0; i < accounts->len; i++)
    {
      const CsLedgerAccount *account = accounts->pdata[i];

      gtk_string_list_take (strings, g_strdup_printf ("%s %s", account->code, account->name));
      if (g_str_equal (account->code, line->account_code))
        *selected = i + 1;
    }
  return G_LIST_MODEL (strings);
}

static GListModel *
list_tax_rates (CsLineRow *self, const CsProposalLine *line, guint *selected)
{
  GPtrArray *rates = cs_ledger_lists_get_tax_rates (self->lists);
  GtkStringList *strings = gtk_string_list_new (NULL);

  *selected = 0;
  gtk_string_list_append (strings, rates->len > 0 ? _ ("Choose…") : _ ("Connect Xero to choose"));
  for (guint i = 0; i < rates->len; i++)
    {
      const CsLedgerTaxRate *rate = rates->pdata[i];

      gtk_string_list_append (strings, rate->name);
      if (g_str_equal (rate->tax_type, line->tax_type))
        *selected = i + 1;
    }
  return G_LIST_MODEL (strings);
}

/* A line that names a tax without its rate (the practice's default) gets the rate once the lists are here. */
static void
complete_rate (CsLineRow *self)
{
  const CsProposalLine *line = get_line (self);
  const CsLedgerTaxRate *rate
      = line != NULL ? cs_ledger_lists_find_tax_rate (self->lists, line->tax_type) : NULL;
  CsProposalLine *edited;

  if (rate == NULL || cs_decimal_compare (rate->rate, line->tax_rate) == 0
      || (edited = edit_line (self)) == NULL)
    return;
  edited->tax_rate = rate->rate;
  cs_proposal_editor_touch (self->editor);
}

static void
lists_changed_cb (CsLineRow *self)
{
  cs_line_row_fill (self, self->index);
  complete_rate (self);
}

static void
cs_line_row_dispose (GObject *object)
{
  CsLineRow *self = CS_LINE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_LINE_ROW);
  g_clear_object (&self->rhythm_rows);
  g_clear_object (&self->shape_rows);
  g_clear_object (&self->editor);
  g_clear_object (&self->lists);
  G_OBJECT_CLASS (cs_line_row_parent_class)->dispose (object);
}

static void
cs_line_row_class_init (CsLineRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_line_row_dispose;
  g_type_ensure (CS_TYPE_TYPED_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/proposals/cs-line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsLineRow, description_row);
  gtk_widget_class_bind_template_child (widget_class, CsLineRow, quantity_row);
  gtk_widget_class_bind_template_child (widget_class, CsLineRow, price_row);
  gtk_widget_class_bind_template_child (widget_class, CsLineRow, account_row);
  gtk_widget_class_bind_template_child (widget_class, CsLineRow, tax_row);
  gtk_widget_class_bind_template_child (widget_class, CsLineRow, order_row);
  gtk_widget_class_bind_template_child (widget_class, CsLineRow, up_button);
  gtk_widget_class_bind_template_child (widget_class, CsLineRow, down_button);
  gtk_widget_class_bind_template_child (widget_class, CsLineRow, amount_label);
  gtk_widget_class_bind_template_callback (widget_class, description_cb);
  gtk_widget_class_bind_template_callback (widget_class, quantity_cb);
  gtk_widget_class_bind_template_callback (widget_class, price_cb);
  gtk_widget_class_bind_template_callback (widget_class, account_cb);
  gtk_widget_class_bind_template_callback (widget_class, tax_cb);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
cs_line_row_init (CsLineRow *self)
{
  g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_expression (self->account_row, text);
  cs_typed_row_set_kind (self->quantity_row, CS_TYPED_DECIMAL);
  cs_typed_row_set_kind (self->price_row, CS_TYPED_PRICE);
}

static void
add_rows (CsLineRow *self, GPtrArray *widgets)
{
  for (guint i = 0; i < widgets->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), widgets->pdata[i]);
}

/* Before the row of what is done with the service as a whole, which stays the last. */
static void
add_more_rows (CsLineRow *self)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (self);
  g_autoptr (GtkWidget) last = g_object_ref (self->order_row);
  const guint fields = CS_SHAPE_FIELD (CS_SHAPE_TRACKING) | CS_SHAPE_FIELD (CS_SHAPE_GROUPING)
                       | CS_SHAPE_FIELD (CS_SHAPE_THEME);

  self->rhythm_rows = cs_rhythm_rows_new ();
  self->shape_rows = cs_shape_rows_new (self->lists, fields, TRUE);
  adw_expander_row_remove (row, last);
  add_rows (self, cs_rhythm_rows_get_widgets (self->rhythm_rows));
  add_rows (self, cs_shape_rows_get_widgets (self->shape_rows));
  adw_expander_row_add_row (row, last);
  g_signal_connect_object (self->rhythm_rows, "edited", G_CALLBACK (billing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shape_rows, "edited", G_CALLBACK (shape_cb), self, G_CONNECT_SWAPPED);
}

/** cs_line_row_new: Returns: (transfer floating): the line at @index of @editor's proposal */
GtkWidget *
cs_line_row_new (CsProposalEditor *editor, CsLedgerLists *lists, guint index)
{
  CsLineRow *self = g_object_new (CS_TYPE_LINE_ROW, NULL);

  self->editor = g_object_ref (editor);
  self->lists = g_object_ref (lists);
  add_more_rows (self);
  g_signal_connect_object (lists, "changed", G_CALLBACK (lists_changed_cb), self, G_CONNECT_SWAPPED);
  cs_line_row_fill (self, index);
  complete_rate (self);
  return GTK_WIDGET (self);
}

/** cs_line_row_fill: shows the line at @index in every field. */
void
cs_line_row_fill (CsLineRow *self, guint index)
{
  const CsProposalLine *line;
  g_autoptr (GListModel) accounts = NULL;
  g_autoptr (GListModel) rates = NULL;
  guint account, rate;

  g_return_if_fail (CS_IS_LINE_ROW (self));

  self->index = index;
  if ((self->line = line = get_line (self)) == NULL)
    return;
  accounts = list_accounts (self, line, &account);
  rates = list_tax_rates (self, line, &rate);
  self->is_filling = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (self->description_row), line->description) != 0)
    gtk_editable_set_text (self->description_row, line->description);
  cs_typed_row_set_decimal (self->quantity_row, line->quantity);
  cs_typed_row_set_decimal (self->price_row, line->unit_price);
  adw_combo_row_set_model (self->account_row, accounts);
  adw_combo_row_set_selected (self->account_row, account);
  adw_combo_row_set_model (self->tax_row, rates);
  adw_combo_row_set_selected (self->tax_row, rate);
  cs_rhythm_rows_fill (self->rhythm_rows, cs_billing_rule_get_rhythm (&line->billing));
  self->is_filling = FALSE;
  fill_shape (self, line);
  mark_unread (self);
  cs_line_row_refresh (self);
}

/** cs_line_row_shows: Returns: whether it is the row of @line, compared by address alone */
gboolean
cs_line_row_shows (CsLineRow *self, const CsProposalLine *line)
{
  g_return_val_if_fail (CS_IS_LINE_ROW (self), FALSE);

  return self->line == line;
}

/** cs_line_row_refresh: says anew what the line bills. */
void
cs_line_row_refresh (CsLineRow *self)
{
  const CsProposalLine *line;
  const CsProposal *proposal;
  g_autofree char *subtitle = NULL;
  g_autofree char *amount = NULL;

  g_return_if_fail (CS_IS_LINE_ROW (self));

  if ((line = get_line (self)) == NULL)
    return;
  proposal = cs_proposal_editor_get (self->editor);
  subtitle = cs_proposal_words_line (proposal, line, self->lists);
  amount = cs_proposal_words_line_amount (proposal, line);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 *line->description != '\0' ? line->description : _ ("New service"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_label_set_text (self->amount_label, amount);
  gtk_widget_set_visible (GTK_WIDGET (self->tax_row), proposal->tax_mode != CS_TAX_MODE_NO_TAX);
  gtk_widget_set_sensitive (self->up_button, self->index > 0);
  gtk_widget_set_sensitive (self->down_button, self->index + 1 < proposal->lines->len);
}

/** cs_line_row_focus: opens the row and puts the keyboard into a field. */
void
cs_line_row_focus (CsLineRow *self, const char *field)
{
  GtkWidget *target;

  g_return_if_fail (CS_IS_LINE_ROW (self));

  target = g_str_equal (field, "account")         ? GTK_WIDGET (self->account_row)
           : g_str_equal (field, "tax")           ? GTK_WIDGET (self->tax_row)
           : g_str_has_prefix (field, "price")    ? GTK_WIDGET (self->price_row)
           : g_str_has_prefix (field, "quantity") ? GTK_WIDGET (self->quantity_row)
                                                  : GTK_WIDGET (self->description_row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_grab_focus (target);
}
