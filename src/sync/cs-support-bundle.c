/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-support-bundle.h"

#include "cs-json.h"
#include "cs-store-alerts.h"
#include "cs-store-audit.h"
#include "cs-store-connections.h"
#include "cs-store-journal.h"
#include "cs-store-requests.h"
#include "cs-store-settings.h"
#include "cs-store-support.h"
#include "cs-support-log.h"

#include <libdex.h>
#include <string.h>

#define REQUESTS_MAX 500
#define ROWS_MAX 200
#define TEXT_BYTES_MAX 300
#define LEFT_OUT "(left out)"

/* --- the only ways in --- */

/* Words of our own: routes, codes, zones, versions. What looks otherwise is no such word. */
static gboolean
is_plain (const char *text, const char *also)
{
  gsize length = 0;

  for (; text[length] != '\0'; length++)
    if (!g_ascii_isalnum (text[length]) && strchr (also, text[length]) == NULL)
      return FALSE;
  return length <= TEXT_BYTES_MAX;
}

static void
put_word (CsJsonBuilder *builder, const char *name, const char *text)
{
  const char *word = text != NULL ? text : "";

  cs_json_builder_set_string (builder, name, is_plain (word, " ._:/{}()+-,") ? word : LEFT_OUT);
}

/* What somebody else made up, and we pass on: an id has no blanks and no '@'. */
static void
put_id (CsJsonBuilder *builder, const char *name, const char *text)
{
  const char *id = text != NULL ? text : "";

  cs_json_builder_set_string (builder, name, is_plain (id, "-") && strlen (id) <= 64 ? id : LEFT_OUT);
}

static void
put_uuid (CsJsonBuilder *builder, const char *name, const CsUuid *uuid)
{
  g_autofree char *text = cs_uuid_is_none (uuid) ? g_strdup ("") : cs_uuid_to_string (uuid);

  put_id (builder, name, text);
}

static void
put_instant (CsJsonBuilder *builder, const char *name, gint64 instant_ms)
{
  g_autoptr (GDateTime) instant = instant_ms > 0 ? g_date_time_new_from_unix_utc (instant_ms / 1000) : NULL;
  g_autofree char *text = instant != NULL ? g_date_time_format_iso8601 (instant) : g_strdup ("");

  put_word (builder, name, text);
}

static void
begin (CsJsonBuilder *builder, const char *name)
{
  cs_json_builder_name (builder, name);
  cs_json_builder_begin_object (builder);
}

static void
begin_list (CsJsonBuilder *builder, const char *name)
{
  cs_json_builder_name (builder, name);
  cs_json_builder_begin_array (builder);
}

/* --- what is told --- */

static gboolean
add_program (CsJsonBuilder *builder, CsStore *store, gint64 now_ms, GError **error)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_ID);
  g_autofree char *os_version = g_get_os_info (G_OS_INFO_KEY_VERSION_ID);
  g_autofree char *glib
      = g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  gint64 schema = 0;

  if (!cs_store_get_schema_version (store, &schema, error))
    return FALSE;
  begin (builder, "program");
  put_instant (builder, "made_at", now_ms);
  put_word (builder, "version", PACKAGE_VERSION);
  cs_json_builder_set_integer (builder, "schema_version", schema);
  put_word (builder, "sqlite", cs_store_get_engine_version ());
  put_word (builder, "glib", glib);
  put_word (builder, "libdex", DEX_VERSION_S);
  put_word (builder, "system", os);
  put_word (builder, "system_version", os_version);
  cs_json_builder_set_boolean (builder, "in_flatpak", g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS));
  cs_json_builder_end_object (builder);
  return TRUE;
}

static gboolean
add_settings (CsJsonBuilder *builder, CsStore *store, GError **error)
{
  g_autoptr (CsSettings) settings = cs_store_get_settings (store, error);

  if (settings == NULL)
    return FALSE;
  begin (builder, "settings");
  put_word (builder, "time_zone", settings->time_zone);
  put_word (builder, "currency", settings->currency.code);
  cs_json_builder_set_boolean (builder, "authorise", settings->authorise);
  cs_json_builder_set_boolean (builder, "push_email", settings->push_email);
  cs_json_builder_set_integer (builder, "hold_seconds", settings->hold_seconds);
  cs_json_builder_set_boolean (builder, "has_default_account", *settings->default_account_code != '\0');
  cs_json_builder_set_boolean (builder, "has_default_tax", *settings->default_tax_type != '\0');
  cs_json_builder_set_boolean (builder, "has_own_app", *settings->client_id != '\0');
  cs_json_builder_end_object (builder);
  return TRUE;
}

