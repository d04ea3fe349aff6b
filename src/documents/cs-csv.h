/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-date.h"
#include "cs-money.h"

G_BEGIN_DECLS

/* Comma-separated values as RFC 4180 has them, in UTF-8: rows end in CRLF, and what needs quotes has them.
 * Words from outside can't become formulas of the spreadsheet that opens it. */
typedef struct
{
  GString *text; /* what was added; whoever writes it out may empty it */
  guint n_cells; /* in the row that is being added */
} CsCsv;

CsCsv *cs_csv_new (void);
void cs_csv_free (CsCsv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsCsv, cs_csv_free)
void cs_csv_add_text (CsCsv *csv, const char *text);  /* a person's words, or a remote's */
void cs_csv_add_exact (CsCsv *csv, const char *text); /* our own canonical number or date */
void cs_csv_add_date (CsCsv *csv, CsDate date);
void cs_csv_add_money (CsCsv *csv, CsMoney money); /* without its currency */
void cs_csv_add_count (CsCsv *csv, guint n);
void cs_csv_end_row (CsCsv *csv);

G_END_DECLS
