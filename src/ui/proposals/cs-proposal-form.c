/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-form.h"
#include "cs-client-picker-dialog.h"
#include "cs-effects.h"
#include "cs-job-effects.h"
#include "cs-format.h"
#include "cs-ledger-lists.h"
#include "cs-line-row.h"
#include "cs-proposal-words.h"
#include "cs-rhythm-words.h"
#include "cs-rows.h"
#include "cs-shape-rows.h"
#include "cs-toast.h"
#include "cs-typed-row.h"

#include <glib/gi18n-lib.h>

struct _CsProposalForm
{
  AdwBin parent_instance;
  GtkEditable *title_row;
  AdwActionRow *client_row;
  GtkListBox *lines;
  GtkListBox *totals;
  CsTypedRow *start_row;
  CsTypedRow *day_row;
  AdwComboRow *tax_mode_row;
  AdwPreferencesGroup *billing_group;
  CsEffects *effects;
  CsJobEffects *job_effects;
  GtkWidget *missing_group;
  GtkListBox *missing;

  CsProposalEditor *editor;
  CsLedgerLists *lists;
  CsShapeRows *shape_rows; /* terms and status: the proposal's own, or inherited */
  gboolean is_shaping;     /* it is they that are being edited */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (CsProposalForm, cs_proposal_form, ADW_TYPE_BIN)

/* --- edits
 * -------------------------------------------------------------------------------------------------- */

/* The proposal, to change; NULL while we ourselves write into the fields. */
static CsProposal *
edit (CsProposalForm *self)
{
  if (self->is_filling || !cs_proposal_editor_is_draft (self->editor))
    return NULL;
  return cs_proposal_editor_edit (self->editor);
}

static void
title_cb (CsProposalForm *self)
{
  CsProposal *proposal = edit (self);

  if (proposal != NULL && g_set_str (&proposal->title, gtk_editable_get_text (self->title_row)))
    cs_proposal_editor_touch (self->editor);
}

static void
mark_unread (CsProposalForm *self)
{
  cs_proposal_editor_set_unread (self->editor, NULL, "start", !cs_typed_row_is_valid (self->start_row));
  cs_proposal_editor_set_unread (self->editor, NULL, "day", !cs_typed_row_is_valid (self->day_row));
}

static void
start_cb (CsProposalForm *self)
{
  CsDate start = cs_typed_row_get_date (self->start_row);
  CsProposal *proposal = edit (self);

  if (proposal == NULL)
    return;
  if (proposal->start.days != start.days)
    {
      proposal->start = start;
      cs_proposal_editor_touch (self->editor);
    }
  mark_unread (self);
}

static void
day_cb (CsProposalForm *self)
{
  guint day = (guint)cs_typed_row_get_whole (self->day_row);
  CsProposal *proposal = edit (self);

  if (proposal == NULL)
    return;
  if (proposal->designated_day != day)
    cs_proposal_editor_set_designated_day (self->editor, day);
  mark_unread (self);
}

static void
tax_mode_cb (CsProposalForm *self)
{
  CsTaxMode mode = (CsTaxMode)adw_combo_row_get_selected (self->tax_mode_row);
  CsProposal *proposal = edit (self);

  if (proposal == NULL || proposal->tax_mode == mode)
    return;
  proposal->tax_mode = mode;
  cs_proposal_editor_touch (self->editor);
}

static void
shape_cb (CsProposalForm *self)
{
  const CsShape *shape = cs_shape_rows_get (self->shape_rows);
  const char *status = shape->values[CS_SHAPE_STATUS];
  CsProposal *proposal = edit (self);
  CsTerms terms;

  if (proposal == NULL || !cs_terms_parse (shape->values[CS_SHAPE_TERMS], &terms, NULL))
    return;
  cs_proposal_editor_note_shape (self->editor, NULL);
  proposal->terms_kind = terms.kind;
  if (terms.kind != CS_TERMS_INHERITED)
    proposal->due_days = terms.number;
  proposal->inherits_status = status == NULL;
  proposal->authorise = g_strcmp0 (status, CS_SHAPE_AUTHORISED) == 0;
  self->is_shaping = TRUE;
  cs_proposal_editor_touch (self->editor);
  self->is_shaping = FALSE;
}

/* Also when what is inherited is another now. */
static void
fill_shape (CsProposalForm *self)
{
  const CsProposal *proposal = cs_proposal_editor_get (self->editor);
  g_autoptr (CsShape) own = cs_shape_new ();
  g_autoptr (CsResolvedShape) inherited
      = cs_shape_resolve (proposal->practice_shape, proposal->client_shape, NULL, NULL);

  own->values[CS_SHAPE_TERMS] = cs_terms_to_string ((CsTerms){ proposal->terms_kind, proposal->due_days });
  if (!proposal->inherits_status)
    g_set_str (&own->values[CS_SHAPE_STATUS], proposal->authorise ? CS_SHAPE_AUTHORISED : CS_SHAPE_DRAFT);
  cs_shape_rows_fill (self->shape_rows, own, inherited);
}

/* --- services
 * ----------------------------------------------------------------------------------------------- */

static CsLineRow *
get_line_row (CsProposalForm *self, guint index)
{
  return CS_LINE_ROW (gtk_list_box_get_row_at_index (self->lines, (int)index));
}

/* As many rows as there are lines; those that are there already keep their fields, and the keyboard. */
static void
match_line_rows (CsProposalForm *self)
{
  const CsProposal *proposal = cs_proposal_editor_get (self->editor);
  GtkListBoxRow *extra;

  while ((extra = gtk_list_box_get_row_at_index (self->lines, (int)proposal->lines->len)) != NULL)
    gtk_list_box_remove (self->lines, GTK_WIDGET (extra));
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->lines, (int)i);

