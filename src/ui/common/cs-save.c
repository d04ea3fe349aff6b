/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-save.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GWeakRef from;
  CsSaveFunc func;
  gpointer data;
  GDestroyNotify free_data;
} Asking;

static void
asking_free (Asking *asking)
{
  g_weak_ref_clear (&asking->from);
  if (asking->free_data != NULL)
    asking->free_data (asking->data);
  g_free (asking);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autoptr (GtkWidget) from = g_weak_ref_get (&asking->from);

  if (from != NULL && file != NULL)
    asking->func (from, file, asking->data);
  else if (from != NULL && error != NULL
           && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    cs_show_error (from, error);
  asking_free (asking);
}

/* A number may be "2026/17", and a name anything. */
static char *
clean_name (const char *name)
{
  char *clean = g_strdup (name);

  g_strdelimit (clean, "/\\:*?\"<>|\n\r\t", '-');
  if (*clean == '.')
    *clean = '-';
  return clean;
}

/**
 * cs_save_ask:
 * @from: any widget of the window; a chosen file is nobody's when it has gone by then
 * @question: what the dialog says
 * @func: takes the file
 * @data: (transfer full): for @func
 * @free_data: (nullable): frees @data, whatever the answer
 */
void
cs_save_ask (GtkWidget *from,
             const CsSaveQuestion *question,
             CsSaveFunc func,
             gpointer data,
             GDestroyNotify free_data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autofree char *name = clean_name (question->initial_name);
  GtkRoot *root = gtk_widget_get_root (from);
  Asking *asking = g_new0 (Asking, 1);

  g_weak_ref_init (&asking->from, from);
  asking->func = func;
  asking->data = data;
  asking->free_data = free_data;
  gtk_file_filter_set_name (filter, question->type_name);
  gtk_file_filter_add_mime_type (filter, question->mime_type);
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, question->title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, chosen_cb, asking);
}

/** cs_save_tell: says that @file is there, with a button that opens it. */
void
cs_save_tell (GtkWidget *from, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name != NULL ? name : "");
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (uri));
  g_autofree char *action = g_action_print_detailed_name ("win.open-uri", target);
  /* Translators: %s is the name of a file. */
  g_autofree char *words = g_strdup_printf (_ ("Saved “%s”"), shown);

  cs_toast_action (from, words, _ ("_Open"), action);
}

typedef struct
{
  GWeakRef from;
  GBytes *bytes;
} Writing;

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Writing *writing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkWidget) from = g_weak_ref_get (&writing->from);

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error) && from != NULL)
    cs_show_error (from, error);
  else if (from != NULL)
    cs_save_tell (from, G_FILE (source));
  g_weak_ref_clear (&writing->from);
  g_bytes_unref (writing->bytes);
  g_free (writing);
}

/** cs_save_bytes: writes @bytes off the main thread, then says so, or what went wrong. */
void
cs_save_bytes (GtkWidget *from, GFile *file, GBytes *bytes)
{
  Writing *writing = g_new0 (Writing, 1);

  g_weak_ref_init (&writing->from, from);
  writing->bytes = g_bytes_ref (bytes);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, written_cb,
                                       writing);
}
