/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-origin.h"
#include "cs-store-private.h"

/* Each of these is a look-up by a key: tests/store/test-origin.c holds SQLite to it. */

static gboolean
load_email (CsStore *store,
            const CsUuid *connection_id,
            const char *contact_id,
            CsInvoiceOrigin *origin,
            GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT email FROM ledger_contact WHERE id = ?");
  CsUuid id = cs_store_get_mirror_id ("ledger-contact", connection_id, contact_id);

  cs_sql_bind_uuid (row, &id);
  if (cs_sql_next (row, error))
    cs_sql_read_text (row, &origin->contact_email);
  return !cs_sql_has_failed (row);
}

static gboolean
load_owner (CsStore *store,
            const CsUuid *connection_id,
            const char *remote_id,
            CsInvoiceOrigin *origin,
            GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT i.contact_id, ifnull (g.noticed_ms, 0), c.id, ifnull (c.name, '')"
                                    " FROM ledger_invoice i"
                                    " LEFT JOIN ledger_gone g ON g.id = i.id"
                                    " LEFT JOIN link l ON l.connection_id = i.connection_id AND l.remote_id "
                                    "= i.contact_id AND l.kind = 'client'"
                                    " LEFT JOIN client c ON c.id = l.local_id"
                                    " WHERE i.id = ?");
  CsUuid id = cs_store_get_mirror_id ("ledger-invoice", connection_id, remote_id);
  g_autofree char *contact_id = NULL;

  cs_sql_bind_uuid (row, &id);
  if (!cs_sql_next (row, error))
    return !cs_sql_has_failed (row);
  cs_sql_read_text (row, &contact_id);
  origin->gone_ms = cs_sql_read_integer (row);
  origin->client_id = cs_sql_read_uuid (row);
  cs_sql_read_text (row, &origin->client_name);
  return load_email (store, connection_id, contact_id, origin, error);
}

static gboolean
load_proposal (CsStore *store, const CsUuid *planned_id, CsInvoiceOrigin *origin, GError **error)
{
  CsUuid client_id;
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT r.id, r.number, r.title, r.client_id, ifnull (c.name, '')"
                                    " FROM planned_invoice p JOIN proposal r ON r.id = p.proposal_id"
                                    " LEFT JOIN client c ON c.id = r.client_id WHERE p.id = ?");

  cs_sql_bind_uuid (row, planned_id);
  if (cs_sql_next (row, error))
    {
      origin->proposal_id = cs_sql_read_uuid (row);
      cs_sql_read_text (row, &origin->proposal_number);
      cs_sql_read_text (row, &origin->proposal_title);
      client_id = cs_sql_read_uuid (row);
      /* The ledger may have merged the contact that it was made for into another. */
      if (cs_uuid_is_none (&origin->client_id))
        {
          origin->client_id = client_id;
          cs_sql_read_text (row, &origin->client_name);
        }
    }
  return !cs_sql_has_failed (row);
}

static gboolean
load_clauses (CsStore *store, const CsUuid *planned_id, CsInvoiceOrigin *origin, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT (SELECT count (*) FROM engagement_line b WHERE b.proposal_id = e.proposal_id"
                  "          AND b.position <= e.position),"
                  " e.description, e.billing, n.period_index, n.period_start, n.period_end"
                  " FROM planned_line n JOIN engagement_line e ON e.id = n.line_id"
                  " WHERE n.planned_id = ? ORDER BY n.position");

  cs_sql_bind_uuid (row, planned_id);
  while (cs_sql_next (row, error))
    {
      CsInvoiceClause *clause = cs_invoice_clause_new ();

      g_ptr_array_add (origin->clauses, clause);
      clause->clause = (guint)cs_sql_read_integer (row);
      cs_sql_read_text (row, &clause->description);
      if (!cs_billing_rule_parse (cs_sql_peek_text (row), &clause->rule, error))
        return FALSE;
      clause->period.index = (guint)cs_sql_read_integer (row);
      clause->period.start = cs_sql_read_date (row);
      clause->period.end = cs_sql_read_date (row);
    }
  return !cs_sql_has_failed (row);
}

/**
 * cs_store_get_invoice_origin:
 * @store: a store
 * @connection_id: the ledger
 * @remote_id: the invoice's id there
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what is known of it beside the ledger's record; %NULL is an error
 */
CsInvoiceOrigin *
cs_store_get_invoice_origin (CsStore *store,
                             const CsUuid *connection_id,
                             const char *remote_id,
                             GError **error)
{
  g_autoptr (CsInvoiceOrigin) origin = cs_invoice_origin_new ();
  g_autoptr (CsSqlTransaction) transaction = NULL;
  CsUuid planned_id;

  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_id != NULL, NULL);

  transaction = cs_sql_begin_read (store->sql, error);
  if (transaction == NULL || !load_owner (store, connection_id, remote_id, origin, error)
      || !cs_store_load_linked (store, CS_LINK_INVOICE, connection_id, remote_id, &planned_id, error))
    return NULL;
  if (!cs_uuid_is_none (&planned_id)
      && (!load_proposal (store, &planned_id, origin, error)
          || !load_clauses (store, &planned_id, origin, error)))
    return NULL;
  return g_steal_pointer (&origin);
}
