/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-vault.h"

#include "cs-http-check.h"
#include "cs-json.h"
#include "cs-keyring.h"
#include "cs-secret.h"
#include "cs-small-json.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#define CHECK_GRANT "check"
#define CHECK_VALUE "{}"
/* No grant is called so: theirs are UUIDs. */
#define NOTE_PREFIX "note."

struct _CsVault
{
  gatomicrefcount references;
  char *practice_id;
};

/* What a fiber of the vault works on. */
typedef struct
{
  CsVault *vault;
  char *grant_id;
} Job;

/**
 * cs_vault_new:
 * @practice_id: so that a demo never meets a real one
 *
 * Returns: (transfer full): the keyring's items of one practice; touches nothing yet
 */
CsVault *
cs_vault_new (const char *practice_id)
{
  CsVault *vault;

  g_return_val_if_fail (practice_id != NULL, NULL);

  vault = g_new0 (CsVault, 1);
  g_atomic_ref_count_init (&vault->references);
  vault->practice_id = g_strdup (practice_id);
  return vault;
}

/** cs_vault_ref: Returns: (transfer full): @vault */
CsVault *
cs_vault_ref (CsVault *vault)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_atomic_ref_count_inc (&vault->references);
  return vault;
}

/** cs_vault_unref: frees the object with the last reference; the keyring keeps its items. */
void
cs_vault_unref (CsVault *vault)
{
  g_return_if_fail (vault != NULL);

  if (!g_atomic_ref_count_dec (&vault->references))
    return;
  g_free (vault->practice_id);
  g_free (vault);
}

static Job *
job_new (CsVault *vault, const char *grant_id)
{
  Job *job = g_new0 (Job, 1);

  job->vault = cs_vault_ref (vault);
  job->grant_id = g_strdup (grant_id);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  cs_vault_unref (job->vault);
  g_free (job->grant_id);
  g_free (job);
}

static const char *
tokens_label (void)
{
  /* Translators: the name of the item in the keyring's list */
  return _ ("Countersign: permission to use Xero");
}

static DexFuture *
store_item (const Job *job, const char *value)
{
  return cs_keyring_store (job->vault->practice_id, job->grant_id, tokens_label (), value);
}

static DexFuture *
look_up_item (const Job *job)
{
  return cs_keyring_look_up (job->vault->practice_id, job->grant_id);
}

static DexFuture *
search_locked (const Job *job)
{
  return cs_keyring_is_locked (job->vault->practice_id, job->grant_id);
}

static DexFuture *
clear_item (const Job *job)
{
  return cs_keyring_clear (job->vault->practice_id, job->grant_id);
}

static void
set_string (CsJsonBuilder *builder, const char *member, const char *text)
{
  if (text != NULL)
    cs_json_builder_set_string (builder, member, text);
}

static char *
tokens_to_value (const CsTokens *tokens)
{
  g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  cs_json_builder_begin_object (builder);
  set_string (builder, "access_token", tokens->access_token);
  set_string (builder, "refresh_token", tokens->refresh_token);
  set_string (builder, "previous_refresh_token", tokens->previous_refresh_token);
  cs_json_builder_set_integer (builder, "rotated_ms", tokens->rotated_ms);
  cs_json_builder_set_integer (builder, "expires_ms", tokens->expires_ms);
  set_string (builder, "scope", tokens->scope);
  set_string (builder, "login_name", tokens->login_name);
  set_string (builder, "client_id", tokens->client_id);
  cs_json_builder_end_object (builder);
  bytes = cs_json_builder_end (builder);
  data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}

