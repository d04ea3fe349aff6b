/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-jobs.h"

#include "cs-store-private.h"

#include <string.h>

static const char *const scope_words[] = { "proposal", "service" };
static const char *const repeat_words[] = { "once", "with-billing" };
static const char *const start_words[] = { "acceptance", "proposal", "fixed" };
static const char *const due_words[] = { "after-start", "period-end", "fixed", "template" };

static int
find_word (const char *const *words, gsize n_words, const char *text)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i], text) == 0)
      return (int)i;
  return 0;
}

static char *
end_text (CsJsonBuilder *builder)
{
  g_autoptr (GBytes) bytes = cs_json_builder_end (builder);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
set_date (CsJsonBuilder *builder, const char *member, CsDate date)
{
  g_autofree char *text = cs_date_to_string (date);

  if (cs_date_is_set (date))
    cs_json_builder_set_string (builder, member, text);
}

char *
cs_store_build_job_rule (const CsJobRule *rule)
{
  g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();

  if (rule == NULL)
    return g_strdup ("");
  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "scope", scope_words[rule->scope]);
  cs_json_builder_set_string (builder, "repeat", repeat_words[rule->repeat]);
  cs_json_builder_set_string (builder, "name", rule->name);
  cs_json_builder_set_string (builder, "description", rule->description);
  cs_json_builder_set_string (builder, "category", rule->category_id);
  cs_json_builder_set_string (builder, "start", start_words[rule->start]);
  cs_json_builder_set_integer (builder, "start_days", rule->start_days);
  set_date (builder, "start_date", rule->start_date);
  cs_json_builder_set_string (builder, "due", due_words[rule->due]);
  cs_json_builder_set_integer (builder, "due_days", rule->due_days);
  set_date (builder, "due_date", rule->due_date);
  cs_json_builder_set_boolean (builder, "with_budget", rule->with_budget);
  cs_json_builder_end_object (builder);
  return end_text (builder);
}

static CsJsonDocument *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return cs_json_document_parse (bytes, error);
}

/* Of what cs_store_build_job_rule() wrote: "" is no rule, and no error. */
gboolean
cs_store_parse_job_rule (const char *text, CsJobRule **rule, GError **error)
{
  g_autoptr (CsJobRule) result = NULL;
  g_autoptr (CsJsonDocument) document = NULL;
  const CsJsonValue *root;

  *rule = NULL;
  if (text[0] == '\0')
    return TRUE;
  document = parse (text, error);
  if (document == NULL)
    return FALSE;
  root = cs_json_document_get_root (document);
  result = cs_job_rule_new ();
  result->scope = find_word (scope_words, G_N_ELEMENTS (scope_words), cs_json_get_string (root, "scope"));
  result->repeat = find_word (repeat_words, G_N_ELEMENTS (repeat_words), cs_json_get_string (root, "repeat"));
  g_set_str (&result->name, cs_json_get_string_or_empty (root, "name"));
  g_set_str (&result->description, cs_json_get_string_or_empty (root, "description"));
  g_set_str (&result->category_id, cs_json_get_string_or_empty (root, "category"));
  result->start = find_word (start_words, G_N_ELEMENTS (start_words), cs_json_get_string (root, "start"));
  result->start_days = (int)cs_json_get_integer (root, "start_days", 0);
  result->due = find_word (due_words, G_N_ELEMENTS (due_words), cs_json_get_string (root, "due"));
  result->due_days = (int)cs_json_get_integer (root, "due_days", 0);
  result->with_budget = cs_json_get_boolean (root, "with_budget", FALSE);
  if (!cs_json_read_date (root, "start_date", &result->start_date, error)
      || !cs_json_read_date (root, "due_date", &result->due_date, error))
    return FALSE;
  *rule = g_steal_pointer (&result);
  return TRUE;
}

char *
cs_store_build_texts (const GPtrArray *texts)
{
  g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();

  cs_json_builder_begin_array (builder);
  for (guint i = 0; i < texts->len; i++)
    cs_json_builder_string (builder, g_ptr_array_index (texts, i));
  cs_json_builder_end_array (builder);
  return end_text (builder);
}

gboolean
cs_store_parse_texts (const char *text, GPtrArray *texts, GError **error)
{
  g_autoptr (CsJsonDocument) document = parse (text, error);
  const CsJsonValue *value;
  CsJsonIterator iterator;

  if (document == NULL)
    return FALSE;
  cs_json_iterator_init (&iterator, cs_json_document_get_root (document));
  while ((value = cs_json_iterator_next (&iterator)) != NULL)
    if (cs_json_value_get_string (value) != NULL)
      g_ptr_array_add (texts, g_strdup (cs_json_value_get_string (value)));
  return TRUE;
}

/* --- the practice's --- */

/** cs_store_get_job_settings: Returns: (transfer full) (nullable): as saved, else cs_job_settings_new() */
CsJobSettings *
cs_store_get_job_settings (CsStore *store, GError **error)
{
  g_autoptr (CsJobSettings) settings = cs_job_settings_new ();
  g_autoptr (CsSqlStatement) row = NULL;
  CsJobRule *rule = NULL;

  g_return_val_if_fail (store != NULL, NULL);

  row = cs_sql_prepare (store->sql, "SELECT rule, goes_by_itself FROM job_settings");
  if (!cs_sql_next (row, error))
    return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&settings);
  if (!cs_store_parse_job_rule (cs_sql_peek_text (row), &rule, error))
    return NULL;
  cs_job_rule_free (settings->rule);
  settings->rule = rule;
  settings->goes_by_itself = cs_sql_read_boolean (row);
  return g_steal_pointer (&settings);
}

