/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-debtor-export.h"
#include "cs-debtor.h"
#include "cs-invoice-entry.h"
#include "cs-list-export.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

/* What a person exports is what the list shows, whole or not at all. */

typedef struct
{
  char *folder;
  GFile *file;
  GObject *source;
  guint n_reads;
  guint fail_at;     /* the read that fails; 0: none does */
  DexPromise *stuck; /* (nullable): the next read waits for it */
} World;

static World *the_world;

static CsMoney
money (gint64 minor, const char *code)
{
  CsMoney value = { minor, { "" } };

  g_assert_true (cs_currency_parse (code, &value.currency, NULL));
  return value;
}

static CsInvoiceEntry *
make_entry (guint32 key)
{
  CsInvoiceEntry *entry = cs_invoice_entry_new ();
  const char *code = key % 10 == 0 ? "AUD" : "NZD";

  entry->key = key;
  g_free (entry->invoice->number);
  entry->invoice->number = g_strdup_printf ("INV-%05u", key);
  g_set_str (&entry->invoice->remote_id, "an-id");
  g_set_str (&entry->invoice->contact_name, "=Kauri & Co");
  entry->invoice->is_sales = TRUE;
  entry->invoice->status = key % 100 == 7 ? CS_LEDGER_VOIDED : CS_LEDGER_AUTHORISED;
  entry->invoice->date = cs_date_from_parts (2026, 10, 1);
  entry->invoice->due = cs_date_from_parts (2026, 10, 21);
  entry->invoice->total = entry->invoice->subtotal = money (10000, code);
  entry->invoice->tax = entry->invoice->paid = entry->invoice->credited = money (0, code);
  entry->invoice->balance = money (2500, code);
  return entry;
}

static DexFuture *
read_entries (GObject *source, const guint32 *keys, gsize n_keys)
{
  GPtrArray *entries = NULL;

  g_assert_cmpuint (n_keys, <=, CS_EXPORT_BATCH);
  the_world->n_reads++;
  if (the_world->n_reads == the_world->fail_at)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "The file is closed");
  if (the_world->stuck != NULL)
    return DEX_FUTURE (dex_ref (the_world->stuck));
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_invoice_entry_free);
  for (gsize i = 0; i < n_keys; i++)
    g_ptr_array_add (entries, make_entry (keys[i]));
  return cs_future_new_for_record (entries,
                                   (GDestroyNotify)g_ptr_array_unref); /* as cs_invoice_review_read() does */
}

static void
set_up (World *world, gconstpointer data)
{
  g_autofree char *path = NULL;

  world->folder = g_dir_make_tmp ("export-XXXXXX", NULL);
  path = g_build_filename (world->folder, "invoices", NULL);
  world->file = g_file_new_for_path (path);
  world->source = g_object_new (G_TYPE_OBJECT, NULL);
  the_world = world;
}

static void
tear_down (World *world, gconstpointer data)
{
  g_file_delete (world->file, NULL, NULL);
  g_assert_cmpint (g_rmdir (world->folder), ==, 0); /* nothing is left beside the file */
  dex_clear (&world->stuck);
  g_object_unref (world->file);
  g_object_unref (world->source);
  g_free (world->folder);
}

static CsListExport *
make_export (World *world, guint n)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  CsExportWords words = { "Invoices", "Overdue", "As of 2 Nov", { "NZD" }, cs_date_from_parts (2026, 11, 2) };

  for (guint32 key = 1; key <= n; key++)
    g_array_append_val (keys, key);
  return cs_list_export_new (&cs_export_kind_invoices, world->source, read_entries, keys, &words);
}

static gboolean
wait_for (DexFuture *future, GError **error)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);
  return dex_future_get_value (future, error) != NULL;
}

static char *
get_contents (World *world, gsize *size)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_load_contents (world->file, NULL, &text, size, NULL, &error));
  g_assert_no_error (error);
  return text;
}

