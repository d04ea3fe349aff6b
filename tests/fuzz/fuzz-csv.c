/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-csv-table.h"
#include "fuzz.h"

/* Spreadsheets [C-06]: rows within their bounds, in order, of UTF-8. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cs_csv_table_read ((const char *)data, size, &error);
  guint line = 0;

  fuzz_assert_told (rows, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const CsCsvRow *row = rows->pdata[i];

      g_assert_cmpuint (row->line, >, line);
      g_assert_cmpuint (g_strv_length (row->cells), <=, CS_CSV_CELLS_MAX);
      line = row->line;
      for (guint cell = 0; row->cells[cell] != NULL; cell++)
        g_assert_true (g_utf8_validate (row->cells[cell], -1, NULL));
    }
  g_assert_true (rows == NULL || rows->len <= CS_CSV_ROWS_MAX);
  return 0;
}
