/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-state.h"

#include "sandbox-identity.h"
#include "sandbox-json.h"
#include "sandbox-replays.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct _SandboxState
{
  SandboxWorld *world;
  char *path;
  int file;
  off_t length; /* of what is whole */
};

static void
save_token (const SandboxToken *token, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "sha256", token->hash);
  sandbox_json_string (json, "client", token->client_id);
  sandbox_json_bool (json, "refresh", token->refresh);
  sandbox_json_integer (json, "issued", token->issued_ms);
  sandbox_json_integer (json, "rotated", token->rotated_ms);
  sandbox_json_close (json, '}');
}

static void
save_tokens (const SandboxIdentity *identity, gboolean everything, SandboxJson *json)
{
  GHashTableIter iter;
  gpointer hash, token;

  sandbox_json_open (json, "tokens", '[');
  g_hash_table_iter_init (&iter, everything ? identity->tokens : identity->changed_tokens);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    if ((token = g_hash_table_lookup (identity->tokens, hash)) != NULL)
      save_token (token, json);
  sandbox_json_close (json, ']');
}

static void
save_grants (const SandboxIdentity *identity, SandboxJson *json)
{
  GHashTableIter iter;
  gpointer value;

  sandbox_json_string (json, "identity", "whole");
  sandbox_json_open (json, "grants", '[');
  g_hash_table_iter_init (&iter, identity->grants);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SandboxGrant *grant = value;

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "client", grant->client_id);
      sandbox_json_string (json, "scopes", grant->scopes);
      sandbox_json_string (json, "event", grant->event_id);
      sandbox_json_integer (json, "authorised", grant->authorised_ms);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "connections", '[');
  for (guint i = 0; i < identity->connections->len; i++)
    {
      const SandboxConnection *connection = identity->connections->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "id", connection->id);
      sandbox_json_string (json, "client", connection->client_id);
      sandbox_json_string (json, "tenant", connection->tenant_id);
      sandbox_json_string (json, "event", connection->event_id);
      sandbox_json_integer (json, "created", connection->created_ms);
      sandbox_json_integer (json, "updated", connection->updated_ms);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
}

/* One line: all that one answer changed, or nothing of it. */
static void
write_line (SandboxWorld *world, gboolean everything, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  sandbox_json_integer (json, "clock_offset", world->clock.offset_ms);
  sandbox_json_integer (json, "writes", world->writes);
  if (everything || world->identity->changed)
    save_grants (world->identity, json);
  save_tokens (world->identity, everything || world->identity->changed, json);
  sandbox_replays_save (world->replays, everything, json);
  sandbox_json_open (json, "organisations", '[');
  for (guint i = 0; i < world->organisations->len; i++)
    sandbox_state_write_organisation (world->organisations->pdata[i], everything, json);
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "practices", '[');
  for (guint i = 0; i < world->practices->len; i++)
    sandbox_state_write_practice (world->practices->pdata[i], everything, json);
  sandbox_json_close (json, ']');
  sandbox_json_close (json, '}');
  g_string_append_c (json->text, '\n');
}

static void
forget_changes (SandboxWorld *world)
{
  for (guint i = 0; i < world->organisations->len; i++)
    sandbox_state_forget_changes (world->organisations->pdata[i]);
  for (guint i = 0; i < world->practices->len; i++)
    sandbox_state_forget_practice (world->practices->pdata[i]);
  world->identity->changed = FALSE;
  g_hash_table_remove_all (world->identity->changed_tokens);
  sandbox_replays_forget_changes (world->replays);
}

/* The seed, and in a second line what differs from it. */
static gboolean
write_whole (SandboxWorld *world, const char *path, GError **error)
{
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_json_open (&json, NULL, '{');
  sandbox_json_integer (&json, "countersign_sandbox", SANDBOX_STATE_VERSION);
  sandbox_json_string (&json, "profile", world->profile);
  sandbox_json_string (&json, "practice", world->practice_size);
  sandbox_json_integer (&json, "seed", world->seed);
  sandbox_json_integer (&json, "today", world->today);
  sandbox_json_close (&json, '}');
  g_string_append_c (json.text, '\n');
  json.comma = FALSE;
  write_line (world, TRUE, &json);
  return g_file_set_contents_full (path, json.text->str, (gssize)json.text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gboolean
fail (SandboxState *self, GError **error)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", self->path, g_strerror (code));
  return FALSE;
}

/* Makes the file, or makes it short again: lines that later lines have overtaken are left out. */
SandboxState *
sandbox_state_open (SandboxWorld *world, const char *path, GError **error)
{
  g_autoptr (SandboxState) self = g_new0 (SandboxState, 1);
  GStatBuf info;

  self->world = world;
  self->path = g_strdup (path);
  self->file = -1;
  if (!write_whole (world, path, error))
    return NULL;
  self->file = g_open (path, O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  if (self->file < 0 || g_stat (path, &info) != 0)
    {
      fail (self, error);
      return NULL;
    }
  self->length = info.st_size;
  forget_changes (world);
  return g_steal_pointer (&self);
}

void
sandbox_state_close (SandboxState *self)
{
  if (self->file >= 0)
    close (self->file);
  g_free (self->path);
  g_free (self);
}

/* On disk when it returns. A line that could not be written whole is taken back. */
gboolean
sandbox_state_append (SandboxState *self, GError **error)
{
  g_auto (SandboxJson) json = { NULL };
  gsize done = 0;

  sandbox_json_init (&json);
  write_line (self->world, FALSE, &json);
  while (done < json.text->len)
    {
      gssize written = write (self->file, json.text->str + done, json.text->len - done);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          fail (self, error);
          if (ftruncate (self->file, self->length) != 0)
            g_printerr ("countersign-sandbox: the state file has a torn line\n");
          return FALSE;
        }
      done += (gsize)written;
    }
  if (fdatasync (self->file) != 0)
    return fail (self, error);
  self->length += (off_t)json.text->len;
  forget_changes (self->world);
  return TRUE;
}
