/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's sandbox: stopped and dropped while it is on its way, started when it is up, ending by itself. */
#include "cs-demo.h"
#include "test-folder.h"
#include "test-wait.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define TURNS 20
#define STACK_BYTES (8 * 1024 * 1024)
#define ADDRESS "http://localhost:4711"
/* What stands in for the sandbox. */
#define IS_UP "echo " ADDRESS "; exec sleep 300"
#define IS_SLOW "exec sleep 300"
#define IS_UP_WHEN_TOLD "while [ ! -e \"$0.go\" ]; do sleep 0.02; done; rm \"$0.go\"; " IS_UP
#define ENDS "exit 1"
#define MUMBLES "echo somewhere; exec sleep 300"

typedef struct
{
  char *folder;
  char *program;
  CsDemo *demo;
  GPtrArray *started;   /* of GSubprocess: all that there were */
  char *arguments;      /* (nullable): the last one's */
  const void *frame;    /* on the stack of main() */
  char *trouble;        /* (nullable): what was told last */
  gboolean is_off_main; /* it was told on another stack */
} Fixture;

static Fixture *fixture_now;

GSubprocess *__real_g_subprocess_newv (const char *const *argv, GSubprocessFlags flags, GError **error);
GSubprocess *__wrap_g_subprocess_newv (const char *const *argv, GSubprocessFlags flags, GError **error);

GSubprocess *
__wrap_g_subprocess_newv (const char *const *argv, GSubprocessFlags flags, GError **error)
{
  GSubprocess *process = __real_g_subprocess_newv (argv, flags, error);

  g_clear_pointer (&fixture_now->arguments, g_free);
  fixture_now->arguments = g_strjoinv (" ", (char **)argv);
  if (process != NULL)
    g_ptr_array_add (fixture_now->started, g_object_ref (process));
  return process;
}

/* What is started from now on. */
static void
stand_in (Fixture *fixture, const char *script)
{
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", script);
  g_autofree char *made = g_strconcat (fixture->program, ".new", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (made, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (made, fixture->program), ==, 0);
}

static char *
port_path (Fixture *fixture)
{
  return g_build_filename (fixture->folder, "sandbox.port", NULL);
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* As if it had been started before. */
static void
remember_port (Fixture *fixture)
{
  g_autofree char *path = port_path (fixture);

  write_file (path, "4711\n");
}

static void
trouble_cb (CsDemo *demo, const char *why, Fixture *fixture)
{
  const char *frame = __builtin_frame_address (0);

  g_set_str (&fixture->trouble, why);
  fixture->is_off_main = ABS (frame - (const char *)fixture->frame) > STACK_BYTES;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture_now = fixture;
  fixture->frame = __builtin_frame_address (0);
  fixture->folder = test_folder_new ();
  fixture->program = g_build_filename (fixture->folder, "sandbox", NULL);
  fixture->started = g_ptr_array_new_with_free_func (g_object_unref);
  g_setenv ("COUNTERSIGN_SANDBOX", fixture->program, TRUE);
  fixture->demo = cs_demo_new (fixture->folder, NULL);
  g_signal_connect (fixture->demo, "trouble", G_CALLBACK (trouble_cb), fixture);
}

static void
wait_for (TestCondition is_there, gpointer data)
{
  g_assert_true (test_wait_until (is_there, data));
}

static gboolean
is_gone (gpointer pointer)
{
  return *(gpointer *)pointer == NULL;
}

static gboolean
is_started (gpointer fixture)
{
  return ((Fixture *)fixture)->started->len > 0;
}

static gboolean
is_started_again (gpointer fixture)
{
  return ((Fixture *)fixture)->started->len > 1;
}

static gboolean
is_started_thrice (gpointer fixture)
{
  return ((Fixture *)fixture)->started->len > 2;
}

/* What IS_UP_WHEN_TOLD stands for goes on. */
static char *
sign_path (Fixture *fixture)
{
  return g_strconcat (fixture->program, ".go", NULL);
}

static void
tell (Fixture *fixture)
{
  g_autofree char *sign = sign_path (fixture);

  write_file (sign, "");
}

static gboolean
is_heard (gpointer fixture)
{
  g_autofree char *sign = sign_path (fixture);

  return !g_file_test (sign, G_FILE_TEST_EXISTS);
}

/* So that whoever has a turn gets it. */
static void
pass_time (void)
{
  for (guint i = 0; i < TURNS; i++)
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
is_in_trouble (gpointer fixture)
{
  return ((Fixture *)fixture)->trouble != NULL;
}

/* It ends by itself, not because the test does something about it. */
static void
wait_for_end (Fixture *fixture, guint which)
{
  g_autoptr (DexFuture) ended = dex_subprocess_wait_check (fixture->started->pdata[which]);

  wait_for (test_is_settled, ended);
}

static void
wait_for_address (DexFuture *starting)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;

  wait_for (test_is_settled, starting);
  value = dex_future_get_value (starting, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_value_get_string (value), ==, ADDRESS);
}

/* (transfer full): why there is no address */
static GError *
wait_for_failure (DexFuture *starting)
{
  GError *error = NULL;

  wait_for (test_is_settled, starting);
  g_assert_null (dex_future_get_value (starting, &error));
  return error;
}

static void
start (Fixture *fixture)
{
  g_autoptr (DexFuture) starting = cs_demo_start (fixture->demo);

  wait_for_address (starting);
}

/* (transfer full): it is on its way, as the first of them */
static DexFuture *
begin (Fixture *fixture, const char *script)
{
  DexFuture *starting;

  stand_in (fixture, script);
  starting = cs_demo_start (fixture->demo);
  wait_for (is_started, fixture);
  return starting;
}

/* It was up, and isn't any more: @next is what is started in its place. */
static void
end_by_itself (Fixture *fixture, const char *next)
{
  stand_in (fixture, IS_UP);
  start (fixture);
  stand_in (fixture, next);
  g_subprocess_force_exit (fixture->started->pdata[0]);
}

/* Nothing that was started holds the demo, nor its lock, any longer. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) stopping = cs_demo_stop (fixture->demo);
  g_autofree char *port = port_path (fixture);
  CsDemo *last = fixture->demo;

  wait_for (test_is_settled, stopping);
  g_object_add_weak_pointer (G_OBJECT (last), (gpointer *)&last);
  g_object_unref (fixture->demo);
  wait_for (is_gone, &last);
  g_ptr_array_unref (fixture->started);
  g_unlink (fixture->program);
  g_unlink (port);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->program);
  g_free (fixture->arguments);
  g_free (fixture->trouble);
}

/* Stopped while it is on its way, it neither stays nor is tried at another port. */
static void
test_stopped_meanwhile (Fixture *fixture, gconstpointer script)
{
  g_autoptr (DexFuture) starting = NULL;
  g_autoptr (DexFuture) stopping = NULL;
  g_autoptr (GError) error = NULL;

  remember_port (fixture);
  starting = begin (fixture, script);
  stopping = cs_demo_stop (fixture->demo);
  error = wait_for_failure (starting);
  wait_for (test_is_settled, stopping);
  g_assert_true (cs_error_is_cancelled (error));
  g_assert_cmpuint (fixture->started->len, ==, 1);
  wait_for_end (fixture, 0);
  g_assert_null (fixture->trouble);
}

/* Nor is it started at all when it is stopped before its first turn. */
static void
test_stopped_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) starting = NULL;
  g_autoptr (GError) error = NULL;

  stand_in (fixture, IS_UP);
  starting = cs_demo_start (fixture->demo);
  dex_future_disown (cs_demo_stop (fixture->demo));
  error = wait_for_failure (starting);
  g_assert_true (cs_error_is_cancelled (error));
  g_assert_cmpuint (fixture->started->len, ==, 0);
}

