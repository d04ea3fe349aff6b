/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <string.h>

/* Whether RULES.md and the README say what is there: test-sandbox-rules FOLDER TEST-PROGRAM… */

static char *folder;
static GPtrArray *programs;

static char *
read_document (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* What each program says that it tests. */
static GHashTable *
list_tests (void)
{
  GHashTable *tests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < programs->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process
          = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, programs->pdata[i], "-l", NULL);
      g_autofree char *output = NULL;
      g_auto (GStrv) lines = NULL;

      g_assert_no_error (error);
      g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL));
      lines = g_strsplit (output, "\n", -1);
      for (guint j = 0; lines[j] != NULL; j++)
        if (g_str_has_prefix (g_strchug (lines[j]), "# /sandbox/")) /* TAP, indented in a test of a test */
          g_hash_table_add (tests, g_strdup (lines[j] + 2));
    }
  return tests;
}

/* The tests that the table names, each once. */
static GHashTable *
list_rules (void)
{
  g_autofree char *text = read_document ("RULES.md");
  GHashTable *rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *at = text; (at = strstr (at, "`/sandbox/")) != NULL; at++)
    {
      char *name = g_strndup (at + 1, strcspn (at + 1, "`"));

      if (g_hash_table_contains (rules, name))
        g_error ("%s is named twice", name);
      g_hash_table_add (rules, name);
    }
  return rules;
}

static void
assert_contains_all (GHashTable *all, GHashTable *some, const char *what)
{
  GHashTableIter iter;
  gpointer name;
  guint missing = 0;

  g_hash_table_iter_init (&iter, some);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (all, name))
      {
        g_test_message ("%s: %s", what, (const char *)name);
        missing++;
      }
  g_assert_cmpuint (missing, ==, 0);
}

static void
test_rules (void)
{
  g_autoptr (GHashTable) tests = list_tests ();
  g_autoptr (GHashTable) rules = list_rules ();

  g_assert_cmpuint (g_hash_table_size (tests), >, 100);
  assert_contains_all (tests, rules, "RULES.md names a test that is not there");
  assert_contains_all (rules, tests, "RULES.md does not name");
}

/* | `name` | on | 16.1 | meaning | */
static void
test_assumptions (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autoptr (Answer) answer = sandbox_control (sandbox, "assumptions", NULL);
  g_autofree char *readme = read_document ("README.md");
  g_autoptr (GHashTable) tests = list_tests ();

  for (gsize i = 0; i < answer_size (answer, "/assumptions"); i++)
    {
      g_autofree char *name = g_strdup_printf ("/assumptions/%" G_GSIZE_FORMAT "/name", i);
      g_autofree char *state = g_strdup_printf ("/assumptions/%" G_GSIZE_FORMAT "/default", i);
      g_autofree char *section = g_strdup_printf ("/assumptions/%" G_GSIZE_FORMAT "/section", i);
      g_autofree char *meaning = g_strdup_printf ("/assumptions/%" G_GSIZE_FORMAT "/meaning", i);
      g_autofree char *row
          = g_strdup_printf ("| `%s` | %s | %s | %s |\n", answer_text (answer, name),
                             strcmp (answer_text (answer, state), "true") == 0 ? "on" : "off",
                             answer_text (answer, section), answer_text (answer, meaning));
      g_autofree char *test = g_strconcat ("/sandbox/assume/", answer_text (answer, name), NULL);

      if (strstr (readme, row) == NULL || !g_hash_table_contains (tests, test))
        g_test_message ("%s", row);
      g_assert_nonnull (strstr (readme, row));
      g_assert_true (g_hash_table_contains (tests, test));
    }
}

/* Each kind that may be ordered, each option and each control call. */
static void
test_lists (void)
{
  g_autoptr (Sandbox) sandbox = sandbox_start ("empty");
  g_autoptr (Answer) refused
      = sandbox_send (sandbox, "POST", "/sandbox/faults", "application/json", "{\"kind\":\"none\"}", NULL);
  g_autofree char *readme = read_document ("README.md");
  const char *kinds = strchr (answer_text (refused, "/error"), ':');
  g_auto (GStrv) list = g_strsplit (kinds + 2, ", ", -1);

  g_assert_cmpuint (g_strv_length (list), >, 15);
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *quoted = g_strdup_printf ("`%s`", list[i]);

      if (strstr (readme, quoted) == NULL)
        g_test_message ("the README does not name the fault %s", list[i]);
      g_assert_nonnull (strstr (readme, quoted));
    }
}

static void
test_options (void)
{
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL,
                                                      g_getenv ("COUNTERSIGN_SANDBOX"), "--help", NULL);
  g_autofree char *help = NULL;
  g_autofree char *readme = read_document ("README.md");
  guint options = 0;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &help, NULL, NULL));
  for (const char *at = help; (at = strstr (at, " --")) != NULL; at++)
    {
      g_autofree char *name = g_strndup (at + 1, strcspn (at + 1, "= \n"));

      if (strcmp (name, "--help") == 0)
        continue;
      if (strstr (readme, name) == NULL)
        g_test_message ("the README does not name %s", name);
      g_assert_nonnull (strstr (readme, name));
      options++;
    }
  g_assert_cmpuint (options, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, >, 2);
  folder = argv[1];
  programs = g_ptr_array_new ();
  for (int i = 2; i < argc; i++)
    g_ptr_array_add (programs, argv[i]);
  g_test_add_func ("/rules/tests-and-table-agree", test_rules);
  g_test_add_func ("/rules/readme-lists-assumptions", test_assumptions);
  g_test_add_func ("/rules/readme-lists-faults", test_lists);
  g_test_add_func ("/rules/readme-lists-options", test_options);
  return g_test_run ();
}