static const char *const CONNECTION_STATES[] = {
  [CS_CONNECTION_CONNECTED] = "connected",
  [CS_CONNECTION_SIGN_IN_NEEDED] = "sign-in-needed",
  [CS_CONNECTION_DISCONNECTED] = "disconnected",
};

static gboolean
add_connection (CsJsonBuilder *builder, CsStore *store, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CsConnection) connection = cs_store_get_connection (store, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (connection == NULL)
    return TRUE;
  begin (builder, "connection");
  put_uuid (builder, "id", &connection->id);
  put_word (builder, "system", connection->system);
  put_word (builder, "state", CONNECTION_STATES[connection->state]);
  put_word (builder, "scopes", connection->scopes);
  put_word (builder, "currency", connection->currency.code);
  put_instant (builder, "synced_at", connection->synced_ms);
  cs_json_builder_end_object (builder);
  return TRUE;
}

static void
add_row (CsJsonBuilder *builder, const CsJournalEntry *entry)
{
  cs_json_builder_begin_object (builder);
  put_uuid (builder, "id", &entry->id);
  put_word (builder, "kind", entry->kind);
  put_word (builder, "state", cs_journal_state_to_string (entry->state));
  cs_json_builder_set_boolean (builder, "dependencies_done", entry->dependencies_done);
  cs_json_builder_set_integer (builder, "generation", entry->generation);
  cs_json_builder_set_integer (builder, "attempts", entry->attempts);
  cs_json_builder_set_integer (builder, "epoch", entry->epoch);
  cs_json_builder_set_boolean (builder, "probe_first", entry->probe_first);
  cs_json_builder_set_boolean (builder, "is_frozen",
                               entry->frozen_sha256 != NULL && *entry->frozen_sha256 != '\0');
  put_instant (builder, "created_at", entry->created_ms);
  put_instant (builder, "hold_until", entry->hold_until_ms);
  put_instant (builder, "next_at", entry->next_ms);
  put_instant (builder, "sent_at", entry->sent_ms);
  put_word (builder, "outcome", entry->outcome_code);
  put_id (builder, "correlation_id", entry->correlation_id);
  cs_json_builder_end_object (builder);
}

static gboolean
add_journal (CsJsonBuilder *builder, CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) counts = cs_store_count_journal (store, error);
  g_autoptr (GPtrArray) rows = NULL;

  if (counts == NULL || (rows = cs_store_list_unfinished (store, NULL, error)) == NULL)
    return FALSE;
  begin_list (builder, "journal_counts");
  for (guint i = 0; i < counts->len; i++)
    {
      const CsJournalCount *count = counts->pdata[i];

      cs_json_builder_begin_object (builder);
      put_word (builder, "kind", count->kind);
      put_word (builder, "state", count->state);
      put_word (builder, "outcome", count->outcome);
      cs_json_builder_set_integer (builder, "count", count->count);
      cs_json_builder_end_object (builder);
    }
  cs_json_builder_end_array (builder);
  begin_list (builder, "journal_unfinished");
  for (guint i = 0; i < MIN (rows->len, ROWS_MAX); i++)
    add_row (builder, rows->pdata[i]);
  cs_json_builder_end_array (builder);
  return TRUE;
}

static gboolean
add_requests (CsJsonBuilder *builder, CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) requests = cs_store_list_requests (store, NULL, REQUESTS_MAX, error);

  if (requests == NULL)
    return FALSE;
  begin_list (builder, "calls");
  for (guint i = 0; i < requests->len; i++)
    {
      const CsRequest *request = requests->pdata[i];

      cs_json_builder_begin_object (builder);
      put_instant (builder, "at", request->at_ms);
      put_word (builder, "method", request->method);
      put_word (builder, "route", request->route);
      cs_json_builder_set_integer (builder, "status", request->status);
      cs_json_builder_set_integer (builder, "ms", request->elapsed_ms);
      cs_json_builder_set_integer (builder, "bytes", request->bytes);
      put_id (builder, "correlation_id", request->correlation_id);
      put_uuid (builder, "row", &request->journal_id);
      cs_json_builder_end_object (builder);
    }
  cs_json_builder_end_array (builder);
  return TRUE;
}

static gboolean
add_alerts (CsJsonBuilder *builder, CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) alerts = cs_store_list_alerts (store, error);

  if (alerts == NULL)
    return FALSE;
  begin_list (builder, "alerts");
  for (guint i = 0; i < alerts->len; i++)
    {
      const CsAlert *alert = alerts->pdata[i];

      cs_json_builder_begin_object (builder);
      put_word (builder, "code", cs_alert_code_to_string (alert->code));
      put_uuid (builder, "subject", &alert->subject_id);
      cs_json_builder_set_integer (builder, "count", cs_alert_get_number (alert, "count"));
      put_instant (builder, "raised_at", alert->raised_ms);
      cs_json_builder_end_object (builder);
    }
  cs_json_builder_end_array (builder);
  return TRUE;
}

