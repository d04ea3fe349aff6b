/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-csv-table.h"

#include "cs-decimal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
  char separator;
  guint line;
} Scanner;

static void
row_free (gpointer data)
{
  CsCsvRow *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

/* --- which letters --- */

static char *
refuse_letters (GError **error)
{
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX,
                       _ ("The file holds characters that can’t be read. Save it as CSV with UTF-8 in your "
                          "spreadsheet, and choose it again."));
  return NULL;
}

static char *
convert (const char *bytes, gsize size, const char *charset, gsize *length, GError **error)
{
  char *text = g_convert (bytes, (gssize)size, "UTF-8", charset, NULL, length, NULL);

  return text != NULL ? text : refuse_letters (error);
}

/* Whether most letters beyond ASCII are UTF-8: a single damaged one must not turn all of them into others. */
static gboolean
is_mostly_utf8 (const char *bytes, gsize size)
{
  const char *end = bytes + size;
  gsize n_valid = 0;
  gsize n_wrong = 0;

  for (const char *at = bytes; at < end;)
    {
      gunichar c = (guchar)*at < 0x80 ? 0 : g_utf8_get_char_validated (at, end - at);

      if ((guchar)*at < 0x80 || c >= (gunichar)-2)
        {
          n_wrong += (guchar)*at < 0x80 ? 0 : 1;
          at++;
          continue;
        }
      n_valid++;
      at = g_utf8_next_char (at);
    }
  return n_valid > n_wrong;
}

/* Excel's "CSV" is in Windows-1252, its "Unicode Text" in UTF-16; all else writes UTF-8. */
static char *
decode (const char *bytes, gsize size, gsize *length, GError **error)
{
  gboolean is_marked = size >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0;

  if (is_marked)
    {
      bytes += 3;
      size -= 3;
    }
  else if (size >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    return convert (bytes + 2, size - 2, "UTF-16LE", length, error);
  else if (size >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    return convert (bytes + 2, size - 2, "UTF-16BE", length, error);
  if (!g_utf8_validate_len (bytes, size, NULL) && (is_marked || is_mostly_utf8 (bytes, size)))
    return refuse_letters (error);
  if (!g_utf8_validate_len (bytes, size, NULL))
    return convert (bytes, size, "WINDOWS-1252", length, error);
  *length = size;
  /* An empty file may come without any memory. */
  return size > 0 ? g_strndup (bytes, size) : g_strdup ("");
}

/* What a spreadsheet calls a workbook (XLSX, ODS) is an archive. */
static gboolean
is_workbook (const char *bytes, gsize size)
{
  return size >= 4 && memcmp (bytes, "PK\x03\x04", 4) == 0;
}

/* --- cells and rows --- */

/* What stands most often in the heading, which is the first line with anything in it, outside quotes. */
static char
find_separator (const char *text, const char *end)
{
  static const char choices[] = { ',', ';', '\t' };
  guint n[G_N_ELEMENTS (choices)] = { 0 };
  gboolean is_quoted = FALSE;
  gsize best = 0;

  while (text < end && g_ascii_isspace (*text))
    text++;
  for (; text < end && (is_quoted || (*text != '\n' && *text != '\r')); text++)
    {
      if (*text == '"')
        is_quoted = !is_quoted;
      for (gsize i = 0; !is_quoted && i < G_N_ELEMENTS (choices); i++)
        if (*text == choices[i])
          n[i]++;
    }
  for (gsize i = 1; i < G_N_ELEMENTS (choices); i++)
    if (n[i] > n[best])
      best = i;
  return choices[best];
}

/* Excel's own first line, "sep=;", which says it. */
static gboolean
take_separator (Scanner *scanner)
{
  if (scanner->end - scanner->at < 5 || memcmp (scanner->at, "sep=", 4) != 0
      || (scanner->end - scanner->at > 5 && scanner->at[5] != '\n' && scanner->at[5] != '\r'))
    return FALSE;
  scanner->separator = scanner->at[4];
  scanner->at += 5;
  return TRUE;
}

static gboolean
ends_line (const char *at)
{
  return *at == '\n' || *at == '\r';
}

/* Past the end of a line, which may be two characters. */
static void
skip_line_end (Scanner *scanner)
{
  if (*scanner->at == '\r' && scanner->at + 1 < scanner->end && scanner->at[1] == '\n')
    scanner->at++;
  scanner->at++;
  scanner->line++;
}

static gboolean
refuse_quote (guint line, GError **error)
{
  g_set_error (
      error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX,
      _ ("Line %u opens a quotation mark that is never closed. Correct it there, and choose the file "
         "again."),
      line);
  return FALSE;
}

/* To the closing quote; a doubled one is a quote. */
static gboolean
scan_quoted (Scanner *scanner, GString *cell, GError **error)
{
  guint began = scanner->line;

  for (scanner->at++; scanner->at < scanner->end; scanner->at++)
    {
      if (*scanner->at == '"')
        {
          if (scanner->at + 1 >= scanner->end || scanner->at[1] != '"')
            {
              scanner->at++;
              return TRUE;
            }
          scanner->at++;
        }
      else if (*scanner->at == '\n')
        scanner->line++;
      g_string_append_c (cell, *scanner->at);
    }
  g_set_error (
      error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX,
      _ ("Line %u opens a quotation mark that is never closed. Correct it there, and choose the file "
         "again."),
      began);
  return FALSE;
}

/* An apostrophe before what a spreadsheet would calculate keeps it a word, and is none of the word
 * (cs_csv_add_text()). */
static const char *
skip_guard (const char *cell)
{
  static const gunichar guarded[] = { '=', '+', '-', '@', 0xff1d, 0xff0b, 0xff0d, 0xff20 };
  gunichar next = *cell == '\'' ? g_utf8_get_char (cell + 1) : 0;

  for (gsize i = 0; next != 0 && i < G_N_ELEMENTS (guarded); i++)
    if (next == guarded[i])
      return cell + 1;
  return cell;
}

static char *
scan_cell (Scanner *scanner, GError **error)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  guint line = scanner->line;
  gsize quoted;

  while (scanner->at < scanner->end && *scanner->at == ' ')
    scanner->at++;
  if (scanner->at < scanner->end && *scanner->at == '"' && !scan_quoted (scanner, cell, error))
    return NULL;
  quoted = cell->len;
  /* Without quotes, or, where a program got it wrong, after them. */
  while (scanner->at < scanner->end && *scanner->at != scanner->separator && !ends_line (scanner->at))
    g_string_append_c (cell, *scanner->at++);
  /* Words after a quotation over several lines: it took in the rows up to the next one that was opened. */
  if (scanner->line > line && strspn (cell->str + quoted, " ") < cell->len - quoted
      && !refuse_quote (line, error))
    return NULL;
  return g_strdup (g_strstrip ((char *)skip_guard (g_strstrip (cell->str))));
}

static gboolean
is_blank (GStrv cells)
{
  for (gsize i = 0; cells[i] != NULL; i++)
    if (*cells[i] != '\0')
      return FALSE;
  return TRUE;
}

/* (transfer full) (nullable): the next row; its line is ended, too */
static CsCsvRow *
scan_row (Scanner *scanner, GError **error)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  guint line = scanner->line;
  CsCsvRow *row;

  for (guint n = 1;; n++)
    {
      char *cell = scan_cell (scanner, error);

      if (cell == NULL)
        return NULL;
      g_strv_builder_take (cells, cell);
      if (scanner->at >= scanner->end || *scanner->at != scanner->separator)
        break;
      if (n >= CS_CSV_CELLS_MAX)
        {
          g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE,
                       _ ("Line %u has more than %u columns. Is it a list saved as CSV?"), line,
                       (guint)CS_CSV_CELLS_MAX);
          return NULL;
        }
      scanner->at++;
    }
  if (scanner->at < scanner->end)
    skip_line_end (scanner);
  row = g_new0 (CsCsvRow, 1);
  row->line = line;
  row->cells = g_strv_builder_end (cells);
  return row;
}

