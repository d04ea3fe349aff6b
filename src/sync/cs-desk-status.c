/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-desk-status.h"

#include "cs-store-connections.h"
#include "cs-store-journal.h"

static const char *const CONNECTION_STATES[] = { "connected", "sign-in-needed", "disconnected" };
static const char *const LINK_STATES[]
    = { "none", "connected", "offline", "not-answering", "sign-in-needed", "keyring-locked", "disconnected" };
static const char *const ACTIVITIES[] = { "idle", "pulling", "pushing" };

static const char *
word (const char *const *words, gsize n, guint value)
{
  return value < n ? words[value] : "unknown";
}

void
cs_desk_status_write_journal (CsJsonBuilder *builder, const CsJournalCounts *counts)
{
  cs_json_builder_name (builder, "journal");
  cs_json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (counts->n); i++)
    {
      cs_json_builder_name (builder, cs_journal_state_to_string (i));
      cs_json_builder_integer (builder, counts->n[i]);
    }
  cs_json_builder_end_object (builder);
}

void
cs_desk_status_read_journal (const CsJsonValue *object, CsJournalCounts *counts)
{
  const CsJsonValue *journal = cs_json_get (object, "journal");

  for (guint i = 0; i < G_N_ELEMENTS (counts->n); i++)
    counts->n[i]
        = (guint)CLAMP (cs_json_get_integer (journal, cs_journal_state_to_string (i), 0), 0, G_MAXINT);
}

/** cs_desk_count_journal: Returns: whether @counts now holds how many rows are in each state */
gboolean
cs_desk_count_journal (CsStore *store, CsJournalCounts *counts, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (store != NULL && counts != NULL, FALSE);

  *counts = (CsJournalCounts){ 0 };
  entries = cs_store_list_journal (store, NULL, error);
  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    counts->n[((const CsJournalEntry *)g_ptr_array_index (entries, i))->state]++;
  return TRUE;
}

static void
write_connection (CsJsonBuilder *builder, const CsConnection *connection)
{
  g_autofree char *synced = NULL;

  cs_json_builder_set_string (
      builder, "connection",
      connection == NULL ? "none"
                         : word (CONNECTION_STATES, G_N_ELEMENTS (CONNECTION_STATES), connection->state));
  cs_json_builder_set_string (builder, "organisation", connection != NULL ? connection->tenant_name : "");
  cs_json_builder_name (builder, "synced_at");
  if (connection == NULL || connection->synced_ms == 0)
    {
      cs_json_builder_null (builder);
      return;
    }
  synced = cs_instant_to_string (connection->synced_ms);
  cs_json_builder_string (builder, synced);
}

static void
write_holder (CsJsonBuilder *builder, const CsDeskHolder *holder)
{
  cs_json_builder_name (builder, "held_by");
  if (holder == NULL)
    {
      cs_json_builder_null (builder);
      return;
    }
  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "program", holder->program);
  cs_json_builder_set_string (builder, "activity",
                              word (ACTIVITIES, G_N_ELEMENTS (ACTIVITIES), holder->activity));
  cs_json_builder_set_string (builder, "link",
                              word (LINK_STATES, G_N_ELEMENTS (LINK_STATES), holder->link_state));
  cs_json_builder_set_string (builder, "problem", holder->problem);
  cs_json_builder_end_object (builder);
}

/**
 * cs_desk_status_to_json:
 * @store: the practice's file; read only is enough
 * @entry: which practice
 * @holder: (nullable): who has it open
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the object; %NULL with CS_STORE_ERROR
 */
char *
cs_desk_status_to_json (CsStore *store,
                        const CsPracticeEntry *entry,
                        const CsDeskHolder *holder,
                        GError **error)
{
  g_autoptr (CsJsonBuilder) builder = NULL;
  g_autoptr (CsConnection) connection = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *id = NULL;
  CsJournalCounts counts;

  g_return_val_if_fail (store != NULL && entry != NULL, NULL);

  connection = cs_store_get_connection (store, &local);
  if (local != NULL || !cs_desk_count_journal (store, &counts, &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  id = cs_uuid_to_string (&entry->id);
  builder = cs_json_builder_new ();
  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "id", id);
  cs_json_builder_set_string (builder, "name", entry->name);
  cs_json_builder_set_boolean (builder, "demo", entry->is_demo);
  write_connection (builder, connection);
  cs_desk_status_write_journal (builder, &counts);
  write_holder (builder, holder);
  cs_json_builder_end_object (builder);
  bytes = cs_json_builder_end (builder);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}
