/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

#define DESIGNATED_DAY_DEFAULT 1
#define DUE_DAYS_DEFAULT 14
#define DUE_DAYS_MAX 3650
#define HOLD_SECONDS_DEFAULT 15
#define HOLD_SECONDS_MAX 86400

/* "Pacific/Auckland"; a system that only names a file gives no zone to print. */
static char *
get_system_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (zone);

  return g_strdup (name != NULL && g_ascii_isalpha (*name) ? name : "UTC");
}

static char *
get_person (void)
{
  const char *name = g_get_real_name ();

  return g_strdup (name != NULL && *name != '\0' && !g_str_equal (name, "Unknown") ? name
                                                                                   : g_get_user_name ());
}

static CsSettings *
settings_new_default (void)
{
  CsSettings *settings = g_new0 (CsSettings, 1);

  settings->practice_name = g_strdup ("");
  settings->time_zone = get_system_zone ();
  settings->currency = (CsCurrency){ "NZD" };
  settings->tax_mode = CS_TAX_MODE_EXCLUSIVE;
  settings->designated_day = DESIGNATED_DAY_DEFAULT;
  settings->due_days = DUE_DAYS_DEFAULT;
  settings->theme_id = g_strdup ("");
  settings->tracking = g_strdup ("");
  settings->lock_date = CS_DATE_NONE;
  settings->number_prefix = g_strdup ("CS-");
  settings->number_next = 1;
  settings->hold_seconds = HOLD_SECONDS_DEFAULT;
  settings->push_email = TRUE;
  settings->default_account_code = g_strdup ("");
  settings->default_tax_type = g_strdup ("");
  settings->actor = get_person ();
  settings->client_id = g_strdup ("");
  return settings;
}

/* Inside the caller's transaction. A file that nobody wrote into yet answers the defaults. */
CsSettings *
cs_store_load_settings (CsStore *store, GError **error)
{
  g_autoptr (CsSettings) settings = settings_new_default ();
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "SELECT practice_name, time_zone, currency, tax_mode, designated_day, due_days, authorise,"
      " number_prefix, number_next, hold_seconds, push_email, default_account_code, default_tax_type,"
      " actor, client_id, terms_kind, bill_alone, theme_id, tracking, lock_date FROM settings");

  if (!cs_sql_next (row, error))
    return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&settings);
  cs_sql_read_text (row, &settings->practice_name);
  cs_sql_read_text (row, &settings->time_zone);
  settings->currency = cs_sql_read_currency (row);
  if (!cs_tax_mode_parse (cs_sql_peek_text (row), &settings->tax_mode, error))
    return NULL;
  settings->designated_day = (guint)cs_sql_read_integer (row);
  settings->due_days = (int)cs_sql_read_integer (row);
  settings->authorise = cs_sql_read_boolean (row);
  cs_sql_read_text (row, &settings->number_prefix);
  settings->number_next = cs_sql_read_integer (row);
  settings->hold_seconds = (int)cs_sql_read_integer (row);
  settings->push_email = cs_sql_read_boolean (row);
  cs_sql_read_text (row, &settings->default_account_code);
  cs_sql_read_text (row, &settings->default_tax_type);
  cs_sql_read_text (row, &settings->actor);
  cs_sql_read_text (row, &settings->client_id);
  settings->terms_kind = cs_store_parse_terms_kind (cs_sql_peek_text (row));
  settings->bill_alone = cs_sql_read_boolean (row);
  cs_sql_read_text (row, &settings->theme_id);
  cs_sql_read_text (row, &settings->tracking);
  settings->lock_date = cs_sql_read_date (row);
  return g_steal_pointer (&settings);
}

/* The host's, where it does not know the practice's. */
GTimeZone *
cs_store_load_zone (CsStore *store, GError **error)
{
  g_autoptr (CsSettings) settings = cs_store_load_settings (store, error);
  GTimeZone *zone;

  if (settings == NULL)
    return NULL;
  zone = g_time_zone_new_identifier (settings->time_zone);
  return zone != NULL ? zone : g_time_zone_new_local ();
}

