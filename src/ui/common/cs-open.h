/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which file is read is asked of the desktop, by its portal where there is one; a person who changes their
 * mind is no error. */
typedef struct
{
  const char *title;           /* of the dialog */
  const char *type_name;       /* "CSV files" */
  const char *const *suffixes; /* without a dot; NULL-terminated */
} CsOpenQuestion;

/* @func: with the chosen file, while @from is still there. */
typedef void (*CsOpenFunc) (GtkWidget *from, GFile *file, gpointer data);
void cs_open_ask (GtkWidget *from, const CsOpenQuestion *question, CsOpenFunc func, gpointer data);

G_END_DECLS
