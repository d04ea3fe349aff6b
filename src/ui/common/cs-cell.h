/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-pill.h"

G_BEGIN_DECLS

typedef enum
{
  CS_CELL_TEXT,
  CS_CELL_NUMBER, /* at the end of the cell, figures of one width */
} CsCellKind;

/* Columns of cells that follow their CsRecord. GtkInscription does not measure its text, which is what makes
 * a long list scroll. @describe: (transfer full) text, never markup. */
typedef char *(*CsCellText) (gpointer item, gpointer data);
typedef CsPill (*CsCellPill) (gpointer item, gpointer data, char **words); /* @words: (out) (transfer full) */
GtkColumnViewColumn *
cs_cell_column_new (const char *title, CsCellKind kind, guint characters, CsCellText text, gpointer data);
GtkColumnViewColumn *cs_cell_pill_column_new (const char *title, CsCellPill pill, gpointer data);

/* Its texts are bold where @is_strong says so of the item: sums. */
typedef gboolean (*CsCellIs) (gpointer item);
void cs_cell_column_set_strong (GtkColumnViewColumn *column, CsCellIs is_strong);

/* Headers over numbers stand where the numbers do. */
void cs_cell_align_headers (GtkColumnView *view);

G_END_DECLS
