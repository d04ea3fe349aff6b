/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-connection.h"

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
