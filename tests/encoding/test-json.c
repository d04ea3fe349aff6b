/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-json.h"

#include <locale.h>
#include <string.h>

static const CsCurrency nzd = { "NZD" };

static CsJsonDocument *
parse_sized (const char *text, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);

  return cs_json_document_parse (bytes, error);
}

static CsJsonDocument *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  CsJsonDocument *document = parse_sized (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);
  return document;
}

static void
test_getters (void)
{
  g_autoptr (CsJsonDocument) document
      = parse ("{\"name\":\"R\\u0026D\",\"n\":12,\"t\":\"34\",\"f\":1.5,\"big\":9223372036854775807,"
               "\"more\":9223372036854775808,\"yes\":true,\"nothing\":null,\"list\":[{\"a\":1},2,\"x\"],"
               "\"name\":\"second\",\"cut\":\"a\\u0000b\"}");
  const CsJsonValue *root = cs_json_document_get_root (document);

  g_assert_true (cs_json_is_object (root));
  g_assert_false (cs_json_is_object (cs_json_get (root, "list")));
  g_assert_false (cs_json_is_object (NULL));
  g_assert_cmpstr (cs_json_get_string (root, "name"), ==, "R&D"); /* the first of two */
  g_assert_null (cs_json_get_string (root, "n"));
  g_assert_null (cs_json_get_string (root, "nothing"));
  g_assert_null (cs_json_get_string (root, "cut"));
  g_assert_null (cs_json_get_string (NULL, "name"));
  g_assert_cmpstr (cs_json_get_string_or_empty (root, "absent"), ==, "");
  g_assert_cmpstr (cs_json_value_get_string (cs_json_get (root, "name")), ==, "R&D");
  g_assert_null (cs_json_value_get_string (NULL));
  g_assert_cmpint (cs_json_get_integer (root, "n", -1), ==, 12);
  g_assert_cmpint (cs_json_get_integer (root, "t", -1), ==, 34);
  g_assert_cmpint (cs_json_get_integer (root, "f", -1), ==, -1);
  g_assert_cmpint (cs_json_get_integer (root, "big", -1), ==, G_MAXINT64);
  g_assert_cmpint (cs_json_get_integer (root, "more", -1), ==, -1);
  g_assert_cmpint (cs_json_get_integer (root, "absent", -1), ==, -1);
  g_assert_true (cs_json_get_boolean (root, "yes", FALSE));
  g_assert_true (cs_json_get_boolean (root, "n", TRUE));
  g_assert_false (cs_json_get_boolean (root, "absent", FALSE));
  g_assert_null (cs_json_get (cs_json_get (root, "list"), "a"));
  g_assert_null (cs_json_get (NULL, "a"));
}

/* As cs_json_get() does, whatever the order of the members. */
static void
test_pick (void)
{
  static const CsJsonName names[]
      = { CS_JSON_NAME ("a"), CS_JSON_NAME ("bb"), CS_JSON_NAME ("Date"), CS_JSON_NAME ("absent") };
  static const char *const orders[] = {
    "{\"a\":1,\"bb\":2,\"Date\":3}",
    "{\"Date\":3,\"x\":0,\"bb\":2,\"a\":1}",
    "{\"bb\":2,\"Data\":0,\"Date\":3,\"\":0,\"bb\":9,\"a\":1,\"a\":9}", /* the first of two */
    "{\"\\u0061\":1,\"deeper\":{\"a\":9},\"bb\":2,\"more\":[{\"Date\":9}],\"Date\":3}",
  };
  const CsJsonValue *values[G_N_ELEMENTS (names)];

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (CsJsonDocument) document = parse (orders[i]);
      const CsJsonValue *root = cs_json_document_get_root (document);

      cs_json_pick (root, names, G_N_ELEMENTS (names), values);
      for (gint64 j = 0; j < 3; j++)
        {
          CsDecimal number = { 0 };

          g_assert_true (values[j] == cs_json_get (root, names[j].text));
          g_assert_true (cs_json_value_read_decimal (values[j], names[j].text, &number, NULL));
          g_assert_cmpint (number.units, ==, (j + 1) * CS_DECIMAL_ONE);
        }
      g_assert_null (values[3]);
    }
  cs_json_pick (NULL, names, G_N_ELEMENTS (names), values);
  for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
    g_assert_null (values[j]);
  cs_json_pick (values[0], names, 1, values);
  g_assert_null (values[0]);
}

