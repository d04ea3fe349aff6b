/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-cell-paint.h"

G_BEGIN_DECLS

/* Where a column stands, in pixels from the left. */
typedef struct
{
  const CsCells *cells;
  gboolean is_visible;
  guint position; /* among all of them, as a person has put them */
  int x;
  int width;
  int wanted; /* the widest cell that was drawn so far */
} CsColumnPlace;

/* What all rows of a list share; CsColumns keeps it. */
typedef struct
{
  CsCellPaint *paint;
  GArray *places;                  /* of CsColumnPlace, in the order in which they were appended */
  GtkWidget *viewport;             /* unowned: what lies outside of it isn't drawn */
  void (*widen) (gpointer data);   /* a cell was drawn that would like to be wider */
  void (*is_late) (gpointer data); /* a row wants to catch up, once there is time */
  gpointer data;
} CsColumnSheet;

/* A row that draws its cells. */
#define CS_TYPE_COLUMN_ROW (cs_column_row_get_type ())
G_DECLARE_FINAL_TYPE (CsColumnRow, cs_column_row, CS, COLUMN_ROW, GtkWidget)

GtkWidget *
cs_column_row_new (CsColumnSheet *sheet, GtkListItem *holder); /* (transfer floating); @sheet outlives it */
void cs_column_row_take (CsColumnRow *self, gpointer item);    /* (nullable): a CsRecord */
void cs_column_row_drop (CsColumnRow *self);                   /* nobody any more */
void cs_column_row_visit (CsColumnRow *self);                  /* what there is to press is needed now */
gboolean cs_column_row_catch_up (CsColumnRow *self);           /* see "is_late"; TRUE: it was */
/* Of the shown column that stands after @column; then what there is to press. (transfer full) (nullable) */
GtkAccessible *cs_column_row_dup_accessible_after (CsColumnRow *self, guint column);
gboolean cs_column_row_get_bounds (CsColumnRow *self, guint column, int *x, int *y, int *width, int *height);
void cs_column_row_place (CsColumnRow *self);      /* its columns are elsewhere */
void cs_column_row_restyle (CsColumnRow *self);    /* letters or colours are others */
void cs_column_row_look_again (CsColumnRow *self); /* it may have come into sight */
void cs_column_row_refill (CsColumnRow *self);     /* other columns are to be seen */

G_END_DECLS