static GPtrArray *
scan_rows (Scanner *scanner, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);

  while (scanner->at < scanner->end)
    {
      CsCsvRow *row = scan_row (scanner, error);

      if (row == NULL)
        return NULL;
      if (is_blank (row->cells))
        {
          row_free (row);
          continue;
        }
      g_ptr_array_add (rows, row);
      if (rows->len > CS_CSV_ROWS_MAX + 1) /* with the heading */
        {
          g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE,
                       _ ("The file has more than %'u rows. Divide it, and import one part after the other."),
                       (guint)CS_CSV_ROWS_MAX);
          return NULL;
        }
    }
  return g_steal_pointer (&rows);
}

static GPtrArray *
refuse_kind (GError **error)
{
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX,
                       _ ("This is no CSV file. In your spreadsheet choose Save as…, and CSV as the type."));
  return NULL;
}

/**
 * cs_csv_table_read:
 * @bytes: (array length=size): a file
 * @size: how long it is
 * @error: return location
 *
 * Returns: (transfer full) (element-type CsCsvRow) (nullable): its rows, the heading first; none when it is
 * empty. Else %CS_DOMAIN_ERROR_SYNTAX with the line that can't be read, or %CS_DOMAIN_ERROR_RANGE for more
 * than the bounds above; the message says what to do
 */
GPtrArray *
cs_csv_table_read (const char *bytes, gsize size, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  Scanner scanner;

  g_return_val_if_fail (bytes != NULL || size == 0, NULL);

  if (size > CS_CSV_BYTES_MAX)
    {
      g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_RANGE,
                   _ ("The file is larger than %u MB. Divide it, and import one part after the other."),
                   CS_CSV_BYTES_MAX / 1024 / 1024);
      return NULL;
    }
  if (is_workbook (bytes, size))
    return refuse_kind (error);
  text = decode (bytes, size, &length, error);
  if (text == NULL)
    return NULL;
  if (memchr (text, '\0', length) != NULL)
    return refuse_kind (error);
  scanner = (Scanner){ text, text + length, 0, 1 };
  if (!take_separator (&scanner))
    scanner.separator = find_separator (text, text + length);
  return scan_rows (&scanner, error);
}