/* When nobody waits for it any more, it ends, and isn't tried at another port. */
static void
test_dropped_meanwhile (Fixture *fixture, gconstpointer data)
{
  DexFuture *starting;

  remember_port (fixture);
  starting = begin (fixture, IS_SLOW);
  dex_clear (&starting);
  wait_for_end (fixture, 0);
  g_assert_cmpuint (fixture->started->len, ==, 1);
  stand_in (fixture, IS_UP);
  start (fixture);
  g_assert_cmpuint (fixture->started->len, ==, 2);
}

/* Those who ask for it wait for one and the same, and going away is no matter of the others. */
static void
test_asked_twice (Fixture *fixture, gconstpointer data)
{
  DexFuture *first = begin (fixture, IS_UP_WHEN_TOLD);
  g_autoptr (DexFuture) second = NULL;

  second = cs_demo_start (fixture->demo);
  pass_time ();
  dex_clear (&first);
  pass_time ();
  tell (fixture);
  wait_for_address (second);
  g_assert_cmpuint (fixture->started->len, ==, 1);
}

/* Who comes right after the last one went away has one of its own. */
static void
test_asked_again_at_once (Fixture *fixture, gconstpointer data)
{
  DexFuture *first = begin (fixture, IS_SLOW);
  g_autoptr (DexFuture) second = NULL;

  dex_clear (&first);
  stand_in (fixture, IS_UP);
  second = cs_demo_start (fixture->demo);
  wait_for_address (second);
  wait_for_end (fixture, 0);
}

/* What was asked for before it was stopped does not come with what is asked for afterwards. */
static void
test_stopped_between (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) first = NULL;
  g_autoptr (DexFuture) second = NULL;
  g_autoptr (GError) error = NULL;

  stand_in (fixture, IS_UP);
  first = cs_demo_start (fixture->demo);
  dex_future_disown (cs_demo_stop (fixture->demo));
  second = cs_demo_start (fixture->demo);
  error = wait_for_failure (first);
  g_assert_true (cs_error_is_cancelled (error));
  wait_for_address (second);
  g_assert_cmpuint (fixture->started->len, ==, 1);
}

