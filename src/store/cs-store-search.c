/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"
#include "cs-store-review.h"

#include <string.h>

/* The index knows three letters in a row, and nothing shorter. */
#define LETTERS_INDEXED 3

/* Words of an index's language are quoted by doubling the quotes in them. */
static char *
quote (const char *word)
{
  g_autoptr (GString) text = g_string_new (word);

  g_string_replace (text, "\"", "\"\"", 0);
  return g_strdup_printf ("\"%s\"", text->str);
}

static char *
make_pattern (const char *word)
{
  GString *text = g_string_new (word);

  g_string_replace (text, "\\", "\\\\", 0);
  g_string_replace (text, "%", "\\%", 0);
  g_string_replace (text, "_", "\\_", 0);
  g_string_prepend_c (text, '%');
  g_string_append_c (text, '%');
  return g_string_free_and_steal (text);
}

static CsSqlStatement *
prepare_search (CsStore *store, const CsUuid *connection_id, const char *word, guint limit)
{
  CsSqlStatement *row;

  if (g_utf8_strlen (word, -1) >= LETTERS_INDEXED)
    {
      g_autofree char *quoted = quote (word);

      row = cs_sql_prepare (store->sql, "SELECT rowid FROM invoice_text WHERE invoice_text MATCH ? LIMIT ?");
      cs_sql_bind_text (row, quoted);
    }
  else
    {
      g_autofree char *pattern = make_pattern (word);

      row = cs_sql_prepare (store->sql,
                            "SELECT rid FROM ledger_invoice INDEXED BY ledger_invoice_newest"
                            " WHERE connection_id = ? AND is_sales = 1 AND (number LIKE ? ESCAPE '\\'"
                            " OR reference LIKE ? ESCAPE '\\')"
                            " ORDER BY date DESC, number DESC LIMIT ?");
      cs_sql_bind_uuid (row, connection_id);
      cs_sql_bind_text (row, pattern);
      cs_sql_bind_text (row, pattern);
    }
  cs_sql_bind_integer (row, (gint64)limit + 1);
  return row;
}

/**
 * cs_store_find_invoices:
 * @store: a store
 * @connection_id: the ledger
 * @found: words whose rows are looked for; what was found before is forgotten
 * @limit: no more rows than these for each word
 * @is_whole: (out): whether these are all
 * @error: return location
 *
 * By three letters and more an index answers, whatever the number of invoices; by fewer, so many fit that the
 * newest are looked through.
 *
 * Returns: whether it was looked; else what the file said
 */
gboolean
cs_store_find_invoices (CsStore *store,
                        const CsUuid *connection_id,
                        CsInvoiceFound *found,
                        guint limit,
                        gboolean *is_whole,
                        GError **error)
{
  g_return_val_if_fail (store != NULL && connection_id != NULL && found != NULL && is_whole != NULL, FALSE);

  *is_whole = TRUE;
  for (gsize i = 0; found->words[i] != NULL; i++)
    {
      g_autoptr (CsSqlStatement) row = prepare_search (store, connection_id, found->words[i], limit);

      cs_row_set_clear (found->rows[i]);
      while (cs_sql_next (row, error))
        cs_row_set_add (found->rows[i], (guint32)cs_sql_read_integer (row));
      if (cs_sql_has_failed (row))
        return FALSE;
      *is_whole = *is_whole && found->rows[i]->count <= limit;
    }
  return TRUE;
}

#define ORDERED(column, direction)                                                                           \
  "SELECT rid FROM ledger_invoice WHERE connection_id = ? AND is_sales = 1 ORDER BY " column                 \
  " COLLATE NOCASE " direction ", rid"

/**
 * cs_store_order_invoices:
 * @store: a store
 * @connection_id: the ledger
 * @column: number or reference
 * @is_descending: Z first
 * @error: return location
 *
 * Returns: (transfer full) (element-type guint32) (nullable): keys of all sales invoices in this order
 */
GArray *
cs_store_order_invoices (CsStore *store,
                         const CsUuid *connection_id,
                         CsInvoiceColumn column,
                         gboolean is_descending,
                         GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (column == CS_INVOICE_COLUMN_NUMBER || column == CS_INVOICE_COLUMN_REFERENCE, NULL);

  if (column == CS_INVOICE_COLUMN_NUMBER)
    row = is_descending ? cs_sql_prepare (store->sql, ORDERED ("number", "DESC"))
                        : cs_sql_prepare (store->sql, ORDERED ("number", "ASC"));
  else
    row = is_descending ? cs_sql_prepare (store->sql, ORDERED ("reference", "DESC"))
                        : cs_sql_prepare (store->sql, ORDERED ("reference", "ASC"));
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      guint32 key = (guint32)cs_sql_read_integer (row);

      g_array_append_val (keys, key);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&keys);
}

/**
 * cs_store_get_proposal_invoices:
 * @store: a store
 * @connection_id: the ledger
 * @proposal_id: a proposal
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the keys of the ledger's invoices that this proposal billed
 */
CsRowSet *
cs_store_get_proposal_invoices (CsStore *store,
                                const CsUuid *connection_id,
                                const CsUuid *proposal_id,
                                GError **error)
{
  g_autoptr (CsRowSet) keys = cs_row_set_new ();
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && proposal_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT remote_invoice_id FROM planned_invoice WHERE proposal_id = ?"
                                    " AND remote_invoice_id <> ''");
  cs_sql_bind_uuid (row, proposal_id);
  while (cs_sql_next (row, error))
    {
      g_autoptr (CsSqlStatement) mirrored
          = cs_sql_prepare (store->sql, "SELECT rid FROM ledger_invoice WHERE id = ?");
      CsUuid id = cs_store_get_mirror_id ("ledger-invoice", connection_id, cs_sql_peek_text (row));

      cs_sql_bind_uuid (mirrored, &id);
      if (cs_sql_next (mirrored, error))
        cs_row_set_add (keys, (guint32)cs_sql_read_integer (mirrored));
      else if (cs_sql_has_failed (mirrored))
        return NULL;
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&keys);
}
