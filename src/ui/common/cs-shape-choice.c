/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-shape-choice.h"

#include <glib/gi18n-lib.h>

/**
 * cs_shape_choice_make:
 * @choice: (out caller-allocates): a choice
 * @title: of its row
 *
 * The row belongs to whom it is put into. What is chosen stands under the title, as it may be long.
 */
void
cs_shape_choice_make (CsShapeChoice *choice, const char *title)
{
  g_autoptr (GtkExpression) text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  choice->row = g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "title-lines", 0, "use-markup", FALSE,
                              "use-subtitle", TRUE, "subtitle-lines", 0, "expression", text, NULL);
  choice->values = g_ptr_array_new_with_free_func (g_free);
}

/** cs_shape_choice_clear: forgets the row, which is somebody else's */
void
cs_shape_choice_clear (CsShapeChoice *choice)
{
  choice->row = NULL;
  g_clear_pointer (&choice->values, g_ptr_array_unref);
}

/** cs_shape_choice_get: Returns: (transfer none) (nullable): the value that is chosen; %NULL: inherited */
const char *
cs_shape_choice_get (const CsShapeChoice *choice)
{
  guint selected = adw_combo_row_get_selected (choice->row);

  return selected < choice->values->len ? choice->values->pdata[selected] : NULL;
}

/** cs_shape_choice_add: one more, in words */
void
cs_shape_choice_add (CsShapeChoice *choice, GtkStringList *labels, const char *value, const char *label)
{
  g_ptr_array_add (choice->values, g_strdup (value));
  gtk_string_list_append (labels, label);
}

/* "As the client: Draft" */
static char *
name_inherited (CsShapeLevel source, const char *value)
{
  switch (source)
    {
    case CS_SHAPE_OF_PRACTICE:
      /* Translators: %s is what the practice has chosen. */
      return g_strdup_printf (_ ("Practice: %s"), value);
    case CS_SHAPE_OF_CLIENT:
      /* Translators: %s is what is chosen for the client. */
      return g_strdup_printf (_ ("Client: %s"), value);
    case CS_SHAPE_OF_PROPOSAL:
      /* Translators: %s is what is chosen for the proposal. */
      return g_strdup_printf (_ ("Proposal: %s"), value);
    case CS_SHAPE_OF_NOBODY:
    case CS_SHAPE_OF_LINE:
    case CS_SHAPE_N_LEVELS:
    default:
      if (*value == '\0')
        return g_strdup (_ ("Not set"));
      /* Translators: %s is what counts where nothing is chosen. */
      return g_strdup_printf (_ ("Not set: %s"), value);
    }
}

/**
 * cs_shape_choice_begin:
 * @choice: a choice
 * @labels: none yet
 * @may_inherit: whether the first choice is to say nothing
 * @source: whose word counts then
 * @inherited: and what it is, in words; "": nothing
 */
void
cs_shape_choice_begin (CsShapeChoice *choice,
                       GtkStringList *labels,
                       gboolean may_inherit,
                       CsShapeLevel source,
                       const char *inherited)
{
  g_autofree char *label = name_inherited (source, inherited);

  g_ptr_array_set_size (choice->values, 0);
  if (may_inherit)
    cs_shape_choice_add (choice, labels, NULL, label);
}

static gboolean
has_labels (AdwComboRow *row, GtkStringList *labels)
{
  GListModel *model = adw_combo_row_get_model (row);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (labels));

  if (model == NULL || g_list_model_get_n_items (model) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i),
                      gtk_string_list_get_string (labels, i)))
      return FALSE;
  return TRUE;
}

/**
 * cs_shape_choice_end:
 * @choice: a choice
 * @labels: of all that was added
 * @value: (nullable): what is chosen
 * @gone: how to name @value where it is none of the choices
 */
void
cs_shape_choice_end (CsShapeChoice *choice, GtkStringList *labels, const char *value, const char *gone)
{
  guint selected = 0;

  for (guint i = 0; i < choice->values->len; i++)
    if (g_strcmp0 (choice->values->pdata[i], value) == 0)
      {
        selected = i;
        break;
      }
  if (selected == 0 && value != NULL && g_strcmp0 (choice->values->pdata[0], value) != 0)
    {
      selected = choice->values->len;
      cs_shape_choice_add (choice, labels, value, gone);
    }
  /* An open list keeps its rows, and the keyboard. */
  if (!has_labels (choice->row, labels))
    adw_combo_row_set_model (choice->row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (choice->row, selected);
}

/** cs_shape_choice_name_gone_code: Returns: (transfer full): for a code, which people know */
char *
cs_shape_choice_name_gone_code (const char *code, gboolean is_read)
{
  /* Translators: %s is the code of an account or of a tax rate that is chosen. */
  return g_strdup_printf (is_read ? _ ("%s (not in use in Xero)") : _ ("%s (not read from Xero yet)"),
                          code != NULL ? code : "");
}

/** cs_shape_choice_name_gone: Returns: (transfer none): for an id, which nobody knows */
const char *
cs_shape_choice_name_gone (gboolean is_read)
{
  return is_read ? _ ("Gone from Xero: choose another") : _ ("Not read from Xero yet");
}
