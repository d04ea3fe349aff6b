/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* fuzz-driver TARGET [SEED]   the corpus of a target as it is kept, then changed at random, a seed each; the
 * seed of a failure is printed, and repeats it alone. COUNTERSIGN_NIGHTLY=1 takes a hundred times as many. */
#define ROUNDS 4000
#define NIGHTLY_FACTOR 100
#define BYTES_MAX (1 << 16)
#define CHANGES_MAX 4

static GPtrArray *corpus; /* of GBytes */
static guint current_seed;

/* What the grammars of all parsers here are made of. */
static const char *const pieces[] = {
  "<",
  ">",
  "</",
  "/>",
  "&",
  ";",
  "&amp;",
  "&#0;",
  "&#x1F600;",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?",
  "?>",
  "\"",
  "'",
  "=",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "null",
  "true",
  "-",
  "0",
  "1e9",
  "0.005",
  "99999999999999999999",
  "\\u0000",
  "\\ud800",
  "\\",
  "\xff",
  "\xc3",
  "\x01",
  "\t",
  "\n",
  "\r",
  " ",
  "+",
  "/",
  "\xef\xbb\xbf",
  "\xff\xfe",
  "/Date(",
  ")/",
  "2026-02-29",
  "T24:00:00",
  "<Client>",
  "</Client>",
};

static void
say_seed (int number)
{
  char text[] = "\n# The seed is 0000000000\n";
  guint rest = current_seed;

  for (gsize at = strlen (text) - 2; rest > 0; rest /= 10)
    text[at--] = (char)('0' + rest % 10);
  if (write (STDERR_FILENO, text, strlen (text)) < 0)
    _exit (1);
  signal (number, SIG_DFL);
  raise (number);
}

static void
load_corpus (const char *target)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", target, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort_values (names, (GCompareFunc)strcmp);
  corpus = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  for (guint i = 0; i < names->len; i++)
    {
      char *bytes;
      gsize size;

      g_assert_true (g_file_get_contents (names->pdata[i], &bytes, &size, NULL));
      g_ptr_array_add (corpus, g_bytes_new_take (bytes, size));
    }
  g_assert_cmpuint (corpus->len, >, 0);
}

static guint
below (GRand *random, gsize bound)
{
  return (guint)g_rand_int_range (random, 0, (gint32)MAX (bound, 1));
}

static void
change_once (GRand *random, GString *text)
{
  gsize other_size, at = below (random, text->len + 1);
  const char *other = g_bytes_get_data (corpus->pdata[below (random, corpus->len)], &other_size);
  const char *piece = pieces[below (random, G_N_ELEMENTS (pieces))];
  gsize from = below (random, other_size);

  switch (below (random, 6))
    {
    case 0:
      g_string_insert (text, (gssize)at, piece);
      break;
    case 1:
      g_string_erase (text, (gssize)at, (gssize)below (random, MIN (40, text->len - at + 1)));
      break;
    case 2:
      if (text->len > 0)
        text->str[at % text->len] = (char)below (random, 256);
      break;
    case 3:
      if (other_size > 0)
        g_string_insert_len (text, (gssize)at, other + from,
                             (gssize)below (random, MIN (200, other_size - from + 1)));
      break;
    case 4:
      g_string_truncate (text, at);
      break;
    default:
      for (guint n = below (random, 80); n > 0; n--)
        g_string_insert (text, (gssize)at, piece);
    }
}

static void
try_seed (guint seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  gsize size;
  const char *original = g_bytes_get_data (corpus->pdata[seed % corpus->len], &size);
  g_autoptr (GString) text = g_string_new_len (original, (gssize)size);
  g_autofree guint8 *exact = NULL;

  current_seed = seed;
  for (guint changes = 1 + below (random, CHANGES_MAX); changes > 0; changes--)
    change_once (random, text);
  /* In memory of just this size: one byte too far is seen. */
  size = MIN (text->len, BYTES_MAX);
  exact = g_malloc (MAX (size, 1));
  memcpy (exact, text->str, size);
  LLVMFuzzerTestOneInput (exact, size);
}

static void
test_corpus (void)
{
  for (guint i = 0; i < corpus->len; i++)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (corpus->pdata[i], &size);

      LLVMFuzzerTestOneInput (bytes, size);
    }
}

static void
test_changed (void)
{
  guint n = ROUNDS * (g_strcmp0 (g_getenv ("COUNTERSIGN_NIGHTLY"), "1") == 0 ? NIGHTLY_FACTOR : 1);

  /* The sanitizers abort, too. */
  signal (SIGABRT, say_seed);
  for (guint seed = 0; seed < n; seed++)
    try_seed (seed);
}

int
main (int argc, char **argv)
{
  g_autofree char *corpus_path = NULL;
  g_autofree char *changed_path = NULL;
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, >=, 2);
  load_corpus (argv[1]);
  if (argc > 2)
    try_seed ((guint)g_ascii_strtoull (argv[2], NULL, 10));
  else
    {
      corpus_path = g_strdup_printf ("/fuzz/%s/corpus", argv[1]);
      changed_path = g_strdup_printf ("/fuzz/%s/changed", argv[1]);
      g_test_add_func (corpus_path, test_corpus);
      g_test_add_func (changed_path, test_changed);
      result = g_test_run ();
    }
  g_ptr_array_unref (corpus);
  return result;
}
