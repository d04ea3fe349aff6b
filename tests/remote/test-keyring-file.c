/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyring in a file, which is what each Flatpak has: many writes at a time in one process, and several
 * processes on one file (the window, the agent, the command line). None fails for another's sake, none is
 * lost, and each sees at once what another wrote: a rotated token that is overwritten or overlooked is a
 * sign-in lost [U-22]. test-remote-keyring-file write WHO   stores ITEMS_MAX items called so, and says "done"
 */
#include "cs-keyring-file.h"
#include "cs-vault.h"

#include "remote-test.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>
#include <unistd.h>

/* Each write of another process costs libsecret a tenth of a second to derive its key anew. */
#define ITEMS_MAX 8u
#define WRITERS_MAX 3u
#define PRACTICE "practice-1"

static char *program;

static CsTokens *
tokens_new (const char *refresh_token)
{
  CsTokens *tokens = cs_tokens_new ();

  tokens->access_token = g_strdup ("access");
  tokens->refresh_token = g_strdup (refresh_token);
  return tokens;
}

static DexFuture *
store (CsVault *vault, const char *grant, const char *refresh_token)
{
  g_autoptr (CsTokens) tokens = tokens_new (refresh_token);

  return cs_vault_store (vault, grant, tokens);
}

static void
assert_kept (CsVault *vault, const char *grant, const char *refresh_token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsTokens) found = test_await_record (cs_vault_lookup (vault, grant), &error);

  g_assert_no_error (error);
  g_assert_nonnull (found);
  g_assert_cmpstr (found->refresh_token, ==, refresh_token);
}

static void
await_all (DexFuture **futures, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (test_await (futures[i], &error));
      g_assert_no_error (error);
    }
}

/* A sign-in is stored while the head of the audit chain is, and a closed session's last write still runs. */
static void
test_many_at_once (void)
{
  g_autoptr (CsVault) vault = cs_vault_new (PRACTICE);
  g_autoptr (CsVault) other = cs_vault_new ("practice-2");
  DexFuture *futures[ITEMS_MAX * 2];

  for (guint i = 0; i < ITEMS_MAX; i++)
    {
      g_autofree char *grant = g_strdup_printf ("grant-%u", i);

      futures[i * 2] = store (vault, grant, grant);
      futures[i * 2 + 1] = store (other, "one", grant);
    }
  await_all (futures, G_N_ELEMENTS (futures));
  for (guint i = 0; i < ITEMS_MAX; i++)
    {
      g_autofree char *grant = g_strdup_printf ("grant-%u", i);

      assert_kept (vault, grant, grant);
    }
  /* in the order in which they were asked for: the last stays */
  assert_kept (other, "one", "grant-7");
}

/* What nobody waits for any more, and whose turn hasn't come, is not written; and holds nobody up. */
static void
test_dropped (void)
{
  g_autoptr (CsVault) vault = cs_vault_new ("practice-3");
  DexFuture *first = store (vault, "first", "kept");
  DexFuture *dropped = store (vault, "dropped", "not-kept");
  DexFuture *last = store (vault, "last", "kept");
  g_autoptr (GError) error = NULL;

  dex_unref (dropped);
  g_assert_true (test_await (last, &error));
  g_assert_no_error (error);
  g_assert_true (test_await (first, &error));
  assert_kept (vault, "last", "kept");
  g_assert_null (test_await_record (cs_vault_lookup (vault, "dropped"), &error));
  g_assert_no_error (error);
}

static GSubprocess *
spawn_writer (const char *who)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "write", who, NULL);

  g_assert_no_error (error);
  return process;
}

static void
wait_for_writer (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (dex_subprocess_wait_check (process), &error));
  g_assert_no_error (error);
}

static DexFuture *
store_one (const char *who, guint i)
{
  g_autoptr (CsVault) vault = cs_vault_new (PRACTICE);
  g_autofree char *grant = g_strdup_printf ("%s-%u", who, i);

  return store (vault, grant, grant);
}

static void
assert_all_of (const char *who)
{
  g_autoptr (CsVault) vault = cs_vault_new (PRACTICE);

  for (guint i = 0; i < ITEMS_MAX; i++)
    {
      g_autofree char *grant = g_strdup_printf ("%s-%u", who, i);

      assert_kept (vault, grant, grant);
    }
}

static void
test_processes (void)
{
  static const char *const writers[WRITERS_MAX] = { "window", "agent", "command" };
  GSubprocess *processes[WRITERS_MAX] = { NULL };

  for (guint i = 1; i < WRITERS_MAX; i++)
    processes[i] = spawn_writer (writers[i]);
  for (guint i = 0; i < ITEMS_MAX; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (test_await (store_one (writers[0], i), &error));
      g_assert_no_error (error);
    }
  for (guint i = 1; i < WRITERS_MAX; i++)
    {
      wait_for_writer (processes[i]);
      g_object_unref (processes[i]);
    }
  for (guint i = 0; i < WRITERS_MAX; i++)
    assert_all_of (writers[i]);
}