gboolean
cs_store_write_settings (CsStore *store, const CsSettings *settings, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql,
      "INSERT OR REPLACE INTO settings (practice_id, practice_name, time_zone, currency, tax_mode,"
      " designated_day, due_days, authorise, number_prefix, number_next, hold_seconds, push_email,"
      " default_account_code, default_tax_type, actor, client_id, terms_kind, bill_alone, theme_id, tracking,"
      " lock_date) SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM practice");

  cs_sql_bind_text (row, settings->practice_name);
  cs_sql_bind_text (row, settings->time_zone);
  cs_sql_bind_currency (row, settings->currency);
  cs_sql_bind_text (row, cs_tax_mode_to_string (settings->tax_mode));
  cs_sql_bind_integer (row, settings->designated_day);
  cs_sql_bind_integer (row, settings->due_days);
  cs_sql_bind_boolean (row, settings->authorise);
  cs_sql_bind_text (row, settings->number_prefix);
  cs_sql_bind_integer (row, settings->number_next);
  cs_sql_bind_integer (row, settings->hold_seconds);
  cs_sql_bind_boolean (row, settings->push_email);
  cs_sql_bind_text (row, settings->default_account_code);
  cs_sql_bind_text (row, settings->default_tax_type);
  cs_sql_bind_text (row, settings->actor);
  cs_sql_bind_text (row, settings->client_id);
  cs_sql_bind_text (row, cs_store_terms_kind_to_string (settings->terms_kind));
  cs_sql_bind_boolean (row, settings->bill_alone);
  cs_sql_bind_text (row, settings->theme_id);
  cs_sql_bind_text (row, settings->tracking);
  cs_sql_bind_date (row, settings->lock_date);
  return cs_sql_run (row, error);
}

static gboolean
has_practice (CsStore *store, gboolean *has, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (store->sql, "SELECT 1 FROM practice");

  *has = cs_sql_next (row, error);
  return !cs_sql_has_failed (row);
}

/* The first open of a file gives it an id, the defaults, and the first row of its audit chain. */
gboolean
cs_store_ensure_practice (CsStore *store, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (CsSettings) settings = NULL;
  CsUuid id = cs_store_new_uuid (store);
  gboolean has = FALSE;

  if (!has_practice (store, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL || !has_practice (store, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  settings = settings_new_default ();
  cs_store_set_actor (store, settings->actor);
  row = cs_sql_prepare (store->sql, "INSERT INTO practice (id, created_ms) VALUES (?, ?)");
  cs_sql_bind_uuid (row, &id);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  return cs_sql_run (row, error) && cs_store_write_settings (store, settings, error)
         && cs_store_write_audit_id (store, "practice.created", &id, NULL, error)
         && cs_sql_commit (transaction, error);
}

/**
 * cs_store_get_settings:
 * @store: a store
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the practice's settings
 */
CsSettings *
cs_store_get_settings (CsStore *store, GError **error)
{
  g_return_val_if_fail (store != NULL, NULL);

  return cs_store_load_settings (store, error);
}

/* The terms and the tracking, as every level's. */
static gboolean
check_own_shape (const CsSettings *settings, GError **error)
{
  g_autoptr (CsShape) shape = cs_settings_make_shape (settings);
  g_autoptr (GError) local = NULL;

  return cs_shape_validate (shape, &local) || cs_store_refuse (error, CS_STORE_ERROR_INVALID, local->message);
}

static gboolean
check_settings (const CsSettings *settings, GError **error)
{
  g_autoptr (GError) local = NULL;
  CsCurrency currency;

  if (!cs_currency_parse (settings->currency.code, &currency, NULL))
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("The currency is written as three letters, such as NZD."));
  if (settings->designated_day < 1 || settings->designated_day > 31)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("The invoice day is a day of the month, 1 to 31."));
  if (settings->due_days < 0 || settings->due_days > DUE_DAYS_MAX)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("Invoices fall due between 0 and 3650 days after their date."));
  if (settings->hold_seconds < 0 || settings->hold_seconds > HOLD_SECONDS_MAX)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                            _ ("What is accepted can be held for up to a day."));
  if (settings->number_next < 1)
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, _ ("The next invoice number is 1 or more."));
  if (!cs_settings_validate_prefix (settings->number_prefix, &local))
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, local->message);
  return check_own_shape (settings, error);
}

static void
note_text (CsJsonBuilder *details, const char *name, const char *before, const char *after)
{
  if (g_strcmp0 (before, after) != 0)
    cs_json_builder_set_string (details, name, after != NULL ? after : "");
}

static void
note_integer (CsJsonBuilder *details, const char *name, gint64 before, gint64 after)
{
  if (before == after)
    return;
  cs_json_builder_set_integer (details, name, after);
}

static void
note_date (CsJsonBuilder *details, const char *name, CsDate before, CsDate after)
{
  g_autofree char *day = cs_date_to_string (after);

  if (cs_date_compare (before, after) != 0)
    cs_json_builder_set_string (details, name, day);
}

