/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-open.h"

#include "cs-toast.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GWeakRef from;
  CsOpenFunc func;
  gpointer data;
} Asking;

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autoptr (GtkWidget) from = g_weak_ref_get (&asking->from);

  if (from != NULL && file != NULL)
    asking->func (from, file, asking->data);
  else if (from != NULL && error != NULL
           && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    cs_show_error (from, error);
  g_weak_ref_clear (&asking->from);
  g_free (asking);
}

static GtkFileFilter *
add_filter (GListStore *filters, const char *name)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  g_list_store_append (filters, filter);
  return filter;
}

/**
 * cs_open_ask:
 * @from: any widget of the window; a chosen file is nobody's when it has gone by then
 * @question: what the dialog says, and which files it shows at first
 * @func: takes the file
 * @data: for @func; must outlive the dialog
 */
void
cs_open_ask (GtkWidget *from, const CsOpenQuestion *question, CsOpenFunc func, gpointer data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  GtkFileFilter *filter = add_filter (filters, question->type_name);
  GtkRoot *root = gtk_widget_get_root (from);
  Asking *asking = g_new0 (Asking, 1);

  g_weak_ref_init (&asking->from, from);
  asking->func = func;
  asking->data = data;
  for (gsize i = 0; question->suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, question->suffixes[i]);
  gtk_file_filter_add_pattern (add_filter (filters, _ ("All files")), "*");
  gtk_file_dialog_set_title (dialog, question->title);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, chosen_cb, asking);
}
