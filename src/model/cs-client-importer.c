/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-importer.h"

#include "cs-csv-table.h"
#include "cs-csv.h"
#include "cs-decimal.h"
#include "cs-session-clients.h"
#include "cs-store-clients.h"

#include <glib/gi18n-lib.h>

/* --- in: what would happen --- */

/* One byte more than is taken, so that what is too large is seen and not held. */
static GBytes *
load (GFile *file, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *bytes = NULL;
  gsize size = 0;

  if (stream == NULL)
    return NULL;
  bytes = g_malloc (CS_CSV_BYTES_MAX + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, CS_CSV_BYTES_MAX + 1, &size, NULL, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

/* On the thread for long readings: a file may lie on a slow network. */
static gpointer
plan_job (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (GBytes) bytes = load (data, error);
  g_autoptr (GPtrArray) table = NULL;
  g_autoptr (GPtrArray) clients = NULL;
  g_autoptr (CsClientImport) import = NULL;

  if (bytes == NULL)
    return NULL;
  table = cs_csv_table_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  if (table == NULL)
    return NULL;
  if (table->len < 2)
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID,
                           _ ("There are no clients in this file. The first line names the columns, and each "
                              "line after it is a client."));
      return NULL;
    }
  clients = cs_store_list_clients (store, error);
  if (clients == NULL)
    return NULL;
  import = cs_client_import_new (((CsCsvRow *)table->pdata[0])->cells, clients, error);
  if (import == NULL)
    return NULL;
  for (guint i = 1; i < table->len; i++)
    {
      const CsCsvRow *row = g_ptr_array_index (table, i);

      cs_client_import_add (import, row->line, row->cells);
    }
  return cs_client_import_dup_rows (import);
}

/**
 * cs_client_importer_read:
 * @session: the practice
 * @file: a list of clients as CSV
 *
 * Returns: (transfer full): of the rows; else as cs_csv_table_read(), %CS_DOMAIN_ERROR_INVALID where it names
 * no clients, or why the file can't be read
 */
DexFuture *
cs_client_importer_read (CsSession *session, GFile *file)
{
  g_return_val_if_fail (CS_IS_SESSION (session) && G_IS_FILE (file), NULL);

  return cs_session_read_whole (session, plan_job, g_object_ref (file), g_object_unref,
                                (GDestroyNotify)g_ptr_array_unref);
}

/* --- in: doing it --- */

typedef struct
{
  CsSession *session;
  GPtrArray *items;
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_object_unref (import->session);
  g_ptr_array_unref (import->items);
  g_free (import);
}

/* As it was before @row; who was not there before goes to the archive, since nothing is ever deleted. */
static CsClient *
take_back (const CsImportRow *row, const CsClient *saved)
{
  gboolean was_there = row->kind == CS_IMPORT_UPDATE;
  CsClient *back = cs_client_copy (was_there ? row->before : saved);

  back->revision = saved->revision;
  if (!was_there)
    back->state = CS_CLIENT_ARCHIVED;
  return back;
}

static DexFuture *
import_fiber (gpointer data)
{
  Import *import = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clients = g_ptr_array_new ();
  g_autoptr (GPtrArray) saved = NULL;
  GPtrArray *back;

  for (guint i = 0; i < import->items->len; i++)
    g_ptr_array_add (clients, cs_import_item_get (import->items->pdata[i])->client);
  saved = cs_await_record (cs_session_save_clients (import->session, clients), &error);
  if (saved == NULL)
    return cs_future_new_take_error (g_steal_pointer (&error));
  back = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_client_free);
  for (guint i = 0; i < saved->len; i++)
    g_ptr_array_add (back,
                     take_back (cs_import_item_get (import->items->pdata[i]), g_ptr_array_index (saved, i)));
  return cs_future_new_for_record (back, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * cs_client_importer_run:
 * @session: the practice
 * @items: (element-type CsImportItem): those to import
 *
 * Returns: (transfer full): of what takes it back; else as cs_session_save_clients(): somebody changed one of
 * them since, and none was saved
 */
DexFuture *
cs_client_importer_run (CsSession *session, GPtrArray *items)
{
  Import *import;

  g_return_val_if_fail (CS_IS_SESSION (session) && items != NULL, NULL);

  import = g_new0 (Import, 1);
  import->session = g_object_ref (session);
  import->items = g_ptr_array_ref (items);
  return cs_spawn_to_the_end (import_fiber, import, import_free);
}

/* --- out --- */

static const char *
name_state (CsClientState state)
{
  return state == CS_CLIENT_LEAD ? "Lead" : "Client";
}

/* Headed in English, as all files are, so that each computer reads what another wrote. */
static gpointer
export_job (CsStore *store, gpointer data, GError **error)
{
  static const char *const heading[]
      = { "Number", "Client name", "Contact name", "E-mail", "Phone", "Status" };
  g_autoptr (GPtrArray) clients = cs_store_list_clients (store, error);
  g_autoptr (CsCsv) csv = cs_csv_new ();

  if (clients == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (heading); i++)
    cs_csv_add_text (csv, heading[i]);
  cs_csv_end_row (csv);
  for (guint i = 0; i < clients->len; i++)
    {
      const CsClient *client = g_ptr_array_index (clients, i);
      const char *cells[] = { client->number, client->name,  client->contact_name,
                              client->email,  client->phone, name_state (client->state) };

      if (client->state == CS_CLIENT_ARCHIVED)
        continue;
      for (gsize cell = 0; cell < G_N_ELEMENTS (cells); cell++)
        cs_csv_add_text (csv, cells[cell]);
      cs_csv_end_row (csv);
    }
  return g_bytes_new (csv->text->str, csv->text->len);
}

/** cs_client_importer_export: Returns: (transfer full): of the #GBytes of a CSV file; what
 * cs_client_importer_read() reads */
DexFuture *
cs_client_importer_export (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_session_read (session, export_job, NULL, NULL, (GDestroyNotify)g_bytes_unref);
}
