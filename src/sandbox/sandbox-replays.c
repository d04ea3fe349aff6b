/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-replays.h"

#include <string.h>

#define KEY_MAX 128

typedef struct
{
  gint64 at_ms;
  char *fingerprint;
  guint status;
  char *content_type;
  char *body;
  gboolean pending; /* the state file lacks it */
} Replay;

struct _SandboxReplays
{
  GHashTable *by_key; /* tenant and key → Replay */
};

static void
replay_free (gpointer data)
{
  Replay *replay = data;

  g_free (replay->fingerprint);
  g_free (replay->content_type);
  g_free (replay->body);
  g_free (replay);
}

SandboxReplays *
sandbox_replays_new (void)
{
  SandboxReplays *self = g_new0 (SandboxReplays, 1);

  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, replay_free);
  return self;
}

void
sandbox_replays_free (SandboxReplays *self)
{
  g_hash_table_unref (self->by_key);
  g_free (self);
}

static const char *
get_key (const SandboxCall *call)
{
  const char *key = soup_message_headers_get_one (call->request->headers, "Idempotency-Key");

  return sandbox_call_is_write (call) && key != NULL && *key != '\0' ? key : NULL;
}

static char *
make_fingerprint (const SandboxRequest *request)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (checksum, (const guchar *)request->method, (gssize)strlen (request->method) + 1);
  g_checksum_update (checksum, (const guchar *)request->target, (gssize)strlen (request->target) + 1);
  g_checksum_update (checksum, (const guchar *)request->body, (gssize)request->body_length);
  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
is_old (gpointer key, gpointer value, gpointer now_ms)
{
  gint64 age = *(gint64 *)now_ms - ((Replay *)value)->at_ms;

  return ABS (age) >= SANDBOX_REPLAY_MS; /* a restart may set the clock back a little */
}

/* TRUE when the reply is filled in and the request must not be carried out. */
gboolean
sandbox_replays_answer (const SandboxCall *call)
{
  const char *key = get_key (call);
  gint64 now_ms = sandbox_call_now_ms (call);
  g_autofree char *full_key = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *message = NULL;
  const Replay *replay;

  if (key == NULL)
    return FALSE;
  if (strlen (key) > KEY_MAX)
    {
      message = g_strdup_printf ("Idempotency Key: %s with length %" G_GSIZE_FORMAT " is too long.", key,
                                 strlen (key));
      sandbox_reply_set (call->reply, SOUP_STATUS_BAD_REQUEST, "text/plain; charset=utf-8", message);
      return TRUE;
    }
  g_hash_table_foreach_remove (call->world->replays->by_key, is_old, &now_ms);
  full_key = g_strconcat (call->organisation->id, "/", key, NULL);
  replay = g_hash_table_lookup (call->world->replays->by_key, full_key);
  if (replay == NULL)
    return FALSE;
  fingerprint = make_fingerprint (call->request);
  if (strcmp (fingerprint, replay->fingerprint) == 0)
    sandbox_reply_set (call->reply, replay->status, replay->content_type, replay->body);
  else
    {
      message = g_strdup_printf ("Idempotency Key: %s is used with a different request.", key);
      sandbox_reply_set (call->reply, SOUP_STATUS_BAD_REQUEST, "text/plain; charset=utf-8", message);
    }
  return TRUE;
}

void
sandbox_replays_keep (const SandboxCall *call)
{
  const char *key = get_key (call);
  Replay *replay;

  if (key == NULL || call->reply->body == NULL)
    return;
  replay = g_new0 (Replay, 1);
  replay->at_ms = sandbox_call_now_ms (call);
  replay->fingerprint = make_fingerprint (call->request);
  replay->status = call->reply->status;
  replay->content_type = g_strdup (call->reply->content_type);
  replay->body = g_strdup (call->reply->body->str);
  replay->pending = TRUE;
  call->reply->changed = TRUE;
  g_hash_table_insert (call->world->replays->by_key, g_strconcat (call->organisation->id, "/", key, NULL),
                       replay);
}

void
sandbox_replays_save (SandboxReplays *self, gboolean everything, SandboxJson *json)
{
  GHashTableIter iter;
  gpointer key, value;

  sandbox_json_open (json, "replays", '[');
  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Replay *replay = value;

      if (!everything && !replay->pending)
        continue;
      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "key", key);
      sandbox_json_integer (json, "at", replay->at_ms);
      sandbox_json_string (json, "request", replay->fingerprint);
      sandbox_json_integer (json, "status", replay->status);
      sandbox_json_string (json, "type", replay->content_type);
      sandbox_json_string (json, "body", replay->body);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

void
sandbox_replays_load (SandboxReplays *self, yyjson_val *list)
{
  size_t i, n;
  yyjson_val *element;

  yyjson_arr_foreach (list, i, n, element)
  {
    Replay *replay = g_new0 (Replay, 1);

    replay->at_ms = sandbox_json_get_integer (element, "at", 0);
    replay->fingerprint = g_strdup (sandbox_json_get_text (element, "request"));
    replay->status = (guint)sandbox_json_get_integer (element, "status", 500);
    replay->content_type = g_strdup (sandbox_json_get_text (element, "type"));
    replay->body = g_strdup (sandbox_json_get_text (element, "body"));
    g_hash_table_insert (self->by_key, g_strdup (sandbox_json_get_text (element, "key")), replay);
  }
}

void
sandbox_replays_forget_changes (SandboxReplays *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Replay *)value)->pending = FALSE;
}