/* What can't be read is as good as not there: the person signs in again. Never quoted (style.md 3.5-2). */
static CsTokens *
tokens_from_value (SecretValue *value)
{
  gsize size = 0;
  const char *text = secret_value_get (value, &size);
  g_autoptr (GBytes) bytes = cs_secret_bytes_new_take (g_memdup2 (text, size), size);
  g_autoptr (JsonNode) root = cs_small_json_parse (bytes, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  CsTokens *tokens;

  if (object == NULL || cs_small_json_get_string (object, "refresh_token") == NULL)
    return NULL;
  tokens = cs_tokens_new ();
  tokens->access_token = g_strdup (cs_small_json_get_string (object, "access_token"));
  tokens->refresh_token = g_strdup (cs_small_json_get_string (object, "refresh_token"));
  tokens->previous_refresh_token = g_strdup (cs_small_json_get_string (object, "previous_refresh_token"));
  tokens->rotated_ms = cs_small_json_get_integer (object, "rotated_ms", 0);
  tokens->expires_ms = cs_small_json_get_integer (object, "expires_ms", 0);
  tokens->scope = g_strdup (cs_small_json_get_string (object, "scope"));
  tokens->login_name = g_strdup (cs_small_json_get_string (object, "login_name"));
  tokens->client_id = g_strdup (cs_small_json_get_string (object, "client_id"));
  return tokens;
}

/* NULL from a lookup means "not there" or "nobody opened it" (environment.md section 4). */
static SecretValue *
read_item (const Job *job, GError **error)
{
  GError *failed = NULL;
  SecretValue *value = cs_await_boxed (look_up_item (job), &failed);
  gboolean is_locked;

  if (value != NULL || failed != NULL)
    {
      if (failed != NULL)
        g_propagate_error (error, failed);
      return value;
    }
  is_locked = cs_await_boolean (search_locked (job), &failed);
  if (failed != NULL)
    g_propagate_error (error, failed);
  else if (is_locked)
    g_propagate_error (error, cs_keyring_error_locked ());
  return NULL;
}

static DexFuture *
look_up_fiber (gpointer data)
{
  GError *error = NULL;
  SecretValue *value = read_item (data, &error);
  CsTokens *tokens;

  if (error != NULL)
    return cs_future_new_take_error (error);
  tokens = value != NULL ? tokens_from_value (value) : NULL;
  g_clear_pointer (&value, secret_value_unref);
  return cs_future_new_for_record (tokens, (GDestroyNotify)cs_tokens_free);
}

/* Keeps something, finds it, removes it: a service that answers may still not keep. */
static DexFuture *
check_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  SecretValue *found;

  if (!cs_await (store_item (job, CHECK_VALUE), &error))
    return cs_future_new_take_error (error);
  found = read_item (job, &error);
  if (error != NULL)
    return cs_future_new_take_error (error);
  if (found == NULL)
    return cs_future_new_take_error (cs_keyring_error_absent (NULL));
  secret_value_unref (found);
  if (!cs_await (clear_item (job), &error))
    return cs_future_new_take_error (error);
  return dex_future_new_for_boolean (TRUE);
}

/* A note isn't worth a prompt. */
static DexFuture *
look_up_note_fiber (gpointer data)
{
  GError *error = NULL;
  gboolean is_locked = cs_await_boolean (search_locked (data), &error);
  SecretValue *value = error == NULL && !is_locked ? cs_await_boxed (look_up_item (data), &error) : NULL;
  char *text = NULL;

  if (error != NULL)
    return cs_future_new_take_error (error);
  if (is_locked)
    return cs_future_new_take_error (cs_keyring_error_locked ());
  text = value != NULL ? g_strdup (secret_value_get_text (value)) : NULL;
  g_clear_pointer (&value, secret_value_unref);
  return cs_future_new_for_record (text, g_free);
}

/**
 * cs_vault_check:
 * @vault: the vault
 *
 * Returns: (transfer full): resolves when the keyring keeps a secret; VAULT_LOCKED or VAULT_ABSENT. It may
 * wait for a prompt as long as the person does; dropping it stops the waiting, not the prompt
 */
DexFuture *
cs_vault_check (CsVault *vault)
{
  g_return_val_if_fail (vault != NULL, NULL);

  return cs_spawn (check_fiber, job_new (vault, CHECK_GRANT), job_free);
}

