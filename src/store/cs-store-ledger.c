/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A bound on a ring of merges, which no ledger should have. */
#define MERGES_MAX 8

/* A remote's ids are its own affair; sixteen bytes made from one are ours, and a narrower key to look up. */
CsUuid
cs_store_get_mirror_id (const char *kind, const CsUuid *connection_id, const char *remote_id)
{
  return cs_uuid_from_name_within (kind, connection_id, remote_id);
}

/* Contacts */

static gboolean
load_merged_into (CsStore *store, const CsUuid *id, char **merged_into, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT merged_into FROM ledger_contact WHERE id = ?");

  cs_sql_bind_uuid (row, id);
  if (cs_sql_next (row, error))
    cs_sql_read_text (row, merged_into);
  else
    g_set_str (merged_into, "");
  return !cs_sql_has_failed (row);
}

/* The winner may have lost since. */
static gboolean
load_winner (CsStore *store, const CsUuid *connection_id, char **winner, GError **error)
{
  g_autofree char *next = NULL;

  for (guint i = 0; i < MERGES_MAX; i++)
    {
      CsUuid id = cs_store_get_mirror_id ("ledger-contact", connection_id, *winner);

      if (!load_merged_into (store, &id, &next, error))
        return FALSE;
      if (*next == '\0')
        return TRUE;
      g_set_str (winner, next);
    }
  return TRUE;
}

/* A merge at the ledger: the loser is archived and names the winner. Its client goes with it, unless the
 * winner has one already: which of two clients stays is a person's decision. */
gboolean
cs_store_write_link_followed (CsStore *store,
                              const CsUuid *connection_id,
                              const CsLedgerContact *contact,
                              GError **error)
{
  g_autofree char *winner = g_strdup (contact->merged_into);
  CsUuid client_id, other_id;
  g_autoptr (CsJsonBuilder) details = NULL;

  if (*winner == '\0')
    return TRUE;
  if (!cs_store_load_linked (store, CS_LINK_CLIENT, connection_id, contact->remote_id, &client_id, error))
    return FALSE;
  if (cs_uuid_is_none (&client_id))
    return TRUE;
  if (!load_winner (store, connection_id, &winner, error)
      || !cs_store_load_linked (store, CS_LINK_CLIENT, connection_id, winner, &other_id, error))
    return FALSE;
  if (!cs_uuid_is_none (&other_id))
    return TRUE;
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "from", contact->remote_id);
  cs_json_builder_set_string (details, "remote_id", winner);
  cs_json_builder_set_string (details, "how", "merged");
  return cs_store_write_link (store, CS_LINK_CLIENT, &client_id, connection_id, winner, "merged", error)
         && cs_store_write_audit_id (store, "client.linked", &client_id, details, error);
}

/* The loser's invoices are the winner's now, and their own times may not tell. */
static gboolean
write_moved_invoices (CsStore *store, const CsUuid *connection_id, const char *contact_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT INTO ledger_stale_invoice (id, connection_id, remote_id, changed_ms)"
                  " SELECT id, connection_id, remote_id, 9223372036854775807"
                  " FROM ledger_invoice WHERE connection_id = ? AND contact_id = ?"
                  " ON CONFLICT (id) DO UPDATE SET changed_ms = excluded.changed_ms");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, contact_id);
  return cs_sql_run (row, error);
}

/* Once, when the merge is first seen (xero-accounting.md 8.5). */
static gboolean
write_merge (CsStore *store,
             const CsUuid *connection_id,
             const CsUuid *id,
             const CsLedgerContact *contact,
             GError **error)
{
  g_autofree char *before = NULL;

  if (!load_merged_into (store, id, &before, error))
    return FALSE;
  if (g_str_equal (before, contact->merged_into))
    return TRUE;
  return cs_store_write_link_followed (store, connection_id, contact, error)
         && write_moved_invoices (store, connection_id, contact->remote_id, error);
}

static gboolean
write_contact_row (CsStore *store,
                   const CsUuid *connection_id,
                   const CsUuid *id,
                   const CsLedgerContact *contact,
                   gint64 run,
                   GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO ledger_contact (id, connection_id, remote_id, name, email, contact_number, is_archived,"
      " merged_into, updated_ms, seen_run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email,"
      " contact_number = excluded.contact_number, is_archived = excluded.is_archived,"
      " merged_into = excluded.merged_into, updated_ms = excluded.updated_ms,"
      " seen_run = max (seen_run, excluded.seen_run)"
      " WHERE excluded.updated_ms >= ledger_contact.updated_ms");

  cs_sql_bind_uuid (row, id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, contact->remote_id);
  cs_sql_bind_text (row, contact->name);
  cs_sql_bind_text (row, contact->email);
  cs_sql_bind_text (row, contact->contact_number);
  cs_sql_bind_boolean (row, contact->is_archived);
  cs_sql_bind_text (row, contact->merged_into);
  cs_sql_bind_integer (row, contact->updated_ms);
  cs_sql_bind_integer (row, run);
  return cs_sql_run (row, error);
}

