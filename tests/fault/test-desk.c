/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One process sends (design.md section 2): the command line, the background process and a window's session
 * around one practice, each a process of its own, on a session bus of the test's own. */
#include "fault-practice.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "cs-desk-bus.h"
#include "cs-practice-lock.h"
#include "cs-registry.h"

/* --- the programs --- */

typedef struct
{
  GSubprocess *process;
  char *output; /* once it has ended: what it said on standard output and error */
  int code;
} Program;

static Program *
start (FaultPractice *practice, const char *program, const char *const *arguments)
{
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;
  g_autoptr (GError) error = NULL;
  Program *self = g_new0 (Program, 1);

  g_strv_builder_add (argv, g_getenv (program));
  g_strv_builder_addv (argv, (const char **)arguments);
  g_strv_builder_add_many (argv, "--data-folder", practice->sandbox->folder, "--sandbox",
                           practice->sandbox->address, NULL);
  strv = g_strv_builder_end (argv);
  self->process = g_subprocess_newv (
      (const char *const *)strv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  g_assert_no_error (error);
  return self;
}

static void
on_ended (GObject *object, GAsyncResult *result, gpointer data)
{
  Program *self = data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, &self->output, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
has_output (gpointer data)
{
  return ((Program *)data)->output != NULL;
}

/* While the loop of this process runs on, as it is the holder. */
static void
finish (Program *self)
{
  g_subprocess_communicate_utf8_async (self->process, NULL, NULL, on_ended, self);
  g_assert_true (test_wait_until (has_output, self));
  g_assert_true (g_subprocess_get_if_exited (self->process));
  self->code = g_subprocess_get_exit_status (self->process);
  g_test_message ("%d: %s", self->code, self->output);
}

static void
program_free (Program *self)
{
  g_object_unref (self->process);
  g_free (self->output);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Program, program_free)

#define ARGUMENTS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static Program *
run (FaultPractice *practice, const char *program, const char *const *arguments)
{
  Program *self = start (practice, program, arguments);

  finish (self);
  return self;
}

#define COMMAND "COUNTERSIGN_PROGRAM"
#define AGENT "COUNTERSIGN_AGENT"

static char *
get_lock_text (FaultPractice *practice)
{
  g_autofree char *folder = g_path_get_dirname (practice->database);
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

/* --- the practice --- */

static CsUuid
find_practice (FaultPractice *practice)
{
  g_autoptr (CsRegistry) registry = cs_registry_open (practice->sandbox->folder, &practice->clock, NULL);
  g_autoptr (GPtrArray) entries = cs_registry_list (registry, NULL);

  return ((CsPracticeEntry *)g_ptr_array_index (entries, 0))->id;
}

/* The holder's name comes a moment after its lock. */
static gboolean
is_answered (gpointer data)
{
  g_autoptr (GError) error = NULL;

  return test_await (cs_desk_bus_ask_status (data), &error);
}

static guint
count_of (const char *text, const char *part)
{
  guint n = 0;

  for (const char *p = strstr (text, part); p != NULL; p = strstr (p + 1, part))
    n++;
  return n;
}

/* --- the tests --- */

static void
test_agent_does_its_run (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  g_autoptr (Program) agent = NULL;
  g_autoptr (Program) verify = NULL;
  g_autoptr (Program) bundle = NULL;

  fault_practice_accept (practice, 0);
  agent = run (practice, AGENT, ARGUMENTS ("--once"));
  g_assert_cmpint (agent->code, ==, 0);
  g_assert_cmpuint (count_of (agent->output, "outcome 0"), ==, 1); /* one run, and no second */
  fault_practice_check_all (practice);
  verify = run (practice, COMMAND, ARGUMENTS ("verify"));
  g_assert_cmpint (verify->code, ==, 0);
  g_assert_cmpuint (count_of (verify->output, "Kauri & Co:"), ==, 1); /* there is one practice */
  bundle = run (practice, COMMAND, ARGUMENTS ("support-bundle"));
  g_assert_cmpint (bundle->code, ==, 0);
  g_assert_cmpuint (count_of (bundle->output, "\"journal_counts\""), ==, 1);
}

static void
test_command_asks_the_holder (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  CsUuid id = find_practice (practice);
  CsSession *window = NULL;
  g_autoptr (CsDeskBus) bus = NULL;
  g_autoptr (Program) sync = NULL;
  g_autoptr (Program) status = NULL;
  g_autoptr (Program) after = NULL;

  fault_practice_accept (practice, 0);
  window = sandbox_fixture_open (practice->sandbox);
  bus = cs_desk_bus_export (window, "window", NULL, NULL);
  g_assert_true (test_wait_until (is_answered, &id));
  sync = run (practice, COMMAND, ARGUMENTS ("sync", "--json"));
  g_assert_cmpint (sync->code, ==, 0);
  g_assert_nonnull (strstr (sync->output, "\"mode\":\"sync\",\"outcome\":0"));
  g_assert_nonnull (strstr (sync->output, "\"done\":2"));
  status = run (practice, COMMAND, ARGUMENTS ("status", "--json"));
  g_assert_cmpint (status->code, ==, 0);
  g_assert_nonnull (strstr (status->output, "\"held_by\":{\"program\":\"window\""));
  g_assert_cmpuint (count_of (status->output, "\"held_by\""), ==, 1); /* there is one practice */
  g_clear_pointer (&bus, cs_desk_bus_free);
  sandbox_fixture_close (window);

  after = run (practice, COMMAND, ARGUMENTS ("status", "--json"));
  g_assert_cmpint (after->code, ==, 0);
  g_assert_nonnull (strstr (after->output, "\"held_by\":null"));
  g_assert_nonnull (strstr (after->output, "\"connection\":\"connected\""));
  fault_practice_check_all (practice);
}

static void
test_silent_holder_is_left_alone (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  CsSession *window = sandbox_fixture_open (practice->sandbox);
  gint64 writes = sandbox_fixture_count (practice->sandbox, "writes");
  g_autoptr (Program) sync = run (practice, COMMAND, ARGUMENTS ("sync"));

  g_assert_cmpint (sync->code, ==, 4);
  g_assert_cmpint (sandbox_fixture_count (practice->sandbox, "writes"), ==, writes);
  sandbox_fixture_close (window);
}

static gboolean
agent_has_lock (gpointer data)
{
  gpointer *both = data;
  Program *agent = both[1];
  g_autofree char *text = get_lock_text (both[0]);
  const char *pid = strstr (text, "pid ");

  return pid != NULL && g_subprocess_get_identifier (agent->process) != NULL
         && g_ascii_strtoull (pid + strlen ("pid "), NULL, 10)
                == g_ascii_strtoull (g_subprocess_get_identifier (agent->process), NULL, 10);
}

/* No GTK in the background process: what it has loaded says so. */
static void
check_loaded (GSubprocess *process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/maps", g_subprocess_get_identifier (process));
  g_autofree char *maps = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &maps, NULL, &error);
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES))
    return; /* it forbids to be looked into, and we are not root */
  g_assert_no_error (error);
  g_assert_nonnull (strstr (maps, "libgio-2.0"));
  g_assert_null (strstr (maps, "libgtk"));
  g_assert_null (strstr (maps, "libadwaita"));
}