/**
 * cs_vault_store:
 * @vault: the vault
 * @grant_id: which login
 * @tokens: what to keep; replaces what was kept
 *
 * Returns: (transfer full): resolves once they are in the keyring
 */
DexFuture *
cs_vault_store (CsVault *vault, const char *grant_id, const CsTokens *tokens)
{
  CS_AUTO_SECRET char *value = NULL;

  g_return_val_if_fail (vault != NULL && grant_id != NULL && tokens != NULL, NULL);

  value = tokens_to_value (tokens);
  return cs_keyring_store (vault->practice_id, grant_id, tokens_label (), value);
}

/**
 * cs_vault_lookup:
 * @vault: the vault
 * @grant_id: which login
 *
 * Returns: (transfer full): of #CsTokens; %NULL when there are none; VAULT_LOCKED when there are, but not
 * opened
 */
DexFuture *
cs_vault_lookup (CsVault *vault, const char *grant_id)
{
  g_return_val_if_fail (vault != NULL && grant_id != NULL, NULL);

  return cs_spawn (look_up_fiber, job_new (vault, grant_id), job_free);
}

/**
 * cs_vault_clear:
 * @vault: the vault
 * @grant_id: which login
 *
 * Returns: (transfer full): resolves when nothing is kept for it, also if nothing was
 */
DexFuture *
cs_vault_clear (CsVault *vault, const char *grant_id)
{
  g_return_val_if_fail (vault != NULL && grant_id != NULL, NULL);

  return cs_keyring_clear (vault->practice_id, grant_id);
}

static DexFuture *
clear_unasked_fiber (gpointer data)
{
  GError *error = NULL;
  gboolean is_locked = cs_await_boolean (search_locked (data), &error);

  if (error != NULL)
    return cs_future_new_take_error (error);
  if (is_locked)
    return cs_future_new_take_error (cs_keyring_error_locked ());
  return clear_item (data);
}

/**
 * cs_vault_clear_unasked:
 * @vault: the vault
 * @grant_id: which login
 *
 * Returns: (transfer full): as cs_vault_clear(), but that a keyring that is not open stays so: VAULT_LOCKED
 */
DexFuture *
cs_vault_clear_unasked (CsVault *vault, const char *grant_id)
{
  g_return_val_if_fail (vault != NULL && grant_id != NULL, NULL);

  return cs_spawn (clear_unasked_fiber, job_new (vault, grant_id), job_free);
}

static char *
note_id (const char *name)
{
  return g_strconcat (NOTE_PREFIX, name, NULL);
}

/**
 * cs_vault_replace_note:
 * @vault: the vault
 * @name: which note
 * @expected: (nullable): what was read before; %NULL: that there was none
 * @text: what to remember instead
 *
 * For what must not be kept beside the data that it vouches for. Not a secret, but nobody else's either.
 * Somebody else may have written since: an older note never replaces a newer.
 *
 * Returns: (transfer full): of a boolean, once it is in the keyring; %FALSE: it was not as expected, and is
 * not replaced
 */
DexFuture *
cs_vault_replace_note (CsVault *vault, const char *name, const char *expected, const char *text)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (vault != NULL && name != NULL && text != NULL, NULL);

  id = note_id (name);
  return cs_keyring_replace (vault->practice_id, id,
                             /* Translators: the name of the item in the keyring's list */
                             _ ("Countersign: head of the audit chain"), expected, text);
}

/**
 * cs_vault_lookup_note:
 * @vault: the vault
 * @name: which note
 *
 * Never asks anybody to unlock the keyring.
 *
 * Returns: (transfer full): of a string (a record); %NULL when there is none; VAULT_LOCKED, VAULT_ABSENT or
 * VAULT_FAILED
 */
DexFuture *
cs_vault_lookup_note (CsVault *vault, const char *name)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (vault != NULL && name != NULL, NULL);

  id = note_id (name);
  return cs_spawn (look_up_note_fiber, job_new (vault, id), job_free);
}
