/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-secrets.h"

void
sandbox_secrets_start (SandboxWorld *world)
{
  if (world->secrets == NULL)
    world->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* `kind` is a literal. A value keeps the kind it came with first. */
void
sandbox_secrets_add (SandboxWorld *world, const char *kind, const char *value)
{
  if (world->secrets != NULL && value != NULL && *value != '\0'
      && !g_hash_table_contains (world->secrets, value))
    g_hash_table_insert (world->secrets, g_strdup (value), (gpointer)kind);
}

void
sandbox_secrets_write (SandboxWorld *world, SandboxReply *reply)
{
  g_auto (SandboxJson) json = { NULL };
  GHashTableIter iter;
  gpointer value, kind;

  if (world->secrets == NULL)
    {
      sandbox_reply_not_found (reply);
      return;
    }
  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_open (&json, "secrets", '[');
  g_hash_table_iter_init (&iter, world->secrets);
  while (g_hash_table_iter_next (&iter, &value, &kind))
    {
      sandbox_json_open (&json, NULL, '{');
      sandbox_json_string (&json, "kind", kind);
      sandbox_json_string (&json, "value", value);
      sandbox_json_close (&json, '}');
    }
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (reply, SOUP_STATUS_OK, &json);
}
