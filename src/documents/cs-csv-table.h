/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_CSV_BYTES_MAX (8 * 1024 * 1024)
#define CS_CSV_ROWS_MAX 20000
#define CS_CSV_CELLS_MAX 200 /* in a row */

typedef struct
{
  guint line;  /* of the file, from 1: where the row begins */
  GStrv cells; /* valid UTF-8, without blanks at either end */
} CsCsvRow;

/* Rows of words as a spreadsheet saves them: RFC 4180, and what the field makes of it. Commas, semicolons or
 * tabs; lines that end in CRLF, LF or CR; UTF-8 with or without its mark, UTF-16 with one, or else
 * Windows-1252. Rows of blanks are left out. */
GPtrArray *cs_csv_table_read (const char *bytes, gsize size, GError **error);

G_END_DECLS