/* A name is told from one that differs in a single letter, however long it is and wherever that stands. */
static void
test_pick_alike (void)
{
  for (gsize size = 1; size <= 24; size++)
    for (gsize at = 0; at < size; at++)
      {
        g_autofree char *name = g_strnfill (size, 'a');
        g_autofree char *other = g_strnfill (size, 'a');
        g_autofree char *text = NULL;
        g_autoptr (CsJsonDocument) document = NULL;
        const CsJsonName names[] = { { name, size, CS_JSON_MARK ('a', size), CS_JSON_MARK ('a', size / 2) } };
        const CsJsonValue *root, *value;

        other[at] = 'b';
        text = g_strdup_printf ("{\"%s\":1,\"%s\":2,\"%sa\":3}", other, name, name);
        document = parse (text);
        root = cs_json_document_get_root (document);
        cs_json_pick (root, names, 1, &value);
        g_assert_nonnull (value);
        g_assert_true (value == cs_json_get (root, name));
      }
}

static void
test_arrays (void)
{
  g_autoptr (CsJsonDocument) document
      = parse ("{\"list\":[{\"a\":[1,2]},[],\"x\",4],\"empty\":[],\"object\":{\"a\":1}}");
  const CsJsonValue *root = cs_json_document_get_root (document);
  const CsJsonValue *list = cs_json_get (root, "list");
  CsJsonIterator iterator;
  gsize n = 0;

  g_assert_cmpuint (cs_json_get_length (list), ==, 4);
  g_assert_cmpuint (cs_json_get_length (cs_json_get (root, "object")), ==, 0);
  g_assert_cmpuint (cs_json_get_length (NULL), ==, 0);
  g_assert_cmpstr (cs_json_value_get_string (cs_json_get_element (list, 2)), ==, "x");
  g_assert_null (cs_json_get_element (list, 4));
  g_assert_null (cs_json_get_element (NULL, 0));

  cs_json_iterator_init (&iterator, list);
  for (const CsJsonValue *value; (value = cs_json_iterator_next (&iterator)) != NULL; n++)
    g_assert_true (value == cs_json_get_element (list, n));
  g_assert_cmpuint (n, ==, 4);
  g_assert_null (cs_json_iterator_next (&iterator));
  cs_json_iterator_init (&iterator, cs_json_get (root, "empty"));
  g_assert_null (cs_json_iterator_next (&iterator));
  cs_json_iterator_init (&iterator, cs_json_get (root, "object"));
  g_assert_null (cs_json_iterator_next (&iterator));
  cs_json_iterator_init (&iterator, NULL);
  g_assert_null (cs_json_iterator_next (&iterator));
}

static void
test_exact_numbers (void)
{
  g_autoptr (CsJsonDocument) document = parse ("{\"a\":46.00,\"b\":46,\"c\":\"46.00\",\"d\":20.35,\"e\":"
                                               "92233720368547758.07,\"q\":1.0000,\"nothing\":null}");
  const CsJsonValue *root = cs_json_document_get_root (document);
  CsMoney money = { 77, nzd };
  CsDecimal decimal = { 77 };
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_json_read_money (root, "absent", nzd, &money, &error));
  g_assert_true (cs_json_read_money (root, "nothing", nzd, &money, &error));
  g_assert_true (cs_json_read_money (NULL, "a", nzd, &money, &error));
  g_assert_true (cs_json_read_decimal (root, "absent", &decimal, &error));
  g_assert_cmpint (money.minor, ==, 77);
  g_assert_cmpint (decimal.units, ==, 77);
  for (const char *member = "abc"; *member != '\0'; member++)
    {
      const char name[] = { *member, '\0' };

      g_assert_true (cs_json_read_money (root, name, nzd, &money, &error));
      g_assert_cmpint (money.minor, ==, 4600);
    }
  g_assert_true (cs_json_read_money (root, "d", nzd, &money, &error));
  g_assert_cmpint (money.minor, ==, 2035);
  /* A double would make 92233720368547760 of it. */
  g_assert_true (cs_json_read_money (root, "e", nzd, &money, &error));
  g_assert_cmpint (money.minor, ==, G_MAXINT64);
  g_assert_true (cs_json_read_decimal (root, "q", &decimal, &error));
  g_assert_cmpint (decimal.units, ==, CS_DECIMAL_ONE);
  g_assert_no_error (error);
}

