/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-csv-table.h"
#include "cs-csv.h"
#include "cs-decimal.h"

#include <string.h>

/* Lists from spreadsheets [C-06]. COUNTERSIGN_NIGHTLY=1 takes twenty times as many at random. */
#define ROUNDS 3000
#define NIGHTLY_FACTOR 20

static guint
count_rounds (void)
{
  return ROUNDS * (g_strcmp0 (g_getenv ("COUNTERSIGN_NIGHTLY"), "1") == 0 ? NIGHTLY_FACTOR : 1);
}

/* As "line:cell|cell", a row after the other. */
static char *
spell (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const CsCsvRow *row = g_ptr_array_index (rows, i);
      g_autofree char *cells = g_strjoinv ("|", row->cells);

      g_string_append_printf (text, "%s%u:%s", i > 0 ? " / " : "", row->line, cells);
    }
  return g_string_free_and_steal (text);
}

static void
check (const char *bytes, gsize size, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cs_csv_table_read (bytes, size, &error);
  g_autofree char *spelt = NULL;

  g_assert_no_error (error);
  spelt = spell (rows);
  g_assert_cmpstr (spelt, ==, expected);
}

static void
test_rows (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", "" },
    { "Name", "1:Name" },
    { "Name,E-mail\r\nAcme,a@acme.nz\r\n", "1:Name|E-mail / 2:Acme|a@acme.nz" },
    { "Name\nAcme\n\n \nBolt", "1:Name / 2:Acme / 5:Bolt" },
    { "Name\rAcme\rBolt\r", "1:Name / 2:Acme / 3:Bolt" },
    { "Name;Phone\nAcme, Ltd;021", "1:Name|Phone / 2:Acme, Ltd|021" },
    { "Name\tPhone\nAcme; Ltd\t021", "1:Name|Phone / 2:Acme; Ltd|021" },
    { "\"Name, full\";Phone;X\na;b;c", "1:Name, full|Phone|X / 2:a|b|c" },
    { "Name,Note\n\"Acme \"\"the\"\" Co\",\"two\r\nlines\"\nBolt,",
      "1:Name|Note / 2:Acme \"the\" Co|two\r\nlines / 4:Bolt|" },
    { " \"Acme\" , b ", "1:Acme|b" },
    { "a,b\n1,2,3\n4", "1:a|b / 2:1|2|3 / 3:4" },
    { "Name\n\"Acme\"x,b", "1:Name / 2:Acmex|b" },
    /* What cs_csv_add_text() puts before a formula is none of the words. */
    { "Phone\n'+64 21 555\n\"'=1+1\"\n'n Roll", "1:Phone / 2:+64 21 555 / 3:=1+1 / 4:'n Roll" },
    { "\n ;\nName;Phone, mobile\na;b", "3:Name|Phone, mobile / 4:a|b" },
    { "sep=;\r\nName, whole;X\r\na,b;c", "2:Name, whole|X / 3:a,b|c" },
    { "Phone\n'\xef\xbc\x8b"
      "64",
      "1:Phone / 2:\xef\xbc\x8b"
      "64" },
    { "Name,Note\n\"two\nlines\" ,x", "1:Name|Note / 2:two\nlines|x" },
    { "\xef\xbb\xbfName\nM\xc4\x81ori", "1:Name / 2:M\xc4\x81ori" },
    { "Name\nCaf\xe9 \x96 Z\xfcrich", "1:Name / 2:Caf\xc3\xa9 \xe2\x80\x93 Z\xc3\xbcrich" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      check (cases[i].text, strlen (cases[i].text), cases[i].expected);
    }
  check (NULL, 0, ""); /* as of a file without a byte */
}

static void
test_unicode_text (void)
{
  static const char little[] = "\xff\xfeN\0a\0m\0e\0\t\0X\0\n\0\xe9\0\t\0y\0";
  static const char big[] = "\xfe\xff\0N\0\n\0\xe9";

  check (little, sizeof little - 1, "1:Name|X / 2:\xc3\xa9|y");
  check (big, sizeof big - 1, "1:N / 2:\xc3\xa9");
}

static void
expect_error (const char *bytes, gsize size, int code, const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_csv_table_read (bytes, size, &error));
  g_assert_error (error, CS_DOMAIN_ERROR, code);
  g_assert_nonnull (strstr (error->message, says));
}