static void
test_agent_lets_go_for_a_window (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  g_autoptr (Program) agent = NULL;
  gpointer both[2] = { practice, NULL };
  CsUuid id = find_practice (practice);
  CsSession *window = NULL;
  g_autoptr (GError) error = NULL;

  fault_practice_accept (practice, 0);
  sandbox_fixture_fault (practice->sandbox, "PUT", "/api.xro/2.0/Contacts", "delay", 1, 3);
  agent = start (practice, AGENT, ARGUMENTS ("--once"));
  both[1] = agent;
  g_assert_true (test_wait_until (agent_has_lock, both));
  check_loaded (agent->process);
  /* Asked once, however soon, as a window does. */
  g_assert_true (test_await (cs_desk_bus_ask_yield (&id), &error));
  g_assert_no_error (error);
  window = sandbox_fixture_open (practice->sandbox); /* asserts that it could */
  finish (agent);
  sandbox_fixture_close (window);
  fault_practice_advance (practice);
  window = sandbox_fixture_open (practice->sandbox);
  g_assert_true (test_await (cs_session_sync_now (window), NULL));
  g_free (test_await_record (cs_session_run_push (window, 20000, TRUE), NULL));
  sandbox_fixture_close (window);
  fault_practice_check_all (practice);
}

static void
test_window_does_not_let_go (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  CsSession *window = sandbox_fixture_open (practice->sandbox);
  g_autoptr (CsDeskBus) bus = cs_desk_bus_export (window, "window", NULL, NULL);
  CsUuid id = find_practice (practice);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) stranger = NULL;

  g_assert_false (test_await (cs_desk_bus_ask_yield (&CS_UUID_NONE), &stranger));
  g_assert_error (stranger, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);
  g_assert_true (test_wait_until (is_answered, &id));
  g_assert_false (test_await (cs_desk_bus_ask_yield (&id), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_pointer (&bus, cs_desk_bus_free);
  sandbox_fixture_close (window);
}

static CsSession *
open_commanded (FaultPractice *practice)
{
  g_autoptr (CsRegistry) registry = cs_registry_open (practice->sandbox->folder, &practice->clock, NULL);
  g_autoptr (GPtrArray) entries = cs_registry_list (registry, NULL);
  CsSessionOptions *options = g_new0 (CsSessionOptions, 1);
  g_autoptr (GError) error = NULL;
  CsSession *session = NULL;

  options->clock = &practice->clock;
  options->is_commanded = TRUE;
  options->sandbox_address = g_strdup (practice->sandbox->address);
  options->build_client_id = g_strdup ("");
  session = test_await_object (cs_session_open (g_ptr_array_index (entries, 0), options), &error);
  g_assert_no_error (error);
  return session;
}

/* As after a long sleep of the machine on a disk that others share: somebody took the practice meanwhile. */
static void
test_old_epoch_sends_nothing (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  g_autofree char *folder = g_path_get_dirname (practice->database);
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  g_autoptr (CsPracticeLock) other = NULL;
  g_autofree CsJournalCounts *counts = NULL;
  g_autoptr (GError) error = NULL;
  CsSession *session = NULL;
  gint64 writes = 0;

  fault_practice_accept (practice, 0);
  session = open_commanded (practice);
  writes = sandbox_fixture_count (practice->sandbox, "writes");
  g_assert_cmpint (g_remove (path), ==, 0);
  other = cs_practice_lock_take (folder, &error);
  g_assert_no_error (error);
  counts = test_await_record (cs_session_run_push (session, 5000, TRUE), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts->n[CS_JOURNAL_DONE], ==, 0);
  g_assert_cmpint (sandbox_fixture_count (practice->sandbox, "writes"), ==, writes);
  sandbox_fixture_close (session);
}

/* As somebody with a text editor for databases would. */
static void
tamper (FaultPractice *practice, const char *sql)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (practice->database, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 5000);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (handle), >=, 1);
  sqlite3_close (handle);
}

