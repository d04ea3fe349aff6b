/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-csv.h"
#include "cs-invoice-csv.h"

#include <locale.h>
#include <string.h>

/* A reader of RFC 4180 that shares nothing with the writer: one row of cells, or NULL at the end. */
static char **
read_row (const char **at)
{
  GPtrArray *cells = g_ptr_array_new ();
  GString *cell = g_string_new (NULL);
  const char *p = *at;
  gboolean is_quoted = FALSE;

  if (*p == '\0')
    {
      g_string_free (cell, TRUE);
      g_ptr_array_unref (cells);
      return NULL;
    }
  for (;; p++)
    {
      g_assert_cmpint (*p, !=, '\0');
      if (is_quoted && *p == '"' && p[1] == '"')
        g_string_append_c (cell, *p++);
      else if (*p == '"')
        is_quoted = !is_quoted;
      else if (!is_quoted && *p == ',')
        {
          g_ptr_array_add (cells, g_string_free (cell, FALSE));
          cell = g_string_new (NULL);
        }
      else if (!is_quoted && p[0] == '\r' && p[1] == '\n')
        break;
      else
        g_string_append_c (cell, *p);
    }
  g_ptr_array_add (cells, g_string_free (cell, FALSE));
  g_ptr_array_add (cells, NULL);
  *at = p + 2;
  return (char **)g_ptr_array_free (cells, FALSE);
}

static const char *
skip_mark (const CsCsv *csv)
{
  g_assert_true (g_str_has_prefix (csv->text->str, "\xef\xbb\xbf"));
  return csv->text->str + 3;
}

static void
test_golden (void)
{
  g_autoptr (CsCsv) csv = cs_csv_new ();

  cs_csv_add_text (csv, "");
  cs_csv_add_text (csv, "plain");
  cs_csv_add_exact (csv, "-12.50");
  cs_csv_end_row (csv);
  cs_csv_add_text (csv, "a, b");
  cs_csv_add_text (csv, "say \"hi\"");
  cs_csv_add_text (csv, "two\nlines");
  cs_csv_end_row (csv);
  g_assert_cmpstr (skip_mark (csv), ==,
                   ",plain,-12.50\r\n"
                   "\"a, b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
}

/* Section 9 of the design: output guards against formulas. */
static void
test_formulas (void)
{
  static const char *const hostile[] = { "=cmd|' /C calc'!A0",
                                         "+1+1",
                                         "-2+3",
                                         "@SUM(A1)",
                                         "\t=1",
                                         "\r=1",
                                         "\n=1",
                                         "＝1+1",
                                         "＋1",
                                         "－1",
                                         "＠SUM(1)",
                                         "=HYPERLINK(\"http://x\",\"y\")" };
  static const char *const harmless[]
      = { "a=b", "Smith & Co", "<a href=x>R&D", "O'Brien", "'quoted'", "1-2" };
  g_autoptr (CsCsv) csv = cs_csv_new ();
  const char *at = NULL;
  g_auto (GStrv) bad = NULL;
  g_auto (GStrv) good = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    cs_csv_add_text (csv, hostile[i]);
  cs_csv_end_row (csv);
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    cs_csv_add_text (csv, harmless[i]);
  cs_csv_end_row (csv);
  at = skip_mark (csv);
  bad = read_row (&at);
  good = read_row (&at);
  g_assert_cmpuint (g_strv_length (bad), ==, G_N_ELEMENTS (hostile));
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_assert_cmpint (bad[i][0], ==, '\'');
      g_assert_cmpstr (bad[i] + 1, ==, hostile[i]); /* whole, behind the guard */
    }
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    g_assert_cmpstr (good[i], ==, harmless[i]);
}

static void
test_invalid_text (void)
{
  g_autoptr (CsCsv) csv = cs_csv_new ();

  cs_csv_add_text (csv, "caf\xe9");
  cs_csv_end_row (csv);
  g_assert_true (g_utf8_validate (csv->text->str, -1, NULL));
}

