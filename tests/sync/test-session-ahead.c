/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-session-ahead.h"
#include "cs-store.h"
#include "test-session.h"
#include "test-wait.h"

/* A practice whose files a thread opens while nobody waits for them yet. */

static gint64
get_now_ms (const CsClock *clock)
{
  return TEST_SESSION_NOW_MS;
}

static CsClock clock_of_test = { get_now_ms, NULL };

static DexFuture *
open_with (TestSession *practice, CsSessionAhead *ahead)
{
  CsSessionOptions *options = g_new0 (CsSessionOptions, 1);

  options->clock = &clock_of_test;
  options->build_client_id = g_strdup ("");
  options->ahead = cs_session_ahead_ref (ahead);
  return cs_session_open (practice->practice, options);
}

static CsSessionAhead *
begin (TestSession *practice)
{
  CsSessionAhead *ahead = cs_session_ahead_new (&clock_of_test);

  cs_session_ahead_begin (ahead, practice->practice);
  return ahead;
}

/* It holds the lock, so that a session which opened the files by itself would be refused. */
static void
test_session_takes_what_is_open (void)
{
  TestSession practice = { 0 };
  g_autoptr (CsSessionAhead) ahead = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStore) left = NULL;

  test_session_set_up (&practice);
  test_session_close (&practice);
  ahead = begin (&practice);
  practice.session = test_await_object (open_with (&practice, ahead), &error);
  g_assert_no_error (error);
  left = cs_session_ahead_take_reader (ahead, practice.practice->folder);
  test_session_tear_down (&practice);
}

static void
test_what_nobody_takes_is_let_go (void)
{
  TestSession practice = { 0 };

  test_session_set_up (&practice);
  test_session_close (&practice);
  cs_session_ahead_unref (begin (&practice));
  test_session_reopen (&practice);
  test_session_tear_down (&practice);
}

static void
test_other_practice_is_not_given (void)
{
  TestSession practice = { 0 };
  g_autoptr (CsSessionAhead) ahead = NULL;
  CsPracticeLock *lock = NULL;
  gboolean was_restored = FALSE;

  test_session_set_up (&practice);
  test_session_close (&practice);
  ahead = begin (&practice);
  g_assert_null (cs_session_ahead_take_writer (ahead, practice.folder, &lock, &was_restored));
  g_assert_null (cs_session_ahead_take_reader (ahead, practice.folder));
  g_assert_null (lock);
  g_clear_pointer (&ahead, cs_session_ahead_unref);
  test_session_reopen (&practice);
  test_session_tear_down (&practice);
}

static void
test_practice_in_use_is_told_of (void)
{
  TestSession practice = { 0 };
  g_autoptr (CsSessionAhead) ahead = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSession) second = NULL;

  test_session_set_up (&practice);
  ahead = begin (&practice);
  second = test_await_object (open_with (&practice, ahead), &error);
  g_assert_error (error, CS_STORE_ERROR, CS_STORE_ERROR_LOCKED);
  g_assert_null (second);
  test_session_tear_down (&practice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/session-ahead/a-session-takes-what-is-open", test_session_takes_what_is_open);
  g_test_add_func ("/session-ahead/what-nobody-takes-is-let-go", test_what_nobody_takes_is_let_go);
  g_test_add_func ("/session-ahead/another-practice-is-not-given-it", test_other_practice_is_not_given);
  g_test_add_func ("/session-ahead/a-practice-in-use-is-told-of", test_practice_in_use_is_told_of);
  return g_test_run ();
}
