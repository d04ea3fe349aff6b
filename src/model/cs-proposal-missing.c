/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps a draft from being accepted: the domain's rules, and what only the page knows. */
#include "config.h"

#include "cs-proposal-editor-private.h"
#include "cs-proposal-summary.h"

/* A field whose text is not understood. */
typedef struct
{
  const CsProposalLine *line; /* compared by address alone; NULL: a field of the proposal */
  const char *field;          /* interned */
} Unread;

static gboolean
find_unread (CsProposalEditor *self, const CsProposalLine *line, const char *field, guint *index)
{
  for (guint i = 0; self->unread != NULL && i < self->unread->len; i++)
    {
      const Unread *unread = &g_array_index (self->unread, Unread, i);

      if (unread->line != line || unread->field != field)
        continue;
      *index = i;
      return TRUE;
    }
  return FALSE;
}

/**
 * cs_proposal_editor_set_unread:
 * @self: the editor
 * @line: (nullable): the line whose field it is
 * @field: "price", "quantity"; of the proposal "start", "day", "due"
 * @is_unread: whether what is typed there can't be read
 *
 * While it can't, the proposal can't be accepted. Emits "edited" where that is news.
 */
void
cs_proposal_editor_set_unread (CsProposalEditor *self,
                               const CsProposalLine *line,
                               const char *field,
                               gboolean is_unread)
{
  const Unread unread = { line, g_intern_string (field) };
  guint index;
  gboolean was_unread;

  g_return_if_fail (CS_IS_PROPOSAL_EDITOR (self));

  was_unread = find_unread (self, line, unread.field, &index);
  if (was_unread == is_unread)
    return;
  if (self->unread == NULL)
    self->unread = g_array_new (FALSE, FALSE, sizeof (Unread));
  if (is_unread)
    g_array_append_val (self->unread, unread);
  else
    g_array_remove_index (self->unread, index);
  g_signal_emit_by_name (self, "edited");
}

/* A line that went away with an unread field in it counts no more. */
static void
add_unread (CsProposalEditor *self, GPtrArray *missing)
{
  for (guint i = 0; self->unread != NULL && i < self->unread->len; i++)
    {
      const Unread *unread = &g_array_index (self->unread, Unread, i);
      g_autofree char *no_price = NULL;
      guint line, also;

      if (unread->line == NULL)
        g_ptr_array_add (missing, g_strdup_printf ("%s-unread", unread->field));
      else if (g_ptr_array_find (self->proposal->lines, unread->line, &line))
        {
          no_price = g_strdup_printf ("line-price:%u", line + 1);
          if (g_ptr_array_find_with_equal_func (missing, no_price, g_str_equal, &also))
            g_ptr_array_remove_index (missing, also);
          g_ptr_array_add (missing, g_strdup_printf ("line-%s-unread:%u", unread->field, line + 1));
        }
    }
}

/* Said once, of what recurs. */
static void
add_totals (CsProposalEditor *self, GPtrArray *missing)
{
  g_autoptr (GArray) sums = cs_proposal_sum_up (self->proposal);
  gboolean is_said = FALSE;

  if (cs_proposal_is_too_large (self->proposal))
    g_ptr_array_add (missing, g_strdup ("total-too-large"));
  for (guint i = 0; i < sums->len && !is_said; i++)
    {
      const CsProposalSum *sum = &g_array_index (sums, CsProposalSum, i);
      gboolean is_upfront = sum->rhythm.unit == CS_BILLING_UNIT_ONCE;

      if (sum->total.minor >= 0)
        continue;
      is_said = !is_upfront;
      g_ptr_array_add (missing, g_strdup (is_upfront ? "total-upfront" : "total-recurring"));
    }
}

/** cs_proposal_editor_list_missing: Returns: (transfer full): codes; empty when it can be accepted */
GPtrArray *
cs_proposal_editor_list_missing (CsProposalEditor *self)
{
  GPtrArray *missing;

  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self) && self->proposal != NULL, NULL);

  missing = cs_proposal_list_missing (self->proposal);
  add_unread (self, missing);
  add_totals (self, missing);
  return missing;
}