static gboolean
write_contact_seen (CsStore *store, const CsUuid *id, gint64 run, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE ledger_contact SET seen_run = max (seen_run, ?) WHERE id = ?");

  cs_sql_bind_integer (row, run);
  cs_sql_bind_uuid (row, id);
  return cs_sql_run (row, error);
}

static gboolean
write_contact (CsStore *store,
               const CsUuid *connection_id,
               const CsLedgerContact *contact,
               gint64 run,
               GError **error)
{
  CsUuid id = cs_store_get_mirror_id ("ledger-contact", connection_id, contact->remote_id);

  if (*contact->merged_into != '\0' && !write_merge (store, connection_id, &id, contact, error))
    return FALSE;
  if (!write_contact_row (store, connection_id, &id, contact, run, error))
    return FALSE;
  return run == 0 || cs_sql_count_changes (store->sql) > 0 || write_contact_seen (store, &id, run, error);
}

gboolean
cs_store_write_contact (CsStore *store,
                        const CsUuid *connection_id,
                        const CsLedgerContact *contact,
                        GError **error)
{
  return write_contact (store, connection_id, contact, 0, error);
}

/**
 * cs_store_save_contacts:
 * @store: a store
 * @connection_id: the ledger
 * @contacts: (element-type CsLedgerContact): a page
 * @cursor: (nullable): how far the pull is with it, of the kind "contacts"
 * @error: return location
 *
 * The page and its cursor are one transaction (design.md section 4). A client whose contact was merged into
 * another is linked to that one from then on, and the loser's invoices are to be read again.
 *
 * Returns: whether both are stored; else neither is
 */
gboolean
cs_store_save_contacts (CsStore *store,
                        const CsUuid *connection_id,
                        GPtrArray *contacts,
                        const CsCursor *cursor,
                        GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && contacts != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < contacts->len; i++)
    if (!write_contact (store, connection_id, g_ptr_array_index (contacts, i),
                        cursor != NULL ? cursor->run : 0, error))
      return FALSE;
  return (cursor == NULL || cs_store_write_cursor (store, connection_id, "contacts", cursor, error))
         && cs_sql_commit (transaction, error);
}

static CsLedgerContact *
read_contact (CsSqlStatement *row)
{
  CsLedgerContact *contact = cs_ledger_contact_new ();

  cs_sql_read_text (row, &contact->remote_id);
  cs_sql_read_text (row, &contact->name);
  cs_sql_read_text (row, &contact->email);
  cs_sql_read_text (row, &contact->contact_number);
  contact->is_archived = cs_sql_read_boolean (row);
  cs_sql_read_text (row, &contact->merged_into);
  contact->updated_ms = cs_sql_read_integer (row);
  return contact;
}

/**
 * cs_store_list_contacts:
 * @store: a store
 * @connection_id: the ledger
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsLedgerContact) (nullable): those that are not archived, by name
 */
GPtrArray *
cs_store_list_contacts (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_contact_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT remote_id, name, email, contact_number, is_archived, merged_into,"
                        " updated_ms FROM ledger_contact WHERE connection_id = ? AND is_archived = 0"
                        " ORDER BY name COLLATE NOCASE, remote_id");
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    g_ptr_array_add (contacts, read_contact (row));
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&contacts);
}

CsLedgerContact *
cs_store_load_contact (CsStore *store, const CsUuid *connection_id, const char *remote_id, GError **error)
{
  CsUuid id = cs_store_get_mirror_id ("ledger-contact", connection_id, remote_id);
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT remote_id, name, email, contact_number, is_archived, merged_into,"
                                    " updated_ms FROM ledger_contact WHERE id = ?");

  cs_sql_bind_uuid (row, &id);
  if (cs_sql_next (row, error))
    return read_contact (row);
  if (!cs_sql_has_failed (row))
    g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND,
                         _ ("There is no such contact here."));
  return NULL;
}

/**
 * cs_store_get_contact:
 * @store: a store
 * @connection_id: the ledger
 * @remote_id: a contact's id there
 * @error: return location
 *
 * Returns: (transfer full) (nullable): it, archived or not; %NULL with %CS_STORE_ERROR_NOT_FOUND or what the
 * file said
 */
CsLedgerContact *
cs_store_get_contact (CsStore *store, const CsUuid *connection_id, const char *remote_id, GError **error)
{
  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_id != NULL, NULL);

  return cs_store_load_contact (store, connection_id, remote_id, error);
}

/* Whole small lists */

static gboolean
run_on_connection (CsStore *store, const char *statement, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, statement);

  cs_sql_bind_uuid (row, connection_id);
  return cs_sql_run (row, error);
}