static void
test_csv (World *world, gconstpointer data)
{
  g_autoptr (CsListExport) export = make_export (world, 2500);
  g_autoptr (DexFuture) writing
      = cs_list_export_write (export, world->file, CS_EXPORT_CSV, cs_paper_for_locale (NULL));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;

  g_assert_true (wait_for (writing, &error));
  g_assert_no_error (error);
  text = get_contents (world, NULL);
  rows = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (rows), ==,
                    1 + 2500 + 1); /* names, invoices, nothing after the last break */
  for (guint i = 1; i <= 2500; i++)
    {
      g_autofree char *begin
          = g_strdup_printf ("INV-%05u,2026-10-01,2026-10-21,Invoice,\"'=Kauri & Co\",", i);

      g_assert_true (g_str_has_prefix (rows[i], begin));
    }
  g_assert_cmpuint (world->n_reads, ==, 3);
  g_assert_cmpuint (cs_list_export_get_n_done (export), ==, 2500);
}

static void
test_pdf (World *world, gconstpointer data)
{
  g_autoptr (CsListExport) export = make_export (world, 120);
  g_autoptr (DexFuture) writing
      = cs_list_export_write (export, world->file, CS_EXPORT_PDF, cs_paper_for_locale (NULL));
  g_autofree char *path = g_file_get_path (world->file);
  const char *command[] = { "pdftotext", "-layout", path, "-", NULL };
  g_autofree char *reader = g_find_program_in_path (command[0]);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (wait_for (writing, &error));
  if (reader == NULL)
    {
      g_test_skip ("pdftotext, which reads it back, is not here");
      return;
    }
  g_spawn_sync (NULL, (GStrv)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "INV-00001"));
  g_assert_nonnull (strstr (text, "INV-00120"));
  g_assert_nonnull (strstr (text, "12 days overdue"));
  /* Each currency by itself, and without the two that were voided [K-10]. */
  g_assert_nonnull (strstr (text, "Total NZD 10,600.00 · owed NZD 2,650.00"));
  g_assert_nonnull (strstr (text, "Total AUD 1,200.00 · owed AUD 300.00"));
  g_assert_nonnull (strstr (text, "2 more are drafts, voided or deleted: in no total"));
}