/* A chain that doesn't fit is what a helper most wants to know: it is told, and is no failure. */
static gboolean
add_audit (CsJsonBuilder *builder, CsStore *store, GError **error)
{
  g_autoptr (GPtrArray) newest = cs_store_list_audit (store, 1, error);
  const CsAuditEntry *head = NULL;
  gint64 first_bad = 0;
  gboolean fits;

  if (newest == NULL)
    return FALSE;
  head = newest->len > 0 ? newest->pdata[0] : NULL;
  fits = cs_store_verify_audit (store, &first_bad, NULL);
  begin (builder, "audit");
  cs_json_builder_set_integer (builder, "rows", head != NULL ? head->sequence : 0);
  put_id (builder, "head", head != NULL ? head->hash : "");
  cs_json_builder_set_boolean (builder, "fits", fits);
  if (!fits)
    cs_json_builder_set_integer (builder, "first_that_does_not", first_bad);
  cs_json_builder_end_object (builder);
  return TRUE;
}

static void
add_log (CsJsonBuilder *builder)
{
  g_autoptr (GArray) counts = cs_support_log_get ();

  begin_list (builder, "log_since_start");
  for (guint i = 0; i < counts->len; i++)
    {
      const CsLogCount *count = &g_array_index (counts, CsLogCount, i);

      cs_json_builder_begin_object (builder);
      put_word (builder, "part", count->domain);
      put_word (builder, "level", count->level);
      cs_json_builder_set_integer (builder, "count", count->count);
      put_instant (builder, "last_at", count->last_ms);
      cs_json_builder_end_object (builder);
    }
  cs_json_builder_end_array (builder);
}

/* --- as a person reads it --- */

static void
break_line (GString *text, guint depth)
{
  g_string_append_c (text, '\n');
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "  ");
}

/* What is made above has no '"' within a text but for those that are escaped. */
static char *
lay_out (GBytes *json)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (json, &size);
  GString *text = g_string_sized_new (size * 2);
  gboolean is_text = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < size; i++)
    {
      char character = data[i];
      gboolean is_empty = i + 1 < size && (data[i + 1] == ']' || data[i + 1] == '}');

      if (character == '"' && (i == 0 || data[i - 1] != '\\'))
        is_text = !is_text;
      if (!is_text && (character == '}' || character == ']') && data[i - 1] != '{' && data[i - 1] != '[')
        break_line (text, --depth);
      else if (!is_text && (character == '}' || character == ']'))
        depth--;
      g_string_append_c (text, character);
      if (is_text)
        continue;
      if (character == '{' || character == '[')
        {
          depth++;
          if (!is_empty)
            break_line (text, depth);
        }
      else if (character == ',')
        break_line (text, depth);
      else if (character == ':')
        g_string_append_c (text, ' ');
    }
  g_string_append_c (text, '\n');
  return g_string_free_and_steal (text);
}

/**
 * cs_support_bundle_make:
 * @store: a store; read-only will do
 * @now_ms: UTC milliseconds
 * @error: return location
 *
 * Returns: (transfer full): the document; else what the file said
 */
char *
cs_support_bundle_make (CsStore *store, gint64 now_ms, GError **error)
{
  g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
  g_autoptr (GBytes) json = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  cs_json_builder_begin_object (builder);
  if (!add_program (builder, store, now_ms, error) || !add_settings (builder, store, error)
      || !add_connection (builder, store, error) || !add_journal (builder, store, error)
      || !add_alerts (builder, store, error) || !add_requests (builder, store, error)
      || !add_audit (builder, store, error))
    return NULL;
  add_log (builder);
  cs_json_builder_end_object (builder);
  json = cs_json_builder_end (builder);
  return lay_out (json);
}

static gpointer
make_job (CsStore *store, gpointer data, GError **error)
{
  return cs_support_bundle_make (store, *(gint64 *)data, error);
}

/** cs_session_make_support_bundle: Returns: (transfer full): of the text, as a record that g_free() frees */
DexFuture *
cs_session_make_support_bundle (CsSession *session)
{
  gint64 now_ms;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  now_ms = cs_clock_now_ms (cs_session_get_clock (session));
  return cs_session_read (session, make_job, g_memdup2 (&now_ms, sizeof now_ms), g_free, g_free);
}