static gboolean
insert_account (CsStore *store, const CsUuid *connection_id, const CsLedgerAccount *account, GError **error)
{
  CsUuid id = cs_store_get_mirror_id ("ledger-account", connection_id, account->remote_id);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT INTO ledger_account (id, connection_id, remote_id, code, name, type, class_name, tax_type,"
      " is_active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, &id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, account->remote_id);
  cs_sql_bind_text (row, account->code);
  cs_sql_bind_text (row, account->name);
  cs_sql_bind_text (row, account->type);
  cs_sql_bind_text (row, account->class_name);
  cs_sql_bind_text (row, account->tax_type);
  cs_sql_bind_boolean (row, account->is_active);
  return cs_sql_run (row, error);
}

/**
 * cs_store_save_accounts:
 * @store: a store
 * @connection_id: the ledger
 * @accounts: (element-type CsLedgerAccount): all of them; they replace what was there
 * @error: return location
 *
 * Returns: whether they are stored; else what was there still is
 */
gboolean
cs_store_save_accounts (CsStore *store, const CsUuid *connection_id, GPtrArray *accounts, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && accounts != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL
      || !run_on_connection (store, "DELETE FROM ledger_account WHERE connection_id = ?", connection_id,
                             error))
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    if (!insert_account (store, connection_id, g_ptr_array_index (accounts, i), error))
      return FALSE;
  return cs_sql_commit (transaction, error);
}

/**
 * cs_store_list_accounts:
 * @store: a store
 * @connection_id: the ledger
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsLedgerAccount) (nullable): all of them, by code
 */
GPtrArray *
cs_store_list_accounts (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_account_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT remote_id, code, name, type, class_name, tax_type, is_active"
                        " FROM ledger_account WHERE connection_id = ? ORDER BY code, name, remote_id");
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      CsLedgerAccount *account = cs_ledger_account_new ();

      g_ptr_array_add (accounts, account);
      cs_sql_read_text (row, &account->remote_id);
      cs_sql_read_text (row, &account->code);
      cs_sql_read_text (row, &account->name);
      cs_sql_read_text (row, &account->type);
      cs_sql_read_text (row, &account->class_name);
      cs_sql_read_text (row, &account->tax_type);
      account->is_active = cs_sql_read_boolean (row);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&accounts);
}

static gboolean
insert_tax_rate (CsStore *store, const CsUuid *connection_id, const CsLedgerTaxRate *rate, GError **error)
{
  CsUuid id = cs_store_get_mirror_id ("ledger-tax-rate", connection_id, rate->tax_type);
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "INSERT OR REPLACE INTO ledger_tax_rate (id, connection_id, tax_type, name, rate,"
                  " is_active, applies_to_revenue) VALUES (?, ?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, &id);
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, rate->tax_type);
  cs_sql_bind_text (row, rate->name);
  cs_sql_bind_decimal (row, rate->rate);
  cs_sql_bind_boolean (row, rate->is_active);
  cs_sql_bind_boolean (row, rate->applies_to_revenue);
  return cs_sql_run (row, error);
}

/**
 * cs_store_save_tax_rates:
 * @store: a store
 * @connection_id: the ledger
 * @rates: (element-type CsLedgerTaxRate): all of them; they replace what was there
 * @error: return location
 *
 * Returns: whether they are stored; else what was there still is
 */
gboolean
cs_store_save_tax_rates (CsStore *store, const CsUuid *connection_id, GPtrArray *rates, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && rates != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL
      || !run_on_connection (store, "DELETE FROM ledger_tax_rate WHERE connection_id = ?", connection_id,
                             error))
    return FALSE;
  for (guint i = 0; i < rates->len; i++)
    if (!insert_tax_rate (store, connection_id, g_ptr_array_index (rates, i), error))
      return FALSE;
  return cs_sql_commit (transaction, error);
}

/**
 * cs_store_list_tax_rates:
 * @store: a store
 * @connection_id: the ledger
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsLedgerTaxRate) (nullable): all of them, by name
 */
GPtrArray *
cs_store_list_tax_rates (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (GPtrArray) rates = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_ledger_tax_rate_free);
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql,
                        "SELECT tax_type, name, rate, is_active, applies_to_revenue FROM ledger_tax_rate"
                        " WHERE connection_id = ? ORDER BY name, tax_type");
  cs_sql_bind_uuid (row, connection_id);
  while (cs_sql_next (row, error))
    {
      CsLedgerTaxRate *rate = cs_ledger_tax_rate_new ();

      g_ptr_array_add (rates, rate);
      cs_sql_read_text (row, &rate->tax_type);
      cs_sql_read_text (row, &rate->name);
      rate->rate = cs_sql_read_decimal (row);
      rate->is_active = cs_sql_read_boolean (row);
      rate->applies_to_revenue = cs_sql_read_boolean (row);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&rates);
}
