/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-csv.h"

#include <string.h>

/* Without it Excel takes the file for one of its own old encodings. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/** cs_csv_new: Returns: (transfer full): an empty document, which begins with a byte order mark */
CsCsv *
cs_csv_new (void)
{
  CsCsv *csv = g_new0 (CsCsv, 1);

  csv->text = g_string_new (BYTE_ORDER_MARK);
  return csv;
}

/** cs_csv_free: @csv: (transfer full) (nullable): a document */
void
cs_csv_free (CsCsv *csv)
{
  if (csv == NULL)
    return;
  g_string_free (csv->text, TRUE);
  g_free (csv);
}

static void
add_cell (CsCsv *csv, const char *guard, const char *text)
{
  gboolean is_quoted = strpbrk (text, "\",\r\n") != NULL || *guard != '\0';

  if (csv->n_cells++ > 0)
    g_string_append_c (csv->text, ',');
  if (!is_quoted)
    {
      g_string_append (csv->text, text);
      return;
    }
  g_string_append_c (csv->text, '"');
  g_string_append (csv->text, guard);
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (csv->text, '"');
      g_string_append_c (csv->text, *at);
    }
  g_string_append_c (csv->text, '"');
}

/* What makes a spreadsheet calculate: the signs that begin a formula, their full-width forms, which some fold
 * to them, and the blanks that some skip before they look for one. */
static gboolean
begins_formula (const char *text)
{
  switch (g_utf8_get_char (text))
    {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
    case 0xff1d: /* ＝ */
    case 0xff0b: /* ＋ */
    case 0xff0d: /* － */
    case 0xff20: /* ＠ */
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * cs_csv_add_text:
 * @csv: a document
 * @text: words from outside, not necessarily valid UTF-8
 *
 * Adds a cell. Where a spreadsheet would take @text for a formula an apostrophe goes before it, which
 * spreadsheets hide, and which keeps the words whole for people (OWASP, "CSV injection").
 */
void
cs_csv_add_text (CsCsv *csv, const char *text)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (csv != NULL && text != NULL);

  valid = g_utf8_make_valid (text, -1);
  add_cell (csv, begins_formula (valid) ? "'" : "", valid);
}

/**
 * cs_csv_add_exact:
 * @csv: a document
 * @text: a number or a date in its canonical form, made by us: "-12.50", "2026-11-20", or ""
 *
 * Adds a cell that stays a number: a negative one is no formula.
 */
void
cs_csv_add_exact (CsCsv *csv, const char *text)
{
  g_return_if_fail (csv != NULL && text != NULL);
  g_return_if_fail (strspn (text, "0123456789.-") == strlen (text));

  add_cell (csv, "", text);
}

/** cs_csv_add_date: adds a day as 2026-11-20; an empty cell for %CS_DATE_NONE. */
void
cs_csv_add_date (CsCsv *csv, CsDate date)
{
  g_autofree char *text = cs_date_to_string (date);

  cs_csv_add_exact (csv, text);
}

/** cs_csv_add_money: adds an amount as 1234.50, as many decimals as its currency has; that is told elsewhere.
 */
void
cs_csv_add_money (CsCsv *csv, CsMoney money)
{
  g_autofree char *text = cs_money_to_string (money);

  cs_csv_add_exact (csv, text);
}

/** cs_csv_add_count: adds a number of things. */
void
cs_csv_add_count (CsCsv *csv, guint n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  cs_csv_add_exact (csv, text);
}

/** cs_csv_end_row: ends the row; the next cell begins another. */
void
cs_csv_end_row (CsCsv *csv)
{
  g_return_if_fail (csv != NULL);

  g_string_append (csv->text, "\r\n");
  csv->n_cells = 0;
}
