/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-session.h"

#include "test-folder.h"
#include "test-wait.h"

static gint64
get_now_ms (const CsClock *clock)
{
  return TEST_SESSION_NOW_MS;
}

static CsClock clock_of_test = { get_now_ms, NULL };

void
test_session_reopen (TestSession *self)
{
  CsSessionOptions *options = g_new0 (CsSessionOptions, 1);
  g_autoptr (GError) error = NULL;

  options->clock = &clock_of_test;
  options->build_client_id = g_strdup ("");
  self->session = test_await_object (cs_session_open (self->practice, options), &error);
  g_assert_no_error (error);
}

void
test_session_set_up (TestSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRegistry) registry = NULL;

  self->folder = test_folder_new ();
  registry = cs_registry_open (self->folder, &clock_of_test, &error);
  g_assert_no_error (error);
  self->practice = cs_registry_add (registry, "Test practice", FALSE, &error);
  g_assert_no_error (error);
  test_session_reopen (self);
}

void
test_session_close (TestSession *self)
{
  g_autoptr (GError) error = NULL;

  test_await (cs_session_close (self->session), &error);
  g_assert_no_error (error);
  g_clear_object (&self->session);
}

void
test_session_tear_down (TestSession *self)
{
  test_session_close (self);
  test_folder_remove (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->practice, cs_practice_entry_free);
}
