/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a file goes is asked of the desktop, by its portal where there is one; a person who changes their
 * mind is no error. */
typedef struct
{
  const char *title;        /* of the dialog */
  const char *initial_name; /* cleaned of what no file system takes */
  const char *mime_type;
  const char *type_name; /* "PDF documents" */
} CsSaveQuestion;

/* @func: with the chosen file, while @from is still there. */
typedef void (*CsSaveFunc) (GtkWidget *from, GFile *file, gpointer data);
void cs_save_ask (GtkWidget *from,
                  const CsSaveQuestion *question,
                  CsSaveFunc func,
                  gpointer data,
                  GDestroyNotify free_data);

void cs_save_bytes (GtkWidget *from, GFile *file, GBytes *bytes); /* then tells */
void cs_save_tell (GtkWidget *from, GFile *file);                 /* "Saved …", with Open */

G_END_DECLS