/* Not a second later, as libsecret by itself. */
static void
test_seen_at_once (void)
{
  g_autoptr (CsVault) vault = cs_vault_new (PRACTICE);

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GSubprocess) process = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (test_await (store (vault, "late-0", "stale"), &error));
      assert_kept (vault, "late-0", "stale");
      process = spawn_writer ("late");
      wait_for_writer (process);
      assert_kept (vault, "late-0", "late-0");
      g_assert_true (test_await (store (vault, "mine", "mine"), &error));
      g_assert_no_error (error);
      assert_kept (vault, "late-7", "late-7");
    }
}

/* One writes at a time, and a writer that dies lets go. */
static void
test_waits (void)
{
  g_autoptr (CsVault) vault = cs_vault_new (PRACTICE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) holder = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "hold", NULL);
  char word[4] = { 0 };
  DexFuture *stored;

  g_assert_no_error (error);
  g_assert_true (
      g_input_stream_read_all (g_subprocess_get_stdout_pipe (holder), word, sizeof word, NULL, NULL, &error));
  g_assert_cmpmem (word, sizeof word, "held", 4);
  stored = store (vault, "waits", "written");
  test_settle ();
  g_assert_true (dex_future_is_pending (stored));
  /* reading waits for nobody */
  g_assert_null (test_await_record (cs_vault_lookup (vault, "waits"), &error));
  g_assert_no_error (error);
  g_subprocess_force_exit (holder);
  g_assert_true (test_await (stored, &error));
  g_assert_no_error (error);
  assert_kept (vault, "waits", "written");
}

/* A note of an older head never lands over a newer. */
static void
test_note (void)
{
  g_autoptr (CsVault) vault = cs_vault_new ("practice-4");
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  DexFuture *newer = cs_vault_replace_note (vault, "head", NULL, "2");
  DexFuture *older = cs_vault_replace_note (vault, "head", NULL, "1");

  g_assert_true (test_await_boolean (newer, &error));
  g_assert_false (test_await_boolean (older, &error));
  g_assert_no_error (error);
  g_assert_false (test_await_boolean (cs_vault_replace_note (vault, "head", "1", "0"), &error));
  g_assert_no_error (error);
  found = test_await_record (cs_vault_lookup_note (vault, "head"), &error);
  g_assert_cmpstr (found, ==, "2");
  g_assert_true (test_await_boolean (cs_vault_replace_note (vault, "head", "2", "3"), &error));
}

static void
assert_failed (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (test_await (future, &error));
  g_assert_error (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_VAULT_FAILED);
  g_assert_null (strstr (error->message, "no keyring"));
}

/* There is a keyring; that its file can't be written is another matter than that there is none. */
static void
test_not_writable (void)
{
  g_autoptr (CsVault) vault = cs_vault_new (PRACTICE);
  g_autofree char *here = g_strdup (test_vault_path ());
  g_autofree char *there = g_strconcat (here, ".away", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (test_await (store (vault, "kept", "before"), &error));
  g_assert_cmpint (g_rename (here, there), ==, 0);
  g_assert_true (g_file_set_contents (here, "", 0, NULL)); /* below a file even root can't write */
  assert_failed (store (vault, "kept", "after"));
  g_unlink (here);
  g_assert_cmpint (g_rename (there, here), ==, 0);
  assert_kept (vault, "kept", "before");
  g_assert_true (test_await (store (vault, "kept", "after"), &error));
  g_assert_no_error (error);
  assert_kept (vault, "kept", "after");
}

static int
write_all (const char *who)
{
  dex_init ();
  for (guint i = 0; i < ITEMS_MAX; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!test_await (store_one (who, i), &error))
        g_error ("%s: %s", who, error->message);
    }
  return 0;
}

static DexFuture *
hold_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (CsKeyringLock) lock = cs_keyring_file_lock (&error);
  char byte = '\0';

  if (lock == NULL)
    return cs_future_new_take_error (error);
  if (write (STDOUT_FILENO, "held", 4) != 4 || read (STDIN_FILENO, &byte, 1) != 0)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "spoken to");
  return dex_future_new_for_boolean (TRUE);
}

static int
hold (void)
{
  dex_init ();
  return test_await (cs_spawn (hold_fiber, NULL, NULL), NULL) ? 0 : 1;
}

static void
add_tests (void)
{
  g_test_add_func ("/keyring-file/many-at-once", test_many_at_once);
  g_test_add_func ("/keyring-file/dropped", test_dropped);
  g_test_add_func ("/keyring-file/processes", test_processes);
  g_test_add_func ("/keyring-file/seen-at-once", test_seen_at_once);
  g_test_add_func ("/keyring-file/waits", test_waits);
  g_test_add_func ("/keyring-file/note", test_note);
  g_test_add_func ("/keyring-file/not-writable", test_not_writable);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "write"))
    return write_all (argv[2]);
  if (argc == 2 && g_str_equal (argv[1], "hold"))
    return hold ();
  return test_run (argc, argv, add_tests);
}