/* Each says where, and what to do. */
static void
test_refused (void)
{
  g_autoptr (GString) many = g_string_new ("Name\n");
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autofree char *large = g_malloc0 (CS_CSV_BYTES_MAX + 1);

  expect_error ("Name\nAcme\n\"Bolt\nCog\n", 19, CS_DOMAIN_ERROR_SYNTAX, "Line 3");
  /* It would take in the next row but one. */
  expect_error ("Name\n\"Acme\nBolt\n\"Cog\"\n", 22, CS_DOMAIN_ERROR_SYNTAX, "Line 2");
  /* One damaged letter among good ones doesn't turn them all into others. */
  expect_error ("Name\nCaf\xc3\xa9\nM\xc4\x81ori\nB\xff\n", 22, CS_DOMAIN_ERROR_SYNTAX, "UTF-8");
  expect_error ("\xef\xbb\xbfName\nCaf\xe9", 12, CS_DOMAIN_ERROR_SYNTAX, "UTF-8");
  expect_error ("PK\x03\x04 and so on", 14, CS_DOMAIN_ERROR_SYNTAX, "CSV");
  expect_error ("Name\0Acme", 9, CS_DOMAIN_ERROR_SYNTAX, "CSV");
  expect_error ("\xff\xfeN\0a", 5, CS_DOMAIN_ERROR_SYNTAX, "UTF-8"); /* half a character */
  for (guint i = 0; i <= CS_CSV_ROWS_MAX; i++)
    g_string_append (many, "a\n");
  expect_error (many->str, many->len, CS_DOMAIN_ERROR_RANGE, "20000");
  for (guint i = 0; i < CS_CSV_CELLS_MAX; i++)
    g_string_append (wide, "a,");
  expect_error (wide->str, wide->len, CS_DOMAIN_ERROR_RANGE, "Line 1");
  expect_error (large, CS_CSV_BYTES_MAX + 1, CS_DOMAIN_ERROR_RANGE, "8 MB");
}

/* --- at random --- */

static char *
random_cell (GRand *random)
{
  static const char *const pieces[] = { "a", "Acme", "\"", ",", ";", "\t",           "\r\n",     "\n", " ",
                                        "'", "=",    "+",  "-", "@", "\xef\xbc\x8b", "\xc3\xa9", "0" };
  g_autoptr (GString) cell = g_string_new (NULL);

  for (int i = g_rand_int_range (random, 0, 8); i > 0; i--)
    g_string_append (cell, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_strdup (g_strstrip (cell->str));
}

/* What we write we read: cells whole, but for blanks at their ends and an apostrophe that guards nothing. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261129);

  for (guint round = 0; round < count_rounds (); round++)
    {
      g_autoptr (CsCsv) csv = cs_csv_new ();
      g_autoptr (GString) expected = g_string_new ("Name|Number");
      g_autoptr (GString) found = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      cs_csv_add_text (csv, "Name");
      cs_csv_add_text (csv, "Number");
      cs_csv_end_row (csv);
      for (int i = g_rand_int_range (random, 0, 5); i > 0; i--)
        {
          g_autofree char *cell = random_cell (random);
          gboolean looks_guarded = *cell == '\''
                                   && (g_str_has_prefix (cell + 1, "\xef\xbc\x8b")
                                       || (cell[1] != '\0' && strchr ("=+-@", cell[1]) != NULL));

          cs_csv_add_text (csv, cell);
          cs_csv_add_text (csv, "x");
          cs_csv_end_row (csv);
          g_string_append_printf (expected, "\n%s|x", looks_guarded ? cell + 1 : cell);
        }
      rows = cs_csv_table_read (csv->text->str, csv->text->len, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < rows->len; i++)
        {
          g_autofree char *cells = g_strjoinv ("|", ((CsCsvRow *)rows->pdata[i])->cells);

          g_string_append_printf (found, "%s%s", i > 0 ? "\n" : "", cells);
        }
      g_assert_cmpstr (found->str, ==, expected->str);
    }
}

/* Whatever comes in: rows of valid UTF-8 within the bounds, in the order of their lines, or an error. */
static void
test_fuzz (void)
{
  static const char *const pieces[] = { "Name", ",", ";",    "\t",   "\"",   "\"\"", "\r",   "\n", "\r\n",
                                        " ",    "'", "\xff", "\xfe", "\xc3", "\x81", "\xe2", "a",  "\x01" };
  g_autoptr (GRand) random = g_rand_new_with_seed (1129);
  guint n_read = 0;
  guint n_refused = 0;

  for (guint round = 0; round < count_rounds (); round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = NULL;
      guint line = 0;

      for (int i = g_rand_int_range (random, 0, 40); i > 0; i--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      rows = cs_csv_table_read (text->str, text->len, &error);
      n_refused += rows == NULL ? 1 : 0;
      g_assert_true ((rows == NULL) == (error != NULL));
      for (guint i = 0; rows != NULL && i < rows->len; i++)
        {
          const CsCsvRow *row = g_ptr_array_index (rows, i);

          g_assert_cmpuint (row->line, >, line);
          line = row->line;
          g_assert_cmpuint (g_strv_length (row->cells), <=, CS_CSV_CELLS_MAX);
          for (gsize cell = 0; row->cells[cell] != NULL; cell++)
            g_assert_true (g_utf8_validate (row->cells[cell], -1, NULL));
          n_read++;
        }
    }
  g_assert_cmpuint (n_read, >, 100);
  g_assert_cmpuint (n_refused, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-table/rows", test_rows);
  g_test_add_func ("/csv-table/unicode text", test_unicode_text);
  g_test_add_func ("/csv-table/refused", test_refused);
  g_test_add_func ("/csv-table/round trip", test_round_trip);
  g_test_add_func ("/csv-table/fuzz", test_fuzz);
  return g_test_run ();
}
