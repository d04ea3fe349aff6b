/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-identity.h"

#include <string.h>

/* Seven fraction digits and no Z (xero-accounting 2.6). */
static void
write_instant (SandboxJson *json, const char *name, gint64 ms)
{
  g_autoptr (GString) text = g_string_new (NULL);

  sandbox_instant_append (text, ms);
  g_string_append_printf (text, ".%03d0000", (int)(ms % 1000));
  sandbox_json_string (json, name, text->str);
}

/* Practice Manager keeps its practices' names to itself (xpm 2.3). */
static void
write_tenant (SandboxWorld *world, const char *id, SandboxJson *json)
{
  const SandboxOrganisation *organisation = sandbox_world_organisation (world, id);
  const SandboxPractice *practice = sandbox_world_practice (world, id);

  sandbox_json_string (json, "tenantId", id);
  sandbox_json_string (json, "tenantType", organisation != NULL ? "ORGANISATION" : "PRACTICEMANAGER");
  if (organisation != NULL)
    sandbox_json_string (json, "tenantName", organisation->settings->name);
  else if (world->assumptions[SANDBOX_ASSUME_PRACTICE_HAS_NO_NAME])
    sandbox_json_raw (json, "tenantName", "null");
  else
    sandbox_json_string (json, "tenantName", practice->name);
}

static void
write_list (SandboxWorld *world, const char *client_id, const char *event_id, SandboxReply *reply)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '[');
  for (guint i = 0; i < world->identity->connections->len; i++)
    {
      const SandboxConnection *connection = world->identity->connections->pdata[i];

      if (!g_str_equal (connection->client_id, client_id)
          || (sandbox_world_organisation (world, connection->tenant_id) == NULL
              && sandbox_world_practice (world, connection->tenant_id) == NULL)
          || (event_id != NULL && g_ascii_strcasecmp (event_id, connection->event_id) != 0))
        continue;
      sandbox_json_open (&json, NULL, '{');
      sandbox_json_string (&json, "id", connection->id);
      sandbox_json_string (&json, "authEventId", connection->event_id);
      write_tenant (world, connection->tenant_id, &json);
      write_instant (&json, "createdDateUtc", connection->created_ms);
      write_instant (&json, "updatedDateUtc", connection->updated_ms);
      sandbox_json_close (&json, '}');
    }
  sandbox_json_close (&json, ']');
  sandbox_reply_json (reply, SOUP_STATUS_OK, &json);
}

static void
remove_connection (SandboxWorld *world, const char *client_id, const char *id, SandboxReply *reply)
{
  GPtrArray *connections = world->identity->connections;

  for (guint i = 0; i < connections->len; i++)
    {
      const SandboxConnection *connection = connections->pdata[i];

      if (!g_str_equal (connection->client_id, client_id) || g_ascii_strcasecmp (connection->id, id) != 0)
        continue;
      g_ptr_array_remove_index (connections, i);
      reply->status = SOUP_STATUS_NO_CONTENT;
      world->identity->changed = reply->changed = TRUE;
      return;
    }
  sandbox_reply_not_found (reply);
}

/* Bearer alone; no tenant header. */
void
sandbox_connections (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  SandboxGrant *grant = sandbox_identity_bearer (world, request, reply);
  const char *id = strchr (request->path + 1, '/');

  if (grant == NULL)
    return;
  if (id == NULL && sandbox_request_is (request, "GET"))
    write_list (world, grant->client_id, sandbox_request_query (request, "authEventId"), reply);
  else if (id != NULL && sandbox_request_is (request, "DELETE"))
    remove_connection (world, grant->client_id, id + 1, reply);
  else
    sandbox_reply_not_found (reply);
}