static CsJsonBuilder *
describe_changes (const CsSettings *before, const CsSettings *after)
{
  CsJsonBuilder *details = cs_audit_details_new ();

  note_text (details, "practice_name", before->practice_name, after->practice_name);
  note_text (details, "time_zone", before->time_zone, after->time_zone);
  note_text (details, "currency", before->currency.code, after->currency.code);
  note_text (details, "tax_mode", cs_tax_mode_to_string (before->tax_mode),
             cs_tax_mode_to_string (after->tax_mode));
  note_integer (details, "designated_day", before->designated_day, after->designated_day);
  note_integer (details, "due_days", before->due_days, after->due_days);
  note_text (details, "terms_kind", cs_store_terms_kind_to_string (before->terms_kind),
             cs_store_terms_kind_to_string (after->terms_kind));
  note_integer (details, "bill_alone", before->bill_alone, after->bill_alone);
  note_text (details, "theme_id", before->theme_id, after->theme_id);
  note_text (details, "tracking", before->tracking, after->tracking);
  note_date (details, "lock_date", before->lock_date, after->lock_date);
  note_integer (details, "authorise", before->authorise, after->authorise);
  note_text (details, "number_prefix", before->number_prefix, after->number_prefix);
  note_integer (details, "number_next", before->number_next, after->number_next);
  note_integer (details, "hold_seconds", before->hold_seconds, after->hold_seconds);
  note_integer (details, "push_email", before->push_email, after->push_email);
  note_text (details, "default_account_code", before->default_account_code, after->default_account_code);
  note_text (details, "default_tax_type", before->default_tax_type, after->default_tax_type);
  note_text (details, "actor", before->actor, after->actor);
  note_text (details, "client_id", before->client_id, after->client_id);
  return details;
}

/* What is planned follows what the practice says now. */
static gboolean
write_consequences (CsStore *store, const CsSettings *before, const CsSettings *after, GError **error)
{
  g_autoptr (CsShape) shape_before = cs_settings_make_shape (before);
  g_autoptr (CsShape) shape_after = cs_settings_make_shape (after);

  return cs_shape_equal (shape_before, shape_after) ? cs_store_write_shapes_mended (store, error)
                                                    : cs_store_write_replanned (store, NULL, error);
}

/* Inside the caller's transaction, which it ends. */
static gboolean
save (CsStore *store,
      CsSqlTransaction *transaction,
      const CsSettings *before,
      const CsSettings *settings,
      GError **error)
{
  g_autoptr (CsJsonBuilder) details = describe_changes (before, settings);

  if (!cs_store_write_settings (store, settings, error)
      || !cs_store_write_audit (store, "settings.saved", "", details, error)
      || !write_consequences (store, before, settings, error) || !cs_sql_commit (transaction, error))
    return FALSE;
  if (g_strcmp0 (before->actor, settings->actor) != 0)
    cs_store_set_actor (store, settings->actor);
  return TRUE;
}

/**
 * cs_store_save_settings:
 * @store: a store
 * @settings: all of them
 * @error: return location
 *
 * The audit row holds what changed. Invoices that are not on their way yet are planned as it says now. The
 * actor of later rows becomes the one that is named here.
 *
 * Returns: whether they were saved; else %CS_STORE_ERROR_INVALID or what the file said
 */
gboolean
cs_store_save_settings (CsStore *store, const CsSettings *settings, GError **error)
{
  g_autoptr (CsSettings) before = NULL;

  return cs_store_replace_settings (store, settings, &before, error);
}

/**
 * cs_store_replace_settings:
 * @store: a store
 * @settings: all of them
 * @before: (out) (transfer full): what was there before
 * @error: return location
 *
 * As cs_store_save_settings(). What an undo brings back is what really was there, whoever had saved it.
 *
 * Returns: whether they were saved; else %CS_STORE_ERROR_INVALID or what the file said
 */
gboolean
cs_store_replace_settings (CsStore *store, const CsSettings *settings, CsSettings **before, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSettings) replaced = NULL;

  g_return_val_if_fail (store != NULL && settings != NULL && before != NULL, FALSE);

  *before = NULL;
  if (!check_settings (settings, error))
    return FALSE;
  transaction = cs_sql_begin (store->sql, error);
  replaced = transaction != NULL ? cs_store_load_settings (store, error) : NULL;
  if (replaced == NULL || !save (store, transaction, replaced, settings, error))
    return FALSE;
  *before = g_steal_pointer (&replaced);
  return TRUE;
}

/**
 * cs_store_restore_settings_shape:
 * @store: a store
 * @before: the settings as a save found them
 * @after: as it left them
 * @error: return location
 *
 * What of it shapes invoices is again as it was before that save, and what is planned follows; every other
 * setting stays.
 *
 * Returns: whether it is back; else %CS_STORE_ERROR_STALE where it was changed since, and nothing is done, or
 *   what the file said
 */
gboolean
cs_store_restore_settings_shape (CsStore *store,
                                 const CsSettings *before,
                                 const CsSettings *after,
                                 GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSettings) now = NULL;
  g_autoptr (CsSettings) next = NULL;

  g_return_val_if_fail (store != NULL && before != NULL && after != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  now = transaction != NULL ? cs_store_load_settings (store, error) : NULL;
  if (now == NULL)
    return FALSE;
  next = cs_settings_copy (now);
  if (!cs_settings_restore_shape (next, before, after))
    return cs_store_refuse_changed_shape (error);
  return check_settings (next, error) && save (store, transaction, now, next, error);
}
