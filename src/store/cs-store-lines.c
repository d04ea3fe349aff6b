/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

static CsProposalLine *
read_line (CsSqlStatement *row, GError **error)
{
  g_autoptr (CsProposalLine) line = cs_proposal_line_new ();

  line->id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &line->description);
  line->quantity = cs_sql_read_decimal (row);
  line->unit_price = cs_sql_read_decimal (row);
  cs_sql_read_text (row, &line->account_code);
  cs_sql_read_text (row, &line->tax_type);
  line->tax_rate = cs_sql_read_decimal (row);
  if (!cs_billing_rule_parse (cs_sql_peek_text (row), &line->billing, error))
    return NULL;
  line->shape = cs_store_parse_shape (cs_sql_peek_text (row), error);
  return line->shape != NULL ? g_steal_pointer (&line) : NULL;
}

/* In order; those of the draft, or as they were agreed. */
gboolean
cs_store_load_lines (CsStore *store, CsProposal *proposal, gboolean of_engagement, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      of_engagement
          ? "SELECT id, description, quantity, unit_price, account_code, tax_type, tax_rate, billing, shape"
            " FROM engagement_line WHERE proposal_id = ? ORDER BY position"
          : "SELECT id, description, quantity, unit_price, account_code, tax_type, tax_rate, billing, shape"
            " FROM proposal_line WHERE proposal_id = ? ORDER BY position");

  g_ptr_array_set_size (proposal->lines, 0);
  cs_sql_bind_uuid (row, &proposal->id);
  while (cs_sql_next (row, error))
    {
      CsProposalLine *line = read_line (row, error);

      if (line == NULL)
        return FALSE;
      g_ptr_array_add (proposal->lines, line);
    }
  return !cs_sql_has_failed (row);
}

/* Binds and runs, line by line, an insert of all columns. */
static gboolean
insert_lines (CsSqlStatement *row, const CsProposal *proposal, GError **error)
{
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      const CsProposalLine *line = g_ptr_array_index (proposal->lines, i);
      g_autofree char *billing = cs_billing_rule_to_string (&line->billing);
      g_autofree char *shape = cs_store_build_shape (line->shape);

      cs_sql_bind_uuid (row, &line->id);
      cs_sql_bind_uuid (row, &proposal->id);
      cs_sql_bind_integer (row, i);
      cs_sql_bind_text (row, line->description);
      cs_sql_bind_decimal (row, line->quantity);
      cs_sql_bind_decimal (row, line->unit_price);
      cs_sql_bind_text (row, line->account_code);
      cs_sql_bind_text (row, line->tax_type);
      cs_sql_bind_decimal (row, line->tax_rate);
      cs_sql_bind_text (row, billing);
      cs_sql_bind_text (row, shape);
      if (!cs_sql_run (row, error))
        return FALSE;
    }
  return TRUE;
}

/* Replaces those of the draft. */
gboolean
cs_store_write_lines (CsStore *store, const CsProposal *proposal, GError **error)
{
  g_autoptr (CsSqlStatement) old
      = cs_sql_prepare (store->sql, "DELETE FROM proposal_line WHERE proposal_id = ?");
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO proposal_line (id, proposal_id, position, description, quantity, unit_price,"
      " account_code, tax_type, tax_rate, billing, shape) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (old, &proposal->id);
  return cs_sql_run (old, error) && insert_lines (row, proposal, error);
}

/* Copies them to what was agreed. */
gboolean
cs_store_write_engagement (CsStore *store, const CsProposal *proposal, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO engagement_line (id, proposal_id, position, description, quantity, unit_price,"
      " account_code, tax_type, tax_rate, billing, shape) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  return insert_lines (row, proposal, error);
}