      if (row != NULL)
        cs_line_row_fill (CS_LINE_ROW (row), i);
      else
        gtk_list_box_append (self->lines, cs_line_row_new (self->editor, self->lists, i));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->lines), proposal->lines->len > 0);
}

/* Whoever adds a service is done with those before it. */
static void
fold_lines (CsProposalForm *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->lines, i)) != NULL; i++)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), FALSE);
}

static void
act_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsProposalForm *self = CS_PROPOSAL_FORM (widget);

  if (edit (self) == NULL)
    return;
  cs_proposal_editor_add_line (self->editor, g_str_equal (action, "form.add-monthly"));
  match_line_rows (self);
  fold_lines (self);
  cs_line_row_focus (get_line_row (self, cs_proposal_editor_get (self->editor)->lines->len - 1),
                     "description");
}

static void
act_move_line (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsProposalForm *self = CS_PROPOSAL_FORM (widget);
  const CsProposal *proposal = edit (self);
  GtkListBoxRow *row;
  guint from, to;

  g_variant_get (parameter, "(uu)", &from, &to);
  if (proposal == NULL || from >= proposal->lines->len || to >= proposal->lines->len)
    return;
  cs_proposal_editor_move_line (self->editor, from, to);
  /* The row itself moves, so that it stays open. */
  row = g_object_ref (gtk_list_box_get_row_at_index (self->lines, (int)from));
  gtk_list_box_remove (self->lines, GTK_WIDGET (row));
  gtk_list_box_insert (self->lines, GTK_WIDGET (row), (int)to);
  g_object_unref (row);
  match_line_rows (self);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* The toast may be read on the next page: it says what Undo brings back. */
static char *
describe_removal (const CsProposalLine *line)
{
  if (*line->description == '\0')
    return g_strdup (_ ("The service was removed"));
  /* Translators: %s is what a service is called. */
  return g_strdup_printf (_ ("The service “%s” was removed"), line->description);
}

static void
act_remove_line (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsProposalForm *self = CS_PROPOSAL_FORM (widget);
  const CsProposal *proposal = edit (self);
  guint index = g_variant_get_uint32 (parameter);
  g_autofree char *words = NULL;

  if (proposal == NULL || index >= proposal->lines->len)
    return;
  words = describe_removal (proposal->lines->pdata[index]);
  cs_proposal_editor_remove_line (self->editor, index);
  gtk_list_box_remove (self->lines, GTK_WIDGET (get_line_row (self, index)));
  match_line_rows (self);
  cs_toast_undo (widget, words, "form.restore-line");
}

static void
act_restore_line (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsProposalForm *self = CS_PROPOSAL_FORM (widget);
  const CsProposal *proposal;
  guint index = 0;

  if (!cs_proposal_editor_restore_line (self->editor))
    return;
  /* The other rows keep their lines, and what is being typed in them. */
  proposal = cs_proposal_editor_get (self->editor);
  while (index + 1 < proposal->lines->len
         && cs_line_row_shows (get_line_row (self, index), proposal->lines->pdata[index]))
    index++;
  gtk_list_box_insert (self->lines, cs_line_row_new (self->editor, self->lists, index), (int)index);
  match_line_rows (self);
}

/* --- undoing what shapes its invoices
 * ------------------------------------------------------------------------- */

static void
undo_shape (GtkWidget *widget, gpointer shaping)
{
  CsProposalForm *self = CS_PROPOSAL_FORM (widget);

  if (!cs_proposal_editor_restore_shapes (self->editor, GPOINTER_TO_UINT (shaping)))
    {
      cs_toast (widget, _ ("It was changed again since. Nothing was put back."));
      return;
    }
  match_line_rows (self);
  cs_toast (widget, _ ("Put back as it was before"));
}

static void
shaped_cb (CsProposalForm *self, guint shaping)
{
  cs_toast_undo_by (GTK_WIDGET (self), _ ("The proposal’s invoice settings were saved"), undo_shape,
                    GUINT_TO_POINTER (shaping), NULL);
}

/* --- the client
 * --------------------------------------------------------------------------------------------- */

static void
client_picked_cb (CsProposalForm *self, gpointer client_id)
{
  CsProposal *proposal = edit (self);

  if (proposal == NULL)
    return;
  proposal->client_id = *(CsUuid *)client_id;
  cs_proposal_editor_touch (self->editor);
  /* At once: the client's own record is read after the save. */
  dex_future_disown (cs_proposal_editor_flush (self->editor));
}

static void
act_choose_client (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsProposalForm *self = CS_PROPOSAL_FORM (widget);
  CsClientPickerDialog *dialog = cs_client_picker_dialog_new (cs_proposal_editor_get_session (self->editor));

  g_signal_connect_object (dialog, "picked", G_CALLBACK (client_picked_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* --- what it comes to
 * --------------------------------------------------------------------------------------- */

static void
add_total (CsProposalForm *self, CsBillingRhythm rhythm)
{
  const CsProposal *proposal = cs_proposal_editor_get (self->editor);
  g_autofree char *name = cs_rhythm_words_name (rhythm);
  g_autofree char *words = NULL;
  g_autofree char *total = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *row, *label;
  CsTotals totals;

  if (cs_proposal_compute_totals (proposal, rhythm, &totals, &error))
    {
      words = cs_proposal_words_totals (&totals, proposal->tax_mode);
      total = cs_format_money_with_currency (totals.total);
    }
  row = cs_rows_new (name, words != NULL ? words : error->message);
  label = gtk_label_new (total);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "heading");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (self->totals, row);
}

/* A row for what is billed once, each month and so on: they don't add up to anything. */
static void
show_totals (CsProposalForm *self)
{
  g_autoptr (GArray) rhythms = cs_proposal_list_rhythms (cs_proposal_editor_get (self->editor));

  cs_rows_clear (self->totals);
  for (guint i = 0; i < rhythms->len; i++)
    add_total (self, g_array_index (rhythms, CsBillingRhythm, i));
  gtk_widget_set_visible (GTK_WIDGET (self->totals), rhythms->len > 0);
}

static void
show_effects (CsProposalForm *self)
{
  CsDate today = cs_session_get_today (cs_proposal_editor_get_session (self->editor));
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPreview) preview = cs_proposal_editor_preview (self->editor, today, &error);

  cs_effects_show (self->effects, preview, error != NULL ? error->message : NULL);
  cs_job_effects_show (self->job_effects, cs_proposal_editor_get_session (self->editor),
                       cs_proposal_editor_get (self->editor), TRUE);
}

static void
show_missing (CsProposalForm *self)
{
  g_autoptr (GPtrArray) missing = cs_proposal_editor_list_missing (self->editor);

  cs_rows_clear (self->missing);
  gtk_widget_set_visible (self->missing_group, missing->len > 0);
  for (guint i = 0; i < missing->len; i++)
    {
      g_autofree char *words = cs_proposal_words_missing (missing->pdata[i]);
      g_autofree char *action = g_strdup_printf ("form.focus('%s')", (char *)missing->pdata[i]);
      GtkWidget *row = cs_rows_new (words, NULL);

      cs_rows_set_action (row, action);
      gtk_list_box_append (self->missing, row);
    }
}

static void
focus_unread (CsProposalForm *self, const char *code)
{
  CsTypedRow *row = g_str_equal (code, "start-unread") ? self->start_row
                    : g_str_equal (code, "day-unread") ? self->day_row
                                                       : NULL;

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
act_focus (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsProposalForm *self = CS_PROPOSAL_FORM (widget);
  const char *code = g_variant_get_string (parameter, NULL);
  guint line = cs_proposal_words_missing_line (code);
  g_auto (GStrv) parts = g_strsplit (code, ":", 2);

  if (g_str_equal (code, "client"))
    gtk_widget_activate_action (widget, "form.choose-client", NULL);
  else if (g_str_equal (code, "lines"))
    gtk_widget_activate_action (widget, "form.add-upfront", NULL);
  else if (line > 0 && get_line_row (self, line - 1) != NULL && g_str_has_prefix (code, "line-"))
    cs_line_row_focus (get_line_row (self, line - 1), parts[0] + sizeof "line-" - 1);
  else if (g_str_has_prefix (code, "total-") && get_line_row (self, 0) != NULL)
    cs_line_row_focus (get_line_row (self, 0), "price");
  else
    focus_unread (self, code);
}

static void
show_client (CsProposalForm *self)
{
  const CsClient *client = cs_proposal_editor_get_client (self->editor);
  const CsProposal *proposal = cs_proposal_editor_get (self->editor);

  adw_action_row_set_subtitle (self->client_row, client != NULL                   ? client->name
                                                 : *proposal->client_name != '\0' ? proposal->client_name
                                                                                  : _ ("Not chosen"));
}

static void
edited_cb (CsProposalForm *self)
{
  if (cs_proposal_editor_get (self->editor) == NULL || !cs_proposal_editor_is_draft (self->editor))
    return;
  show_client (self);
  /* A list that is being chosen from must not lose its rows meanwhile. */
  if (!self->is_shaping)
    fill_shape (self);
  show_totals (self);
  show_effects (self);
  show_missing (self);
  for (guint i = 0; gtk_list_box_get_row_at_index (self->lines, (int)i) != NULL; i++)
    cs_line_row_refresh (get_line_row (self, i));
}

/* --- the object
 * --------------------------------------------------------------------------------------------- */

static void
cs_proposal_form_dispose (GObject *object)
{
  CsProposalForm *self = CS_PROPOSAL_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_PROPOSAL_FORM);
  g_clear_object (&self->shape_rows);
  g_clear_object (&self->lists);
  g_clear_object (&self->editor);
  G_OBJECT_CLASS (cs_proposal_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, title_row);
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, client_row);
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, lines);
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, totals);
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, start_row);
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, day_row);
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, tax_mode_row);
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, billing_group);
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, effects);
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, job_effects);
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, missing_group);
  gtk_widget_class_bind_template_child (widget_class, CsProposalForm, missing);
}