static void
test_wrong_numbers (void)
{
  static const char *const wrong[]
      = { "1e2",
          "\"\"",
          "\"abc\"",
          "true",
          "[]",
          "{}",
          "20.350000000000001",
          "\"1,200.00\"",
          "\"1\\u00002\"",
          "1000000000000000000000000000000000000000000000000000000000000000000000" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"Total\":%s}", wrong[i]);
      g_autoptr (CsJsonDocument) document = parse (text);
      const CsJsonValue *root = cs_json_document_get_root (document);
      CsMoney money = { 77, nzd };
      CsDecimal decimal = { 77 };
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_json_read_money (root, "Total", nzd, &money, &error));
      g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE);
      g_assert_true (g_str_has_prefix (error->message, "Total: "));
      g_clear_error (&error);
      g_assert_false (cs_json_read_decimal (root, "Total", &decimal, &error));
      g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE);
      g_assert_cmpint (money.minor, ==, 77);
      g_assert_cmpint (decimal.units, ==, 77);
    }
}

static void
test_dates (void)
{
  static const struct
  {
    const char *json;
    const char *date;
    const char *instant;
  } cases[] = {
    { "\"\\/Date(1795219200000+0000)\\/\"", "2026-11-21", "2026-11-21T00:00:00.000Z" },
    { "\"/Date(1795305600123)/\"", "2026-11-22", "2026-11-22T00:00:00.123Z" },
    { "\"/Date(1795219200000+1300)/\"", "2026-11-21", "2026-11-21T00:00:00.000Z" },
    { "\"/Date(-86400000+0000)/\"", "1969-12-31", "1969-12-31T00:00:00.000Z" },
    { "\"/Date(00000001795305600123)/\"", "2026-11-22", "2026-11-22T00:00:00.123Z" },
    { "\"2026-11-21T00:00:00\"", "2026-11-21", "2026-11-21T00:00:00.000Z" },
    { "\"2026-11-21T08:00:00Z\"", "2026-11-21", "2026-11-21T08:00:00.000Z" },
    { "\"2015-03-29T23:43:01.097\"", "2015-03-29", "2015-03-29T23:43:01.097Z" },
    { "\"2026-11-20T03:14:15.9265350\"", "2026-11-20", "2026-11-20T03:14:15.926Z" },
    { "\"2026-11-21\"", "2026-11-21", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"Date\":%s}", cases[i].json);
      g_autoptr (CsJsonDocument) document = parse (text);
      const CsJsonValue *root = cs_json_document_get_root (document);
      CsDate date = CS_DATE_NONE;
      gint64 instant_ms = 77;
      g_autoptr (GError) error = NULL;
      g_autofree char *written = NULL;
      g_autofree char *instant = NULL;

      g_assert_true (cs_json_read_date (root, "Date", &date, &error));
      g_assert_no_error (error);
      written = cs_date_to_string (date);
      g_assert_cmpstr (written, ==, cases[i].date);
      if (cases[i].instant == NULL)
        {
          g_assert_false (cs_json_read_instant (root, "Date", &instant_ms, &error));
          g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE);
          continue;
        }
      g_assert_true (cs_json_read_instant (root, "Date", &instant_ms, &error));
      instant = cs_instant_to_string (instant_ms);
      g_assert_cmpstr (instant, ==, cases[i].instant);
    }
}

static void
test_wrong_dates (void)
{
  static const char *const wrong[] = { "\"\"",
                                       "12",
                                       "true",
                                       "\"/Date()/\"",
                                       "\"/Date(12\"",
                                       "\"/Date(12)\"",
                                       "\"/Date(12+1)/\"",
                                       "\"/Date(-)/\"",
                                       "\"/Date(99999999999999999999)/\"",
                                       "\"/Date(18446744073709551616)/\"", /* 0, if it ran over */
                                       "\"/Date(-18446744073709551616)/\"",
                                       "\"/Date(12:00)/\"",
                                       "\"/Date(12/00)/\"",
                                       "\"/Date(9999999999999999)/\"",
                                       "\"2026-02-30\"",
                                       "\"21/11/2026\"",
                                       "\"/Date(12)/ \"",
                                       "\"2026-11-21T\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"Date\":%s,\"nothing\":null}", wrong[i]);
      g_autoptr (CsJsonDocument) document = parse (text);
      const CsJsonValue *root = cs_json_document_get_root (document);
      CsDate date = { 77 };
      gint64 instant_ms = 77;
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_json_read_date (root, "Date", &date, &error));
      g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE);
      g_clear_error (&error);
      g_assert_false (cs_json_read_instant (root, "Date", &instant_ms, &error));
      g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE);
      g_clear_error (&error);
      g_assert_true (cs_json_read_date (root, "nothing", &date, &error));
      g_assert_true (cs_json_read_instant (root, "absent", &instant_ms, &error));
      g_assert_cmpint (date.days, ==, 77);
      g_assert_cmpint (instant_ms, ==, 77);
    }
}