/* Whatever the words, what comes out reads back as what went in, guard aside. */
static void
test_random_words (void)
{
  static const char *const pieces[]
      = { "\"", ",", "\r\n", "\n", "=", "é", "-", "@", " ", "x", "'", "\t", "＝" };

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (CsCsv) csv = cs_csv_new ();
      g_autoptr (GString) word = g_string_new (NULL);
      g_auto (GStrv) row = NULL;
      const char *at = NULL;
      gsize guard;

      for (gint n = g_test_rand_int_range (0, 12); n > 0; n--)
        g_string_append (word, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      cs_csv_add_exact (csv, "1");
      cs_csv_add_text (csv, word->str);
      cs_csv_add_exact (csv, "2");
      cs_csv_end_row (csv);
      at = skip_mark (csv);
      row = read_row (&at);
      g_assert_cmpuint (g_strv_length (row), ==, 3);
      guard = strlen (row[1]) - word->len;
      g_assert_cmpuint (guard, <=, 1);
      g_assert_cmpstr (row[1] + guard, ==, word->str);
      g_assert_cmpstr (row[2], ==, "2");
      g_assert_cmpint (*at, ==, '\0');
      if (row[1][0] != '\0')
        g_assert_null (strchr ("=+-@\t\r\n", row[1][0]));
    }
}

static CsMoney
money (const char *text, const char *code)
{
  CsCurrency currency;
  CsMoney value;

  g_assert_true (cs_currency_parse (code, &currency, NULL));
  g_assert_true (cs_money_parse (text, currency, &value, NULL));
  return value;
}

static CsLedgerInvoice *
make_invoice (void)
{
  CsLedgerInvoice *invoice = cs_ledger_invoice_new ();

  g_set_str (&invoice->remote_id, "0d2c");
  g_set_str (&invoice->number, "INV-0231");
  g_set_str (&invoice->contact_name, "=1+1, Ltd");
  invoice->is_sales = TRUE;
  invoice->status = CS_LEDGER_AUTHORISED;
  invoice->date = cs_date_from_parts (2026, 10, 1);
  invoice->due = cs_date_from_parts (2026, 10, 21);
  invoice->subtotal = money ("2400", "NZD");
  invoice->tax = money ("360", "NZD");
  invoice->total = money ("2760", "NZD");
  invoice->paid = money ("1380", "NZD");
  invoice->credited = money ("0", "NZD");
  invoice->balance = money ("1380", "NZD");
  return invoice;
}

/* K-9: overdue from the day after; V-16: what Xero leaves empty is empty. */
static void
test_invoice (void)
{
  g_autoptr (CsLedgerInvoice) invoice = make_invoice ();
  g_autoptr (CsCsv) csv = cs_csv_new ();
  const char *at = NULL;

  cs_invoice_csv_add_head (csv);
  cs_invoice_csv_add (csv, invoice, 2, TRUE, cs_date_from_parts (2026, 11, 2));
  cs_invoice_csv_add (csv, invoice, 2, FALSE, cs_date_from_parts (2026, 10, 21));
  invoice->due = CS_DATE_NONE;
  invoice->total = invoice->balance = money ("100", "JPY");
  invoice->credited = money ("-100", "JPY");
  cs_invoice_csv_add (csv, invoice, 0, FALSE, cs_date_from_parts (2026, 11, 2));
  at = skip_mark (csv);
  g_assert_cmpstr (
      at, ==,
      "Number,Date,Due,Type,Contact,Reference,Currency,Subtotal,Tax,Total,Paid,Credited,Balance,Status,Days "
      "overdue,Payments,Pinned,Status in Xero,Xero ID\r\n"
      "INV-0231,2026-10-01,2026-10-21,Invoice,\"'=1+1, "
      "Ltd\",,NZD,2400.00,360.00,2760.00,1380.00,0.00,1380.00,"
      "\"Overdue, part paid\",12,2,yes,AUTHORISED,0d2c\r\n"
      "INV-0231,2026-10-01,2026-10-21,Invoice,\"'=1+1, "
      "Ltd\",,NZD,2400.00,360.00,2760.00,1380.00,0.00,1380.00,"
      "\"Open, part paid\",,2,no,AUTHORISED,0d2c\r\n"
      "INV-0231,2026-10-01,,Invoice,\"'=1+1, Ltd\",,JPY,2400.00,360.00,100,1380.00,-100,100,Open,,0,no,"
      "AUTHORISED,0d2c\r\n");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/documents/csv/golden", test_golden);
  g_test_add_func ("/documents/csv/formulas", test_formulas);
  g_test_add_func ("/documents/csv/invalid-text", test_invalid_text);
  g_test_add_func ("/documents/csv/random-words", test_random_words);
  g_test_add_func ("/documents/csv/invoice", test_invoice);
  return g_test_run ();
}
