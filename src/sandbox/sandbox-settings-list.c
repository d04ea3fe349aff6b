/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-settings-list.h"

void
sandbox_settings_write_id (const SandboxCall *call,
                           const char *member,
                           const char *kind,
                           const char *name,
                           SandboxJson *json)
{
  g_autofree char *id = sandbox_organisation_make_id (call->organisation, kind, name);

  sandbox_json_string (json, member, id);
}

gboolean
sandbox_settings_id_is (const SandboxCall *call, const char *kind, const char *name, const char *id)
{
  g_autofree char *made = sandbox_organisation_make_id (call->organisation, kind, name);

  return g_ascii_strcasecmp (made, id) == 0;
}

static void
reply_with_rows (const SandboxCall *call, const SandboxSettingsList *list, GPtrArray *rows)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_call_open_envelope (call, &json);
  sandbox_json_open (&json, list->plural, '[');
  for (guint i = 0; i < rows->len; i++)
    {
      sandbox_json_open (&json, NULL, '{');
      list->write (call, rows->pdata[i], &json);
      sandbox_json_close (&json, '}');
    }
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_OK, &json);
}

/* The rows that match, in the order that was asked for; NULL when it could not be read. */
static GPtrArray *
choose_rows (const SandboxCall *call,
             const SandboxSettingsList *list,
             GPtrArray *rows,
             gint64 since_ms,
             GError **error)
{
  g_autoptr (SandboxFilter) filter
      = sandbox_filter_new (&list->rules, sandbox_request_query (call->request, "where"), error);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  SandboxOrder order;

  if (filter == NULL
      || !sandbox_order_parse (&order, &list->rules, sandbox_request_query (call->request, "order"), error))
    return NULL;
  for (guint i = 0; i < rows->len && since_ms <= SANDBOX_SETTINGS_UPDATED_MS; i++)
    if (call->element != NULL ? list->is (call, rows->pdata[i], call->element)
                              : sandbox_filter_matches (filter, rows->pdata[i]))
      g_ptr_array_add (chosen, rows->pdata[i]);
  sandbox_order_rows (&order, chosen);
  return g_steal_pointer (&chosen);
}

void
sandbox_settings_list_serve (const SandboxCall *call, const SandboxSettingsList *list, GPtrArray *rows)
{
  g_autoptr (GPtrArray) all = rows;
  g_autoptr (GPtrArray) chosen = NULL;
  g_autoptr (GError) error = NULL;
  gint64 since_ms = G_MININT64;

  if (!sandbox_request_is (call->request, "GET"))
    {
      sandbox_reply_not_implemented (call->reply);
      return;
    }
  if (list->modified_since && call->element == NULL && !sandbox_modified_since (call, &since_ms))
    return;
  chosen = choose_rows (call, list, all, since_ms, &error);
  if (chosen == NULL)
    sandbox_reply_exception (call->reply, 16, "QueryParseException", error->message);
  else if (call->action != NULL || (call->element != NULL && chosen->len == 0))
    sandbox_reply_not_found (call->reply);
  else
    reply_with_rows (call, list, chosen);
}
