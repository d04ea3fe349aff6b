/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-code-row.h"

struct _CsCodeRow
{
  AdwComboRow parent_instance;
  GtkStringList *labels;
  GPtrArray *codes; /* of char *, "" first: none */
  gboolean is_filling;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsCodeRow, cs_code_row, ADW_TYPE_COMBO_ROW)

static void
on_selected (CsCodeRow *self)
{
  if (!self->is_filling)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
cs_code_row_dispose (GObject *object)
{
  g_clear_object (&CS_CODE_ROW (object)->labels);
  G_OBJECT_CLASS (cs_code_row_parent_class)->dispose (object);
}

static void
cs_code_row_finalize (GObject *object)
{
  g_ptr_array_unref (CS_CODE_ROW (object)->codes);
  G_OBJECT_CLASS (cs_code_row_parent_class)->finalize (object);
}

static void
cs_code_row_class_init (CsCodeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_code_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_code_row_finalize;
  signals[SIGNAL_CHOSEN]
      = g_signal_new ("chosen", CS_TYPE_CODE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_code_row_init (CsCodeRow *self)
{
  self->codes = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected), NULL);
}

/**
 * cs_code_row_begin:
 * @self: a row
 *
 * Begins the list anew, with "None".
 */
void
cs_code_row_begin (CsCodeRow *self)
{
  g_return_if_fail (CS_IS_CODE_ROW (self));

  self->is_filling = TRUE;
  g_ptr_array_set_size (self->codes, 0);
  g_clear_object (&self->labels);
  self->labels = gtk_string_list_new (NULL);
  cs_code_row_add (self, "", _ ("None"));
}

/**
 * cs_code_row_add:
 * @self: a row, between begin and end
 * @code: what is kept
 * @label: what a person reads
 *
 * Adds a choice.
 */
void
cs_code_row_add (CsCodeRow *self, const char *code, const char *label)
{
  g_return_if_fail (CS_IS_CODE_ROW (self));

  g_ptr_array_add (self->codes, g_strdup (code));
  gtk_string_list_append (self->labels, label);
}

/**
 * cs_code_row_end:
 * @self: a row
 * @code: what is set now
 *
 * Shows the list with @code chosen.
 */
void
cs_code_row_end (CsCodeRow *self, const char *code)
{
  guint index = 0;

  g_return_if_fail (CS_IS_CODE_ROW (self));

  if (!g_ptr_array_find_with_equal_func (self->codes, code, g_str_equal, &index))
    {
      /* Translators: %s is a code, such as that of an account, which is set but isn't in Xero's list. */
      g_autofree char *label = g_strdup_printf (_ ("%s (not in Xero’s list)"), code);

      index = self->codes->len;
      cs_code_row_add (self, code, label);
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), index);
  self->is_filling = FALSE;
}

const char *
cs_code_row_get_code (CsCodeRow *self)
{
  guint index;

  g_return_val_if_fail (CS_IS_CODE_ROW (self), "");

  index = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  return index < self->codes->len ? g_ptr_array_index (self->codes, index) : "";
}