static void
test_syntax (void)
{
  static const char *const wrong[] = {
    "",
    "   ",
    "{",
    "{\"a\":1,}",
    "[1 2]",
    "nul",
    "'a'",
    "{a:1}",
    "01",
    "1.",
    ".5",
    "+1",
    "NaN",
    "Infinity",
    "\"\\ud800\"",
    "\"a\nb\"",
    "{} {}",
    "// x\n{}",
    "\"\xff\"",
    "\"\xc0\xaf\"",
    "\"\xed\xa0\x80\"",
    "\xef\xbb\xbf{}",
    "\"s3cret",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_null (parse_sized (wrong[i], strlen (wrong[i]), &error));
      g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SYNTAX);
      g_assert_null (strstr (error->message, "s3cret"));
    }
}

/* @depth arrays, each with so many numbers before and behind the next. */
static char *
nest (guint depth, guint n_beside)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    {
      g_string_append_c (text, '[');
      for (guint j = 0; j < n_beside; j++)
        g_string_append (text, "0,");
    }
  g_string_append (text, "0");
  for (guint i = 0; i < depth; i++)
    {
      for (guint j = 0; j < n_beside; j++)
        g_string_append (text, ",0");
      g_string_append_c (text, ']');
    }
  return g_string_free (text, FALSE);
}

/* However much stands beside what is deep: what has little in it is not looked into. */
static void
test_depth (void)
{
  for (guint n_beside = 0; n_beside <= 2 * CS_JSON_DEPTH_MAX; n_beside++)
    {
      g_autofree char *deepest = nest (CS_JSON_DEPTH_MAX, n_beside);
      g_autofree char *too_deep = nest (CS_JSON_DEPTH_MAX + 1, n_beside);
      g_autofree char *behind = g_strconcat ("[[[0],0],", deepest, "]", NULL);
      g_autoptr (CsJsonDocument) document = parse (deepest);
      g_autoptr (GError) error = NULL;

      g_assert_null (parse_sized (too_deep, strlen (too_deep), &error));
      g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT);
      g_clear_error (&error);
      g_assert_null (parse_sized (behind, strlen (behind), &error));
      g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT);
    }
}

static void
test_bounds (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (CsJsonDocument) deepest = NULL;
  g_autoptr (CsJsonDocument) siblings = NULL;
  g_autoptr (CsJsonDocument) brackets = NULL;
  g_autofree char *large = NULL;
  g_autoptr (GBytes) too_large = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < CS_JSON_DEPTH_MAX; i++)
    g_string_append (deep, "[");
  for (int i = 0; i < CS_JSON_DEPTH_MAX; i++)
    g_string_append (deep, "]");
  deepest = parse (deep->str);
  g_string_prepend_c (deep, '[');
  g_string_append_c (deep, ']');
  g_assert_null (parse_sized (deep->str, deep->len, &error));
  g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT);
  g_clear_error (&error);

  /* How many stand side by side is no depth. */
  g_string_assign (deep, "[[[]]");
  for (int i = 0; i < 2 * CS_JSON_DEPTH_MAX; i++)
    g_string_append (deep, ",[],{\"a\":[1]}");
  g_string_append (deep, "]");
  siblings = parse (deep->str);

  /* Brackets inside of text are no depth, and a quote that is escaped ends no text. */
  g_string_assign (deep, "\"\\\"");
  for (int i = 0; i < 200; i++)
    g_string_append (deep, "[{");
  g_string_append (deep, "\"");
  brackets = parse (deep->str);
  /* But one after an escaped backslash does: what follows is depth. */
  g_string_assign (deep, "[\"\\\\\",");
  for (int i = 0; i < CS_JSON_DEPTH_MAX; i++)
    g_string_append (deep, "[");
  for (int i = 0; i <= CS_JSON_DEPTH_MAX; i++)
    g_string_append (deep, "]");
  g_assert_null (parse_sized (deep->str, deep->len, &error));
  g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT);
  g_clear_error (&error);

  large = g_strnfill (CS_JSON_BYTES_MAX + 1, ' ');
  too_large = g_bytes_new_take (g_steal_pointer (&large), CS_JSON_BYTES_MAX + 1);
  g_assert_null (cs_json_document_parse (too_large, &error));
  g_assert_error (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_LIMIT);
}

