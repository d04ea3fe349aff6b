/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client.h"

/**
 * cs_client_new:
 *
 * Returns: (transfer full): a client with empty strings
 */
CsClient *
cs_client_new (void)
{
  CsClient *client = g_new0 (CsClient, 1);

  client->number = g_strdup ("");
  client->name = g_strdup ("");
  client->contact_name = g_strdup ("");
  client->email = g_strdup ("");
  client->phone = g_strdup ("");
  client->remote_contact_id = g_strdup ("");
  return client;
}

/**
 * cs_client_copy:
 * @client: a client
 *
 * Returns: (transfer full): the same, sharing nothing with @client
 */
CsClient *
cs_client_copy (const CsClient *client)
{
  CsClient *copy = g_memdup2 (client, sizeof *client);

  copy->number = g_strdup (client->number);
  copy->name = g_strdup (client->name);
  copy->contact_name = g_strdup (client->contact_name);
  copy->email = g_strdup (client->email);
  copy->phone = g_strdup (client->phone);
  copy->remote_contact_id = g_strdup (client->remote_contact_id);
  return copy;
}

/**
 * cs_client_free:
 * @client: (transfer full) (nullable): a client
 */
void
cs_client_free (CsClient *client)
{
  if (client == NULL)
    return;
  g_free (client->number);
  g_free (client->name);
  g_free (client->contact_name);
  g_free (client->email);
  g_free (client->phone);
  g_free (client->remote_contact_id);
  g_free (client);
}
