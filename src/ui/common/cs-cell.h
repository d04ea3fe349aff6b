/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-pill.h"

G_BEGIN_DECLS

typedef enum
{
  CS_CELL_TEXT,
  CS_CELL_NUMBER, /* at the end of the cell, figures of one width */
  CS_CELL_LINK,   /* leads somewhere */
  CS_CELL_ICON,   /* the pill's icon alone; its word is what a screen reader says */
  CS_CELL_PILL,   /* a state in a pill, and what there is beside it */
} CsCellKind;

/* @words: (out) (transfer full) (nullable): more than the pill's own word. The others: (transfer full) text,
 * never markup; NULL for none. */
typedef char *(*CsCellText) (gpointer item, gpointer data);
typedef CsPill (*CsCellPill) (gpointer item, gpointer data, char **words);
typedef gboolean (*CsCellIs) (gpointer item);
typedef GtkWidget *(*CsCellMake) (gpointer data);
typedef void (*CsCellShow) (GtkWidget *widget, gpointer item, gpointer data);

/* What the cells of a column show of a CsRecord. They are drawn, all of a row by one widget: GtkColumnView
 * makes two or more for each, two hundred rows of them, where twenty are seen. Where the pointer or the
 * keyboard is, @make's widget lies over the drawing, so that there is something to press: it shows nothing of
 * what is drawn. Over a CS_CELL_PILL it lies over what is beside the pill. */
typedef struct
{
  CsCellKind kind;
  guint characters; /* so wide at least; 0: as wide as what it showed so far */
  CsCellText text;
  CsCellPill pill;    /* of CS_CELL_ICON and CS_CELL_PILL, instead of @text */
  CsCellText beside;  /* (nullable): of CS_CELL_PILL: after the pill */
  CsCellText note;    /* (nullable): a tooltip, and what a screen reader says beside the text */
  CsCellIs is_strong; /* (nullable): bold */
  gpointer data;
  CsCellMake make; /* (nullable) (transfer floating) */
  CsCellShow show; /* tells @make's widget, whenever it changed */
} CsCells;

GtkColumnViewColumn *cs_cells_column_new (const char *title, const CsCells *cells); /* @cells: copied */
const CsCells *cs_cells_get (GtkColumnViewColumn *column);                          /* (transfer none) */

/* A text that is laid out, once it is drawn: pixels. */
typedef struct
{
  char *text;          /* (nullable) */
  PangoLayout *layout; /* (nullable) */
  int natural;         /* as wide as it would be */
  int room;            /* for which it is cut, where that is less */
  int height;
} CsCellWords;

/* One of them, as it stands in a row. */
typedef struct
{
  CsCellWords words;
  CsCellWords beside;
  CsPill pill;
  gboolean is_strong;
} CsCell;

void cs_cell_fill (CsCell *self, const CsCells *cells, gpointer item);
void cs_cell_clear (CsCell *self);
void cs_cell_forget_layout (CsCell *self);                      /* another font, another width */
gboolean cs_cell_is_cut (const CsCell *self);                   /* as it was drawn last */
void cs_cell_append_words (const CsCell *self, GString *words); /* what it says, after ", " */

G_END_DECLS