static void
test_verify_names_the_row (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  g_autoptr (Program) before = NULL;
  g_autoptr (Program) after = NULL;

  fault_practice_accept (practice, 60);
  before = run (practice, COMMAND, ARGUMENTS ("verify"));
  g_assert_cmpint (before->code, ==, 0);
  tamper (practice,
          "DROP TRIGGER audit_is_never_edited; UPDATE audit SET actor = 'Nobody' WHERE sequence = 3");
  after = run (practice, COMMAND, ARGUMENTS ("verify"));
  g_assert_cmpint (after->code, ==, 1);
  g_assert_nonnull (strstr (after->output, "Row 3 "));
}

/* What is left fits in itself; only the keyring knows that there was more. */
static void
test_shortened_chain_is_told (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  g_autoptr (Program) verify = NULL;
  g_autoptr (Program) sync = NULL;
  g_autoptr (Program) again = NULL;

  tamper (practice, "DROP TRIGGER audit_is_never_deleted; DELETE FROM audit WHERE sequence > 1");
  verify = run (practice, COMMAND, ARGUMENTS ("verify"));
  g_assert_cmpint (verify->code, ==, 1);
  g_assert_nonnull (strstr (verify->output, "shortened"));
  sync = run (practice, COMMAND, ARGUMENTS ("sync"));
  g_assert_cmpint (sync->code, ==, 1);
  g_assert_nonnull (strstr (sync->output, "shortened"));
  again = run (practice, COMMAND, ARGUMENTS ("verify")); /* a run does not make it good */
  g_assert_cmpint (again->code, ==, 1);
}

