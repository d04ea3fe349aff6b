/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-connection.h"
#include "cs-practice-entry.h"
#include "cs-settings.h"

/* The records whose headers lie in domain, and which this room alone fills. */

/**
 * cs_settings_free:
 * @settings: (transfer full) (nullable): settings
 */
void
cs_settings_free (CsSettings *settings)
{
  if (settings == NULL)
    return;
  g_free (settings->practice_name);
  g_free (settings->time_zone);
  g_free (settings->number_prefix);
  g_free (settings->default_account_code);
  g_free (settings->default_tax_type);
  g_free (settings->actor);
  g_free (settings->client_id);
  g_free (settings);
}

/**
 * cs_settings_copy:
 * @settings: settings
 *
 * Returns: (transfer full): the same, sharing nothing with @settings
 */
CsSettings *
cs_settings_copy (const CsSettings *settings)
{
  CsSettings *copy = g_memdup2 (settings, sizeof *settings);

  copy->practice_name = g_strdup (settings->practice_name);
  copy->time_zone = g_strdup (settings->time_zone);
  copy->number_prefix = g_strdup (settings->number_prefix);
  copy->default_account_code = g_strdup (settings->default_account_code);
  copy->default_tax_type = g_strdup (settings->default_tax_type);
  copy->actor = g_strdup (settings->actor);
  copy->client_id = g_strdup (settings->client_id);
  return copy;
}

/**
 * cs_settings_format_number:
 * @settings: settings
 * @number: from 1
 *
 * Returns: (transfer full): the prefix and at least four digits: "CS-0001"
 */
char *
cs_settings_format_number (const CsSettings *settings, gint64 number)
{
  g_return_val_if_fail (settings != NULL, NULL);

  return g_strdup_printf ("%s%04" G_GINT64_FORMAT, settings->number_prefix, number);
}

/**
 * cs_connection_new:
 *
 * Returns: (transfer full): a connection with empty strings
 */
CsConnection *
cs_connection_new (void)
{
  CsConnection *connection = g_new0 (CsConnection, 1);

  connection->system = g_strdup ("");
  connection->tenant_id = g_strdup ("");
  connection->tenant_name = g_strdup ("");
  connection->short_code = g_strdup ("");
  connection->remote_id = g_strdup ("");
  connection->login_name = g_strdup ("");
  connection->client_id = g_strdup ("");
  connection->scopes = g_strdup ("");
  return connection;
}

/**
 * cs_connection_copy:
 * @connection: a connection
 *
 * Returns: (transfer full): the same, sharing nothing with @connection
 */
CsConnection *
cs_connection_copy (const CsConnection *connection)
{
  CsConnection *copy = g_memdup2 (connection, sizeof *connection);

  copy->system = g_strdup (connection->system);
  copy->tenant_id = g_strdup (connection->tenant_id);
  copy->tenant_name = g_strdup (connection->tenant_name);
  copy->short_code = g_strdup (connection->short_code);
  copy->remote_id = g_strdup (connection->remote_id);
  copy->login_name = g_strdup (connection->login_name);
  copy->client_id = g_strdup (connection->client_id);
  copy->scopes = g_strdup (connection->scopes);
  return copy;
}

/**
 * cs_connection_free:
 * @connection: (transfer full) (nullable): a connection
 */
void
cs_connection_free (CsConnection *connection)
{
  if (connection == NULL)
    return;
  g_free (connection->system);
  g_free (connection->tenant_id);
  g_free (connection->tenant_name);
  g_free (connection->short_code);
  g_free (connection->remote_id);
  g_free (connection->login_name);
  g_free (connection->client_id);
  g_free (connection->scopes);
  g_free (connection);
}

/**
 * cs_practice_entry_free:
 * @entry: (transfer full) (nullable): an entry
 */
void
cs_practice_entry_free (CsPracticeEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->name);
  g_free (entry->folder);
  g_free (entry);
}

/**
 * cs_practice_entry_copy:
 * @entry: an entry
 *
 * Returns: (transfer full): the same, sharing nothing with @entry
 */
CsPracticeEntry *
cs_practice_entry_copy (const CsPracticeEntry *entry)
{
  CsPracticeEntry *copy = g_memdup2 (entry, sizeof *entry);

  copy->name = g_strdup (entry->name);
  copy->folder = g_strdup (entry->folder);
  return copy;
}