static gboolean
check_rule (const CsJobRule *rule, GError **error)
{
  g_autoptr (GError) local = NULL;

  return rule == NULL || cs_job_rule_validate (rule, &local)
         || cs_store_refuse (error, CS_STORE_ERROR_INVALID, local->message);
}

/**
 * cs_store_save_job_settings:
 * @store: a store
 * @settings: what a person chose
 * @error: return location
 *
 * What was planned before stays as it was.
 *
 * Returns: whether they were saved, with an audit row; else %CS_STORE_ERROR_INVALID or what the file said
 */
gboolean
cs_store_save_job_settings (CsStore *store, const CsJobSettings *settings, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (CsJsonBuilder) details = NULL;
  g_autofree char *rule = NULL;

  g_return_val_if_fail (store != NULL && settings != NULL, FALSE);

  if (!check_rule (settings->rule, error))
    return FALSE;
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  rule = cs_store_build_job_rule (settings->rule);
  row = cs_sql_prepare (store->sql,
                        "INSERT OR REPLACE INTO job_settings (id, rule, goes_by_itself, saved_for)"
                        " VALUES (1, ?, ?, " CS_STORE_WORK_CONNECTION ")");
  cs_sql_bind_text (row, rule);
  cs_sql_bind_boolean (row, settings->goes_by_itself);
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "rule", rule);
  cs_json_builder_set_string (details, "goes_by_itself", settings->goes_by_itself ? "yes" : "no");
  return cs_sql_run (row, error) && cs_store_write_audit (store, "job-settings.saved", "", details, error)
         && cs_sql_commit (transaction, error);
}

/* --- services --- */

/* Of CsWorkService, none of a name that is not linked to anything. */
GHashTable *
cs_store_load_services (CsStore *store, GError **error)
{
  g_autoptr (GHashTable) services
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)cs_work_service_free);
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT name, templates, rule FROM work_service ORDER BY name");

  while (cs_sql_next (row, error))
    {
      g_autoptr (CsWorkService) service = cs_work_service_new ();
      char *key;

      cs_sql_read_text (row, &service->name);
      if (!cs_store_parse_texts (cs_sql_peek_text (row), service->template_ids, error)
          || !cs_store_parse_job_rule (cs_sql_peek_text (row), &service->rule, error))
        return NULL;
      key = g_utf8_casefold (service->name, -1);
      g_hash_table_replace (services, key, g_steal_pointer (&service));
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&services);
}

static int
compare_services (gconstpointer a, gconstpointer b)
{
  const CsWorkService *const *first = a;
  const CsWorkService *const *second = b;

  return g_utf8_collate ((*first)->name, (*second)->name);
}

static gboolean
add_named (CsStore *store, GHashTable *services, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "SELECT DISTINCT description FROM proposal_line WHERE description <> ''");

  while (cs_sql_next (row, error))
    {
      g_autofree char *name = cs_work_service_name_of (cs_sql_peek_text (row));
      g_autofree char *key = g_utf8_casefold (name, -1);
      CsWorkService *service;

      if (name[0] == '\0' || g_hash_table_contains (services, key))
        continue;
      service = cs_work_service_new ();
      g_set_str (&service->name, name);
      g_hash_table_insert (services, g_steal_pointer (&key), service);
    }
  return !cs_sql_has_failed (row);
}

/**
 * cs_store_list_services:
 * @store: a store
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsWorkService) (nullable): by name: those that were linked to
 * templates [P-08], and those that some proposal names; small and capital letters are one
 */
GPtrArray *
cs_store_list_services (CsStore *store, GError **error)
{
  g_autoptr (GHashTable) services = NULL;
  g_autoptr (GPtrArray) list = NULL;
  GHashTableIter iterator;
  gpointer key, service;

  g_return_val_if_fail (store != NULL, NULL);

  services = cs_store_load_services (store, error);
  if (services == NULL || !add_named (store, services, error))
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_service_free);
  g_hash_table_iter_init (&iterator, services);
  while (g_hash_table_iter_next (&iterator, &key, &service))
    {
      g_ptr_array_add (list, service);
      g_hash_table_iter_steal (&iterator);
      g_free (key);
    }
  g_ptr_array_sort (list, compare_services);
  return g_steal_pointer (&list);
}

/**
 * cs_store_save_service:
 * @store: a store
 * @service: its name, its templates in order, and its rule, if it has one of its own
 * @error: return location
 *
 * Returns: whether it was saved, with an audit row; else %CS_STORE_ERROR_INVALID or what the file said
 */
gboolean
cs_store_save_service (CsStore *store, const CsWorkService *service, GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsSqlStatement) row = NULL;
  g_autoptr (CsJsonBuilder) details = NULL;
  g_autofree char *templates = NULL;
  g_autofree char *rule = NULL;

  g_return_val_if_fail (store != NULL && service != NULL && service->name[0] != '\0', FALSE);

  if (!check_rule (service->rule, error))
    return FALSE;
  transaction = cs_sql_begin (store->sql, error);
  if (transaction == NULL)
    return FALSE;
  templates = cs_store_build_texts (service->template_ids);
  rule = cs_store_build_job_rule (service->rule);
  row = cs_sql_prepare (store->sql, "INSERT OR REPLACE INTO work_service (name, templates, rule, saved_for)"
                                    " VALUES (?, ?, ?, " CS_STORE_WORK_CONNECTION ")");
  cs_sql_bind_text (row, service->name);
  cs_sql_bind_text (row, templates);
  cs_sql_bind_text (row, rule);
  details = cs_audit_details_new ();
  cs_json_builder_set_string (details, "name", service->name);
  cs_json_builder_set_string (details, "templates", templates);
  cs_json_builder_set_string (details, "rule", rule);
  return cs_sql_run (row, error) && cs_store_write_audit (store, "service.jobs-saved", "", details, error)
         && cs_sql_commit (transaction, error);
}
