/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-work.h"

#include "cs-store-private.h"

#include <string.h>

/* Which client of the practice manager does a person mean? */

/* Shorter words say nothing of who it is. */
#define WORD_MIN 3

/* A name is found by any part of it; wildcards in it are letters like others. */
static char *
make_pattern (const char *text)
{
  g_autoptr (GString) pattern = g_string_new ("%");

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '%' || *c == '_' || *c == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *c);
    }
  g_string_append_c (pattern, '%');
  return g_strdup (pattern->str);
}

/**
 * cs_store_search_work_clients:
 * @store: a store
 * @connection_id: the practice manager
 * @text: a part of a name, or a unique id or a number whole
 * @limit: at most so many
 * @error: return location
 *
 * Returns: (transfer full): of #CsWorkClient, by name, archived ones too: what a client may be linked to
 * [X-15]
 */
GPtrArray *
cs_store_search_work_clients (CsStore *store,
                              const CsUuid *connection_id,
                              const char *text,
                              guint limit,
                              GError **error)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_client_free);
  g_autoptr (CsSqlStatement) row = NULL;
  g_autofree char *pattern = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && text != NULL, NULL);

  pattern = make_pattern (text);
  row = cs_sql_prepare (store->sql, CS_SQL_WORK_CLIENT
                        " WHERE connection_id = ?1 AND is_deleted = 0 AND (name LIKE ?2 ESCAPE '\\'"
                        " OR remote_id = lower (?3) OR (web_id <> '' AND web_id = ?3))"
                        " ORDER BY name COLLATE NOCASE, remote_id LIMIT ?4");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, pattern);
  cs_sql_bind_text (row, text);
  cs_sql_bind_integer (row, limit);
  while (cs_sql_next (row, error))
    {
      CsWorkClient *client = cs_store_read_work_client (row, error);

      if (client == NULL)
        return NULL;
      g_ptr_array_add (clients, client);
    }
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&clients);
}

/* The longest word: "The Ngaio Trust" is looked for among all that have "Ngaio" in them. */
static char *
longest_word (const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " ,.&+/()-'\"", -1);
  const char *longest = "";

  for (gsize i = 0; words[i] != NULL; i++)
    if (g_utf8_strlen (words[i], -1) > g_utf8_strlen (longest, -1))
      longest = words[i];
  return g_strdup (longest);
}

/**
 * cs_store_list_unnumbered_work_clients:
 * @store: a store
 * @connection_id: the practice manager
 * @near_name: what it may be called
 * @limit: at most so many
 * @error: return location
 *
 * Returns: (transfer full): of char *: the unique ids of those that are called about the same and whose
 * number in their address was never read, namesakes first
 */
GPtrArray *
cs_store_list_unnumbered_work_clients (CsStore *store,
                                       const CsUuid *connection_id,
                                       const char *near_name,
                                       guint limit,
                                       GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *word = NULL;
  g_autofree char *pattern = NULL;
  g_autoptr (CsSqlStatement) row = NULL;

  g_return_val_if_fail (store != NULL && connection_id != NULL && near_name != NULL, NULL);

  word = longest_word (near_name);
  if (g_utf8_strlen (word, -1) < WORD_MIN)
    g_set_str (&word, near_name);
  pattern = make_pattern (word);
  row = cs_sql_prepare (store->sql,
                        "SELECT remote_id FROM work_client WHERE connection_id = ?1 AND is_deleted = 0"
                        " AND web_id = '' AND name LIKE ?2 ESCAPE '\\'"
                        " ORDER BY name <> ?3 COLLATE NOCASE, name COLLATE NOCASE, remote_id LIMIT ?4");
  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, pattern);
  cs_sql_bind_text (row, near_name);
  cs_sql_bind_integer (row, limit);
  while (cs_sql_next (row, error))
    g_ptr_array_add (ids, g_strdup (cs_sql_peek_text (row)));
  return cs_sql_has_failed (row) ? NULL : g_steal_pointer (&ids);
}
