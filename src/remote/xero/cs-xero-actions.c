/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-actions.h"

#include "cs-xero-call.h"
#include "cs-xero-private.h"

#define ACTIONS_MAX 1000

/** cs_xero_action_free: frees the action. */
void
cs_xero_action_free (CsXeroAction *action)
{
  if (action == NULL)
    return;
  g_free (action->name);
  g_free (action);
}

static GPtrArray *
decode (GBytes *body, GError **error)
{
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (body, error);
  g_autoptr (GPtrArray) actions = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_xero_action_free);
  const CsJsonValue *list = NULL;
  gsize length;

  if (document == NULL)
    return NULL;
  list = cs_json_get (cs_json_document_get_root (document), "Actions");
  if (list == NULL)
    {
      g_set_error_literal (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE, "Actions is missing");
      return NULL;
    }
  length = MIN (cs_json_get_length (list), ACTIONS_MAX);
  for (gsize i = 0; i < length; i++)
    {
      const CsJsonValue *element = cs_json_get_element (list, i);
      CsXeroAction *action = g_new0 (CsXeroAction, 1);

      action->name = g_strdup (cs_json_get_string_or_empty (element, "Name"));
      action->is_allowed = g_strcmp0 (cs_json_get_string (element, "Status"), "ALLOWED") == 0;
      g_ptr_array_add (actions, action);
    }
  return g_steal_pointer (&actions);
}

static DexFuture *
decode_actions (GBytes *body, gconstpointer data)
{
  GError *cause = NULL;
  GPtrArray *actions = decode (body, &cause);

  return actions != NULL ? cs_future_new_for_array (actions)
                         : cs_future_new_take_error (cs_xero_bad_reply (cause));
}

/** cs_xero_list_actions: Returns: (transfer full): array of #CsXeroAction */
DexFuture *
cs_xero_list_actions (CsXero *xero)
{
  g_return_val_if_fail (xero != NULL, NULL);

  return cs_xero_call (xero->http,
                       cs_xero_request_new (xero, "GET", "/Organisation/Actions",
                                            g_strconcat (xero->api_url, "/Organisation/Actions", NULL)),
                       (CsXeroReading){ .decode = decode_actions });
}

/** cs_xero_actions_deny: Returns: whether Xero names @name and denies it */
gboolean
cs_xero_actions_deny (GPtrArray *actions, const char *name)
{
  g_return_val_if_fail (actions != NULL && name != NULL, FALSE);

  for (guint i = 0; i < actions->len; i++)
    {
      const CsXeroAction *action = g_ptr_array_index (actions, i);

      if (g_str_equal (action->name, name))
        return !action->is_allowed;
    }
  return FALSE;
}