/* What was there before is there still, and nothing beside it. */
static void
test_failure_leaves_the_old (World *world, gconstpointer data)
{
  g_autoptr (CsListExport) export = make_export (world, 2500);
  g_autoptr (DexFuture) writing = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (
      g_file_replace_contents (world->file, "old", 3, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL));
  world->fail_at = 2;
  writing = cs_list_export_write (export, world->file, CS_EXPORT_CSV, cs_paper_for_locale (NULL));
  g_assert_false (wait_for (writing, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
  text = get_contents (world, NULL);
  g_assert_cmpstr (text, ==, "old");
}

static gboolean
is_gone (World *world)
{
  return !g_file_query_exists (world->file, NULL);
}

/* Cancelled on the way: no half a file. */
static void
test_cancelled (World *world, gconstpointer data)
{
  g_autoptr (CsListExport) export = make_export (world, 2500);
  DexFuture *writing = NULL;

  world->stuck = dex_promise_new ();
  writing = cs_list_export_write (export, world->file, CS_EXPORT_CSV, cs_paper_for_locale (NULL));
  while (world->n_reads == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_gone (world));
  dex_unref (writing);
  while (!is_gone (world))
    g_main_context_iteration (NULL, FALSE);
}

static void
test_no_such_folder (World *world, gconstpointer data)
{
  g_autoptr (CsListExport) export = make_export (world, 3);
  g_autoptr (GFile) nowhere = g_file_get_child (world->file, "nowhere");
  g_autoptr (DexFuture) writing
      = cs_list_export_write (export, nowhere, CS_EXPORT_PDF, cs_paper_for_locale (NULL));
  g_autoptr (GError) error = NULL;

  g_assert_false (wait_for (writing, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_print (World *world, gconstpointer data)
{
  g_autoptr (CsListExport) few = make_export (world, 30);
  g_autoptr (CsListExport) many = make_export (world, CS_EXPORT_ROWS_PRINT_MAX + 1);
  g_autoptr (DexFuture) rows = cs_list_export_make_rows (few);
  g_autoptr (DexFuture) refused = cs_list_export_make_rows (many);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  g_assert_true (wait_for (rows, &error));
  value = dex_future_get_value (rows, &error);
  /* 29 invoices and one voided; a gap, two currencies, and the one that is left out. */
  g_assert_cmpuint (((GPtrArray *)g_value_get_boxed (value))->len, ==, 30 + 4);
  g_assert_false (wait_for (refused, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE);
}

static CsDebtor *
make_debtor (const char *name, const char *code, gboolean is_total)
{
  char *id = g_ref_string_new ("an-id");
  char *text = g_ref_string_new (name);
  CsDebtor *debtor = cs_debtor_new (id, text, money (0, code).currency);

  debtor->is_total = is_total;
  cs_debtor_add (debtor, CS_AGEING_CURRENT, CS_DATE_NONE, 100000);
  cs_debtor_add (debtor, CS_AGEING_31_60, cs_date_from_parts (2026, 9, 21), 2550);
  cs_debtor_add (debtor, CS_AGEING_OVER_90, cs_date_from_parts (2026, 2, 1), 1);
  g_ref_string_release (id);
  g_ref_string_release (text);
  return debtor;
}

static CsListExport *
make_debtor_export (void)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_debtor_unref);
  CsExportWords words
      = { "Aged receivables", "by age", "As of 2 Nov", { "NZD" }, cs_date_from_parts (2026, 11, 2) };

  g_ptr_array_add (shown, make_debtor ("=Kauri & Co", "NZD", FALSE));
  g_ptr_array_add (shown, make_debtor ("", "NZD", TRUE));
  g_ptr_array_add (shown, make_debtor ("Huia Café", "AUD", FALSE));
  g_ptr_array_add (shown, make_debtor ("", "AUD", TRUE));
  return cs_debtor_export_new (shown, &words);
}

/* V-05: each currency by itself; in a file no formula, and no total that a spreadsheet would add up again. */
static void
test_debtors_csv (World *world, gconstpointer data)
{
  g_autoptr (CsListExport) export = make_debtor_export ();
  g_autoptr (DexFuture) writing
      = cs_list_export_write (export, world->file, CS_EXPORT_CSV, cs_paper_for_locale (NULL));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;

  g_assert_true (wait_for (writing, &error));
  g_assert_no_error (error);
  text = get_contents (world, NULL);
  rows = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (rows), ==, 1 + 2 + 1);
  g_assert_cmpstr (
      rows[1], ==,
      "\"'=Kauri & Co\",NZD,1025.51,25.51,1000.00,0.00,25.50,0.00,0.01,3,2026-02-01,2026-11-02,an-id");
  g_assert_cmpstr (rows[2], ==,
                   "Huia Café,AUD,1025.51,25.51,1000.00,0.00,25.50,0.00,0.01,3,2026-02-01,2026-11-02,an-id");
}

static void
test_debtors_print (World *world, gconstpointer data)
{
  g_autoptr (CsListExport) export = make_debtor_export ();
  g_autoptr (DexFuture) rows = cs_list_export_make_rows (export);
  g_autoptr (GError) error = NULL;
  GPtrArray *cells = NULL;

  g_assert_true (wait_for (rows, &error));
  cells = g_value_get_boxed (dex_future_get_value (rows, &error));
  g_assert_cmpuint (cells->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const char *const *row = cells->pdata[i];

      g_assert_cmpuint (g_strv_length ((GStrv)row), ==, 8);
      g_assert_cmpstr (row[0], ==, i % 2 == 1 ? "Total" : i == 0 ? "=Kauri & Co" : "Huia Café");
      g_assert_cmpstr (row[2], ==, "1,000.00");
      g_assert_cmpstr (row[3], ==, "–");
      g_assert_cmpstr (row[4], ==, "25.50");
      g_assert_true (g_str_has_suffix (row[7], "1,025.51"));
      g_assert_true (g_str_has_prefix (row[7], "AUD") == (i >= 2));
    }
}

#define ADD(path, func) g_test_add (path, World, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  ADD ("/model/export/csv", test_csv);
  ADD ("/model/export/pdf", test_pdf);
  ADD ("/model/export/failure-leaves-the-old", test_failure_leaves_the_old);
  ADD ("/model/export/cancelled", test_cancelled);
  ADD ("/model/export/no-such-folder", test_no_such_folder);
  ADD ("/model/export/print", test_print);
  ADD ("/model/export/debtors-csv", test_debtors_csv);
  ADD ("/model/export/debtors-print", test_debtors_print);
  return g_test_run ();
}