/* Broken bodies of every kind: bytes changed, cut and doubled. Either read or refused with an error. */
static void
test_broken_bodies (void)
{
  static const char body[]
      = "{\"Invoices\":[{\"InvoiceID\":\"x\",\"Total\":98.00,\"Date\":\"\\/Date(1795219200000+0000)\\/\","
        "\"LineItems\":[{\"Quantity\":1.0000,\"UnitAmount\":-79.00}],\"Contact\":{\"Name\":\"Ng\xc4\x81ti\"}}"
        "]}";
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  guint n_read = 0;

  for (int i = 0; i < 20000; i++)
    {
      char broken[sizeof body];
      gsize size = sizeof body - 1;
      g_autoptr (CsJsonDocument) document = NULL;
      g_autoptr (GError) error = NULL;

      memcpy (broken, body, sizeof body);
      for (int k = g_rand_int_range (rand, 1, 4); k > 0; k--)
        broken[g_rand_int_range (rand, 0, (gint32)size)] = (char)g_rand_int_range (rand, 0, 256);
      if (g_rand_boolean (rand))
        size = (gsize)g_rand_int_range (rand, 0, (gint32)size);
      document = parse_sized (broken, size, &error);
      g_assert_true ((document == NULL) == (error != NULL));
      if (document != NULL)
        {
          const CsJsonValue *invoice
              = cs_json_get_element (cs_json_get (cs_json_document_get_root (document), "Invoices"), 0);
          CsMoney money = cs_money_zero (nzd);
          CsDate date = CS_DATE_NONE;
          g_autoptr (GError) shape = NULL;

          n_read++;
          g_assert_true (cs_json_read_money (invoice, "Total", nzd, &money, &shape) == (shape == NULL));
          g_clear_error (&shape);
          g_assert_true (cs_json_read_date (invoice, "Date", &date, &shape) == (shape == NULL));
        }
    }
  g_assert_cmpuint (n_read, >, 100);
}

/* --- large documents, whose memory the next one takes --- */

#define LARGE_MAX 40000

/* An array of @length numbers from @first on. */
static CsJsonDocument *
parse_large (guint first, guint length)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < length; i++)
    g_string_append_printf (text, "%s{\"number\":%u}", i > 0 ? "," : "", first + i);
  g_string_append_c (text, ']');
  return parse (text->str);
}

static void
assert_large (const CsJsonDocument *document, guint first, guint length)
{
  CsJsonIterator iterator;
  const CsJsonValue *element;
  guint i = 0;

  cs_json_iterator_init (&iterator, cs_json_document_get_root (document));
  while ((element = cs_json_iterator_next (&iterator)) != NULL)
    g_assert_cmpint (cs_json_get_integer (element, "number", -1), ==, first + i++);
  g_assert_cmpuint (i, ==, length);
}

/* Several are open at once, of all sizes, and end in any order, on any thread. */
static gpointer
parse_many (gpointer handed_over)
{
  CsJsonDocument *open[4] = { NULL };
  guint lengths[G_N_ELEMENTS (open)] = { 0 };
  guint firsts[G_N_ELEMENTS (open)] = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 60; round++)
    {
      guint at = (guint)g_rand_int_range (rand, 0, G_N_ELEMENTS (open));

      if (open[at] != NULL)
        assert_large (open[at], firsts[at], lengths[at]);
      cs_json_document_free (open[at]);
      firsts[at] = round * LARGE_MAX;
      lengths[at] = (guint)g_rand_int_range (rand, 1, LARGE_MAX);
      open[at] = parse_large (firsts[at], lengths[at]);
    }
  for (guint at = 0; at < G_N_ELEMENTS (open); at++)
    {
      assert_large (open[at], firsts[at], lengths[at]);
      cs_json_document_free (open[at]);
    }
  cs_json_document_free (handed_over);
  return NULL;
}

static void
test_large (void)
{
  GThread *thread = g_thread_new ("documents", parse_many, parse_large (0, LARGE_MAX));

  parse_many (NULL);
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/getters", test_getters);
  g_test_add_func ("/json/pick", test_pick);
  g_test_add_func ("/json/pick-alike", test_pick_alike);
  g_test_add_func ("/json/arrays", test_arrays);
  g_test_add_func ("/json/numbers/xero-6-4-exact", test_exact_numbers);
  g_test_add_func ("/json/numbers/wrong-ones-name-the-member", test_wrong_numbers);
  g_test_add_func ("/json/dates/xero-6-1-forms", test_dates);
  g_test_add_func ("/json/dates/wrong-ones", test_wrong_dates);
  g_test_add_func ("/json/syntax", test_syntax);
  g_test_add_func ("/json/bounds", test_bounds);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/broken-bodies", test_broken_bodies);
  g_test_add_func ("/json/large-ones-share-no-memory", test_large);
  return g_test_run ();
}
