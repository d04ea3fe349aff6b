/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

static gboolean
write_organisation (CsStore *store,
                    const CsUuid *connection_id,
                    const CsLedgerOrganisation *organisation,
                    GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT OR REPLACE INTO ledger_organisation (connection_id, remote_id, name, short_code, currency,"
      " country_code, time_zone, default_tax_mode, period_lock, year_lock)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, organisation->remote_id);
  cs_sql_bind_text (row, organisation->name);
  cs_sql_bind_text (row, organisation->short_code);
  cs_sql_bind_currency (row, organisation->currency);
  cs_sql_bind_text (row, organisation->country_code);
  cs_sql_bind_text (row, organisation->time_zone);
  cs_sql_bind_text (row, cs_tax_mode_to_string (organisation->default_tax_mode));
  cs_sql_bind_date (row, organisation->period_lock);
  cs_sql_bind_date (row, organisation->year_lock);
  return cs_sql_run (row, error);
}

/* What the ledger calls itself is shown with the connection. */
static gboolean
write_to_connection (CsStore *store,
                     const CsUuid *connection_id,
                     const CsLedgerOrganisation *organisation,
                     GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE connection SET currency = ?1, short_code = iif (?2 = '', short_code, ?2),"
                  " tenant_name = iif (?3 = '', tenant_name, ?3) WHERE id = ?4");

  cs_sql_bind_currency (row, organisation->currency);
  cs_sql_bind_text (row, organisation->short_code);
  cs_sql_bind_text (row, organisation->name);
  cs_sql_bind_uuid (row, connection_id);
  return cs_sql_run (row, error);
}

static gboolean
has_proposals (CsStore *store, gboolean *has, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT 1 FROM proposal LIMIT 1");

  *has = cs_sql_next (row, error);
  return !cs_sql_has_failed (row);
}

/* Before the first proposal, the practice bills as the organisation does; afterwards its settings are its
 * own. */
static gboolean
write_to_settings (CsStore *store, const CsLedgerOrganisation *organisation, GError **error)
{
  g_autoptr (CsSettings) settings = cs_store_load_settings (store, error);
  g_autoptr (CsJsonBuilder) details = NULL;
  gboolean has = FALSE;

  if (settings == NULL || !has_proposals (store, &has, error))
    return FALSE;
  if (has
      || (cs_currency_equal (settings->currency, organisation->currency)
          && settings->tax_mode == organisation->default_tax_mode))
    return TRUE;
  settings->currency = organisation->currency;
  settings->tax_mode = organisation->default_tax_mode;
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "currency", settings->currency.code);
  cs_json_builder_set_string (details, "tax_mode", cs_tax_mode_to_string (settings->tax_mode));
  cs_json_builder_set_string (details, "from", organisation->name);
  return cs_store_write_settings (store, settings, error)
         && cs_store_write_audit (store, "settings.saved", "", details, error);
}

/**
 * cs_store_save_organisation:
 * @store: a store
 * @connection_id: the ledger
 * @organisation: as it says
 * @error: return location
 *
 * Until there is a proposal, the practice's currency and tax mode follow it.
 *
 * Returns: whether it is stored; else %CS_STORE_ERROR_INVALID without a currency, or what the file said
 */
gboolean
cs_store_save_organisation (CsStore *store,
                            const CsUuid *connection_id,
                            const CsLedgerOrganisation *organisation,
                            GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (GError) local = NULL;
  CsCurrency currency;

  g_return_val_if_fail (store != NULL && connection_id != NULL && organisation != NULL, FALSE);

  if (!cs_currency_parse (organisation->currency.code, &currency, &local))
    {
      g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_INVALID, local->message);
      return FALSE;
    }
  transaction = cs_sql_begin (store->sql, error);
  return transaction != NULL && write_organisation (store, connection_id, organisation, error)
         && write_to_connection (store, connection_id, organisation, error)
         && write_to_settings (store, organisation, error) && cs_sql_commit (transaction, error);
}

/**
 * cs_store_get_organisation:
 * @store: a store
 * @connection_id: the ledger
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what it said last; %NULL with %CS_STORE_ERROR_NOT_FOUND before that,
 * or with what the file said
 */
CsLedgerOrganisation *
cs_store_get_organisation (CsStore *store, const CsUuid *connection_id, GError **error)
{
  g_autoptr (CsLedgerOrganisation) organisation = cs_ledger_organisation_new ();
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT remote_id, name, short_code, currency, country_code, time_zone,"
                                    " default_tax_mode, period_lock, year_lock FROM ledger_organisation"
                                    " WHERE connection_id = ?");
  cs_sql_bind_uuid (row, connection_id);
  if (!cs_sql_next (row, error))
    {
      if (!cs_sql_has_failed (row))
        g_set_error_literal (error, CS_STORE_ERROR, CS_STORE_ERROR_NOT_FOUND,
                             _ ("The organisation was not read yet."));
      return NULL;
    }
  cs_sql_read_text (row, &organisation->remote_id);
  cs_sql_read_text (row, &organisation->name);
  cs_sql_read_text (row, &organisation->short_code);
  organisation->currency = cs_sql_read_currency (row);
  cs_sql_read_text (row, &organisation->country_code);
  cs_sql_read_text (row, &organisation->time_zone);
  if (!cs_tax_mode_parse (cs_sql_peek_text (row), &organisation->default_tax_mode, error))
    return NULL;
  organisation->period_lock = cs_sql_read_date (row);
  organisation->year_lock = cs_sql_read_date (row);
  return g_steal_pointer (&organisation);
}