static void
cs_proposal_form_class_init (CsProposalFormClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_proposal_form_dispose;
  g_type_ensure (CS_TYPE_EFFECTS);
  g_type_ensure (CS_TYPE_JOB_EFFECTS);
  g_type_ensure (CS_TYPE_TYPED_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/proposals/cs-proposal-form.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, title_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_cb);
  gtk_widget_class_bind_template_callback (widget_class, tax_mode_cb);
  gtk_widget_class_install_action (widget_class, "form.add-upfront", NULL, act_add);
  gtk_widget_class_install_action (widget_class, "form.add-monthly", NULL, act_add);
  gtk_widget_class_install_action (widget_class, "form.move-line", "(uu)", act_move_line);
  gtk_widget_class_install_action (widget_class, "form.remove-line", "u", act_remove_line);
  gtk_widget_class_install_action (widget_class, "form.restore-line", NULL, act_restore_line);
  gtk_widget_class_install_action (widget_class, "form.choose-client", NULL, act_choose_client);
  gtk_widget_class_install_action (widget_class, "form.focus", "s", act_focus);
}

static void
cs_proposal_form_init (CsProposalForm *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_typed_row_set_kind (self->start_row, CS_TYPED_DATE);
  cs_typed_row_set_kind (self->day_row, CS_TYPED_WHOLE);
  cs_typed_row_set_limits (self->day_row, 1, 31);
}