/* Two of them would each forget what the other wrote. */
static void
test_started_when_up (Fixture *fixture, gconstpointer data)
{
  stand_in (fixture, IS_UP);
  start (fixture);
  start (fixture);
  g_assert_cmpuint (fixture->started->len, ==, 1);
}

/* The port that it had may be another program's by now. */
static void
test_port_is_taken (Fixture *fixture, gconstpointer data)
{
  stand_in (fixture, "case \"$*\" in *'--port 4711') exit 1 ;; esac; " IS_UP);
  remember_port (fixture);
  start (fixture);
  g_assert_cmpuint (fixture->started->len, ==, 2);
  g_assert_true (g_str_has_suffix (fixture->arguments, "--port 0"));
}

/* One that doesn't say where it is doesn't stay. */
static void
test_mumbles (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) starting = NULL;
  g_autoptr (GError) error = NULL;

  stand_in (fixture, MUMBLES);
  starting = cs_demo_start (fixture->demo);
  error = wait_for_failure (starting);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  wait_for_end (fixture, 0);
}

/* It comes again by itself where it was, and who starts it meanwhile gets that one. */
static void
test_comes_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DexFuture) starting = NULL;

  end_by_itself (fixture, IS_UP);
  wait_for (is_started_again, fixture);
  g_assert_true (g_str_has_suffix (fixture->arguments, "--port 4711"));
  starting = cs_demo_start (fixture->demo);
  wait_for_address (starting);
  g_assert_cmpuint (fixture->started->len, ==, 2);
  g_assert_null (fixture->trouble);
}

/* The practice needs it again, whether or not somebody waited for that and went away. */
static void
test_comes_again_for_nobody (Fixture *fixture, gconstpointer data)
{
  DexFuture *starting;

  end_by_itself (fixture, IS_UP_WHEN_TOLD);
  wait_for (is_started_again, fixture);
  starting = cs_demo_start (fixture->demo);
  pass_time ();
  dex_clear (&starting);
  pass_time ();
  tell (fixture);
  wait_for (is_heard, fixture);
  start (fixture);
  g_assert_cmpuint (fixture->started->len, ==, 2);
  g_assert_null (fixture->trouble);
}

/* That it doesn't is told where there is a stack to show it with; then it can be tried again. */
static void
test_does_not_come_again (Fixture *fixture, gconstpointer data)
{
  end_by_itself (fixture, ENDS);
  wait_for (is_in_trouble, fixture);
  g_assert_cmpuint (fixture->started->len, ==, 2);
  g_assert_false (fixture->is_off_main);
  g_assert_true (cs_demo_is_gone (fixture->demo));
  stand_in (fixture, IS_UP);
  start (fixture);
  g_assert_cmpuint (fixture->started->len, ==, 3);
  g_assert_false (cs_demo_is_gone (fixture->demo));
}

/* It stays gone until it is up: a try that was broken off can be made again. */
static void
test_try_is_broken_off (Fixture *fixture, gconstpointer data)
{
  DexFuture *starting;

  end_by_itself (fixture, ENDS);
  wait_for (is_in_trouble, fixture);
  stand_in (fixture, IS_SLOW);
  starting = cs_demo_start (fixture->demo);
  wait_for (is_started_thrice, fixture);
  dex_clear (&starting);
  wait_for_end (fixture, 2);
  g_assert_true (cs_demo_is_gone (fixture->demo));
}

#define ADD(name, data, test) g_test_add ("/app/demo/" name, Fixture, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("stopped-as-it-comes-up", IS_UP, test_stopped_meanwhile);
  ADD ("stopped-before-it-is-up", IS_SLOW, test_stopped_meanwhile);
  ADD ("stopped-at-once", NULL, test_stopped_at_once);
  ADD ("dropped-meanwhile", NULL, test_dropped_meanwhile);
  ADD ("asked-twice", NULL, test_asked_twice);
  ADD ("asked-again-at-once", NULL, test_asked_again_at_once);
  ADD ("stopped-between", NULL, test_stopped_between);
  ADD ("started-when-up", NULL, test_started_when_up);
  ADD ("port-is-taken", NULL, test_port_is_taken);
  ADD ("does-not-say-where-it-is", NULL, test_mumbles);
  ADD ("comes-again", NULL, test_comes_again);
  ADD ("comes-again-for-nobody", NULL, test_comes_again_for_nobody);
  ADD ("does-not-come-again", NULL, test_does_not_come_again);
  ADD ("try-is-broken-off", NULL, test_try_is_broken_off);
  return g_test_run ();
}