/* A person says why; from then on the chain as it is then counts, for the keyring, too. */
static void
test_break_is_accepted (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  g_autoptr (Program) unsaid = NULL;
  g_autoptr (Program) accepted = NULL;
  g_autoptr (Program) verify = NULL;
  g_autoptr (Program) sync = NULL;

  fault_practice_accept (practice, 60);
  tamper (practice, "DROP TRIGGER audit_is_never_edited; DROP TRIGGER audit_is_never_deleted;"
                    "UPDATE audit SET actor = 'Nobody' WHERE sequence = 1;"
                    "DELETE FROM audit WHERE sequence > 2");
  unsaid = run (practice, COMMAND, ARGUMENTS ("verify", "--accept-because", ""));
  g_assert_cmpint (unsaid->code, !=, 0);
  accepted = run (practice, COMMAND, ARGUMENTS ("verify", "--accept-because", "Disk was repaired"));
  g_assert_cmpint (accepted->code, ==, 0);
  verify = run (practice, COMMAND, ARGUMENTS ("verify"));
  g_assert_cmpint (verify->code, ==, 0);
  sync = run (practice, COMMAND, ARGUMENTS ("sync", "--pull"));
  g_assert_cmpint (sync->code, ==, 0);
  tamper (practice, "UPDATE audit SET actor = 'Somebody' WHERE sequence = 1");
  g_clear_pointer (&verify, program_free);
  verify = run (practice, COMMAND, ARGUMENTS ("verify"));
  g_assert_cmpint (verify->code, ==, 1);
}

static void
test_wrong_usage (void)
{
  g_autoptr (FaultPractice) practice = fault_practice_new ();
  g_autoptr (Program) stranger = run (practice, COMMAND, ARGUMENTS ("sync", "--practice", "Nobody"));
  g_autoptr (Program) option = run (practice, COMMAND, ARGUMENTS ("status", "--wrong"));
  g_autoptr (Program) help = run (practice, COMMAND, ARGUMENTS ("verify", "--help"));

  g_assert_cmpint (stranger->code, ==, 2);
  g_assert_nonnull (strstr (stranger->output, "Nobody"));
  g_assert_cmpint (option->code, ==, 2);
  g_assert_cmpint (help->code, ==, 0);
  g_assert_nonnull (strstr (help->output, "--practice"));
}

int
main (int argc, char **argv)
{
  g_autoptr (GTestDBus) desk = NULL;
  int code = 0;

  dex_init ();
  fault_practice_prepare_if_asked (argc, argv);
  g_test_init (&argc, &argv, NULL);
  desk = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (desk);
  g_test_add_func ("/desk/agent-does-its-run", test_agent_does_its_run);
  g_test_add_func ("/desk/command-asks-the-holder", test_command_asks_the_holder);
  g_test_add_func ("/desk/silent-holder-is-left-alone", test_silent_holder_is_left_alone);
  g_test_add_func ("/desk/agent-lets-go-for-a-window", test_agent_lets_go_for_a_window);
  g_test_add_func ("/desk/window-does-not-let-go", test_window_does_not_let_go);
  g_test_add_func ("/desk/old-epoch-sends-nothing", test_old_epoch_sends_nothing);
  g_test_add_func ("/desk/verify-names-the-row", test_verify_names_the_row);
  g_test_add_func ("/desk/break-is-accepted", test_break_is_accepted);
  g_test_add_func ("/desk/shortened-chain-is-told", test_shortened_chain_is_told);
  g_test_add_func ("/desk/wrong-usage", test_wrong_usage);
  code = g_test_run ();
  g_test_dbus_stop (desk);
  return code;
}
