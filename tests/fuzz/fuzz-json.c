/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-json.h"
#include "cs-small-json.h"
#include "fuzz.h"

#include <string.h>

/* JSON: what is read is UTF-8 and no deeper than it may be; and both doors, whatever they think of it, hold.
 */

static const CsJsonName names[]
    = { CS_JSON_NAME ("InvoiceID"), CS_JSON_NAME ("Total"), CS_JSON_NAME ("Contact") };

static void
look_at (const CsJsonValue *value, guint depth)
{
  const CsJsonValue *values[G_N_ELEMENTS (names)];
  CsJsonIterator iterator;
  const CsJsonValue *element;
  gsize size;
  const char *text = cs_json_value_get_text (value, &size);
  CsDecimal decimal = { 0 };
  CsDate date = CS_DATE_NONE;
  gint64 instant_ms = 0;

  g_assert_cmpuint (depth, <=, CS_JSON_DEPTH_MAX);
  g_assert_true (g_utf8_validate_len (text, size, NULL) || memchr (text, '\0', size) != NULL);
  (void)!cs_json_value_read_decimal (value, "Total", &decimal, NULL);
  (void)!cs_json_value_read_date (value, "Date", &date, NULL);
  (void)!cs_json_value_read_instant (value, "UpdatedDateUTC", &instant_ms, NULL);
  cs_json_pick (value, names, G_N_ELEMENTS (names), values);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (values[i] == cs_json_get (value, names[i].text));
      if (values[i] != NULL)
        look_at (values[i], depth + 1);
    }
  cs_json_iterator_init (&iterator, value);
  while ((element = cs_json_iterator_next (&iterator)) != NULL)
    look_at (element, depth + 1);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) small_error = NULL;
  g_autoptr (CsJsonDocument) document = cs_json_document_parse (bytes, &error);
  g_autoptr (JsonNode) small = cs_small_json_parse (bytes, &small_error);

  fuzz_assert_told (document, error);
  fuzz_assert_told (small, small_error);
  if (document != NULL)
    look_at (cs_json_document_get_root (document), 1);
  return 0;
}