/** cs_proposal_form_new: Returns: (transfer floating): the fields of @editor's proposal */
GtkWidget *
cs_proposal_form_new (CsProposalEditor *editor)
{
  CsProposalForm *self = g_object_new (CS_TYPE_PROPOSAL_FORM, NULL);
  GPtrArray *widgets;

  self->editor = g_object_ref (editor);
  self->lists = cs_ledger_lists_new (cs_proposal_editor_get_session (editor));
  self->shape_rows = cs_shape_rows_new (
      self->lists, CS_SHAPE_FIELD (CS_SHAPE_TERMS) | CS_SHAPE_FIELD (CS_SHAPE_STATUS), TRUE);
  widgets = cs_shape_rows_get_widgets (self->shape_rows);
  for (guint i = 0; i < widgets->len; i++)
    adw_preferences_group_add (self->billing_group, widgets->pdata[i]);
  g_signal_connect_object (self->shape_rows, "edited", G_CALLBACK (shape_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "shaped", G_CALLBACK (shaped_cb), self, G_CONNECT_SWAPPED);
  cs_proposal_form_fill (self);
  return GTK_WIDGET (self);
}

/** cs_proposal_form_fill: shows the proposal in every field. */
void
cs_proposal_form_fill (CsProposalForm *self)
{
  const CsProposal *proposal;

  g_return_if_fail (CS_IS_PROPOSAL_FORM (self));

  if ((proposal = cs_proposal_editor_get (self->editor)) == NULL)
    return;
  self->is_filling = TRUE;
  cs_typed_row_set_today (self->start_row,
                          cs_session_get_today (cs_proposal_editor_get_session (self->editor)));
  if (g_strcmp0 (gtk_editable_get_text (self->title_row), proposal->title) != 0)
    gtk_editable_set_text (self->title_row, proposal->title);
  cs_typed_row_set_date (self->start_row, proposal->start);
  cs_typed_row_set_whole (self->day_row, (int)proposal->designated_day);
  adw_combo_row_set_selected (self->tax_mode_row, (guint)proposal->tax_mode);
  fill_shape (self);
  self->is_filling = FALSE;
  mark_unread (self);
  match_line_rows (self);
  edited_cb (self);
}

/** cs_proposal_form_focus_title: where a new draft begins. */
void
cs_proposal_form_focus_title (CsProposalForm *self)
{
  g_return_if_fail (CS_IS_PROPOSAL_FORM (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->title_row));
}
