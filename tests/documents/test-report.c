/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-report-pdf.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

static const CsReportColumn columns[]
    = { { "Number", 2, FALSE }, { "Contact", 4, FALSE }, { "Balance", 2, TRUE } };

static CsReport *
make_report (CsPaper paper)
{
  CsReportHead head = { "Invoices of Kauri & Co", "Overdue · 1 Oct to 31 Oct", "As of 2 Nov 2026, 09:12 NZDT",
                        columns, G_N_ELEMENTS (columns) };

  return cs_report_new (&head, paper);
}

static GStrv
make_row (guint i)
{
  g_autofree char *number = g_strdup_printf ("INV-%05u", i);
  const char *cells[] = { number, i == 3 ? "<a href=x>R&D\nÅngström" : "Harbour Café", "1,380.00", NULL };

  return g_strdupv ((GStrv)cells);
}

static GBytes *
write_pdf (guint n_rows, CsPaper paper)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (CsReportPdf) pdf = cs_report_pdf_new (make_report (paper), stream);
  const char *gap[] = { NULL };
  const char *sum[] = { "Balance NZD", "9,412.00", NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_rows; i++)
    g_assert_true (cs_report_pdf_add_row (pdf, make_row (i), &error));
  g_assert_true (cs_report_pdf_add_row (pdf, g_strdupv ((GStrv)gap), &error));
  g_assert_true (cs_report_pdf_add_row (pdf, g_strdupv ((GStrv)sum), &error));
  g_assert_true (cs_report_pdf_finish (pdf, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (stream, NULL, &error));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* What poppler, which shares nothing with cairo, reads in it. */
static char *
read_back (GBytes *bytes, const char *program, const char *argument)
{
  g_autofree char *path = NULL;
  int file = g_file_open_tmp ("report-XXXXXX.pdf", &path, NULL);
  const char *command[] = { program, path, argument, NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status = 0;

  g_close (file, NULL);
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), &error));
  g_spawn_sync (NULL, (GStrv)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_unlink (path);
  return out;
}

/* poppler's, which a Sdk of Flatpak's need not have. */
static gboolean
has_reader (void)
{
  g_autofree char *text = g_find_program_in_path ("pdftotext");
  g_autofree char *facts = g_find_program_in_path ("pdfinfo");

  return text != NULL && facts != NULL;
}

static void
test_read_back (void)
{
  CsPaper a4 = cs_paper_for_locale ("en_NZ.UTF-8");
  g_autoptr (GBytes) bytes = write_pdf (120, a4);
  g_autofree char *text = read_back (bytes, "pdftotext", "-");
  g_autofree char *facts = read_back (bytes, "pdfinfo", NULL);
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  const char *last = NULL;

  g_assert_nonnull (strstr (facts, "Title:           Invoices of Kauri & Co"));
  g_assert_nonnull (strstr (facts, "A4"));
  g_assert_cmpuint (g_strv_length (pages), ==, 4); /* three, and nothing after the last feed */
  g_assert_nonnull (strstr (pages[0], "Invoices of Kauri & Co"));
  g_assert_nonnull (strstr (pages[0], "Overdue · 1 Oct to 31 Oct"));
  g_assert_nonnull (strstr (pages[0], "<a href=x>R&D"));
  g_assert_nonnull (strstr (pages[0], "Ångström"));
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u", i + 1);

      g_assert_nonnull (strstr (pages[i], number));
      g_assert_nonnull (strstr (pages[i], "Contact"));
      g_assert_nonnull (strstr (pages[i], "As of 2 Nov 2026, 09:12 NZDT"));
    }
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *number = g_strdup_printf ("INV-%05u", i);

      g_assert_nonnull (strstr (text, number));
      g_assert_null (strstr (strstr (text, number) + 1, number)); /* once */
    }
  last = pages[2];
  g_assert_nonnull (strstr (last, "Balance NZD"));
  g_assert_nonnull (strstr (last, "9,412.00"));
}

static void
test_empty (void)
{
  g_autoptr (GBytes) bytes = write_pdf (0, cs_paper_for_locale ("en_US.UTF-8"));
  g_autofree char *facts = read_back (bytes, "pdfinfo", NULL);

  g_assert_nonnull (strstr (facts, "Pages:           1"));
  g_assert_nonnull (strstr (facts, "letter"));
}

static void
test_paper (void)
{
  CsPaper a4 = cs_paper_for_locale (NULL);
  static const char *const letters[] = { "en_US.UTF-8", "en_CA.UTF-8", "fr_CA", "es_MX@euro" };
  static const char *const others[] = { "en_NZ.UTF-8", "en_GB", "C", "C.UTF-8", "", "en_ZA", "en_USA" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    g_assert_cmpfloat (cs_paper_for_locale (letters[i]).width, ==, 612);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpfloat (cs_paper_for_locale (others[i]).width, ==, a4.width);
}

/* Each row is on one page, and no page on which none is. */
static void
test_pages (void)
{
  g_autoptr (CsReport) report = make_report (cs_paper_for_locale (NULL));
  guint first = cs_report_get_capacity (report, 0);
  guint other = cs_report_get_capacity (report, 1);

  g_assert_cmpuint (first, <, other);
  g_assert_cmpuint (cs_report_count_pages (report, 0), ==, 1);
  g_assert_cmpuint (cs_report_count_pages (report, first), ==, 1);
  g_assert_cmpuint (cs_report_count_pages (report, first + 1), ==, 2);
  for (guint n = 1; n < 500; n++)
    {
      guint n_pages = cs_report_count_pages (report, n);

      g_assert_cmpuint (cs_report_get_first_row (report, n_pages - 1), <, n);
      g_assert_cmpuint (cs_report_get_first_row (report, n_pages - 1)
                            + cs_report_get_capacity (report, n_pages - 1),
                        >=, n);
    }
  g_assert_cmpuint (cs_report_get_first_row (report, 2), ==, first + other);
}

/* A disk that is full is an error with its words, not half a file taken for a whole one. */
static void
test_full_disk (void)
{
  g_autofree char *room = g_malloc (512);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, 512, NULL, NULL);
  g_autoptr (CsReportPdf) pdf = cs_report_pdf_new (make_report (cs_paper_for_locale (NULL)), stream);
  g_autoptr (GError) error = NULL;
  gboolean is_good = TRUE;

  for (guint i = 0; i < 500 && is_good; i++)
    is_good = cs_report_pdf_add_row (pdf, make_row (i), &error);
  if (is_good)
    is_good = cs_report_pdf_finish (pdf, &error);
  g_assert_false (is_good);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  if (has_reader ())
    {
      g_test_add_func ("/documents/report/read-back", test_read_back);
      g_test_add_func ("/documents/report/empty", test_empty);
    }
  g_test_add_func ("/documents/report/paper", test_paper);
  g_test_add_func ("/documents/report/pages", test_pages);
  g_test_add_func ("/documents/report/full-disk", test_full_disk);
  return g_test_run ();
}
