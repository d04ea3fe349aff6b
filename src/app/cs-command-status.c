/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-command-private.h"

#include <glib/gi18n-lib.h>

#include "cs-desk-bus.h"
#include "cs-desk-status.h"

/* --- reading --- */

static char *
read_file (CsCommand *command, const CsPracticeEntry *entry, GError **error)
{
  g_autofree char *path = g_build_filename (entry->folder, "practice.sqlite", NULL);
  g_autoptr (CsStore) store = cs_store_open (path, CS_STORE_READ_ONLY, command->clock, error);

  return store != NULL ? cs_desk_status_to_json (store, entry, NULL, error) : NULL;
}

/* Of whoever has it open, who knows more than the file; else of the file. */
static char *
read_status (CsCommand *command, const CsPracticeEntry *entry, GError **error)
{
  g_autoptr (GError) unanswered = NULL;
  g_autofree char *json = cs_command_wait_string (command, cs_desk_bus_ask_status (&entry->id), &unanswered);

  return json != NULL ? g_steal_pointer (&json) : read_file (command, entry, error);
}

/* --- for a person --- */

static const char *
connection_words (const char *connection)
{
  if (g_str_equal (connection, "connected"))
    return _ ("connected");
  if (g_str_equal (connection, "sign-in-needed"))
    return _ ("signed out: open Countersign and sign in");
  if (g_str_equal (connection, "disconnected"))
    return _ ("disconnected");
  return _ ("never connected");
}

static const char *
holder_words (const char *program)
{
  if (g_str_equal (program, "window"))
    return _ ("in a window");
  if (g_str_equal (program, "agent"))
    return _ ("in the background");
  return _ ("in a command");
}

static void
print_line (const char *label, const char *value)
{
  g_print ("  %-14s %s\n", label, value);
}

static guint
print_journal (const CsJsonValue *root)
{
  CsJournalCounts counts = { 0 };
  const guint *n = counts.n;
  guint n_waiting = 0;
  g_autofree char *waiting = NULL;
  g_autofree char *person = NULL;

  cs_desk_status_read_journal (root, &counts);
  n_waiting = n[CS_JOURNAL_HELD] + n[CS_JOURNAL_QUEUED] + n[CS_JOURNAL_SENDING] + n[CS_JOURNAL_WAITING]
              + n[CS_JOURNAL_DOUBTFUL];
  waiting = g_strdup_printf ("%u", n_waiting);
  person = g_strdup_printf ("%u", n[CS_JOURNAL_BLOCKED]);
  print_line (_ ("To be sent:"), waiting);
  print_line (_ ("Needs a person:"), person);
  return n[CS_JOURNAL_BLOCKED];
}

static guint
print_status (const CsJsonValue *root)
{
  const char *synced = cs_json_get_string (root, "synced_at");
  const CsJsonValue *holder = cs_json_get (root, "held_by");
  const char *connection = cs_json_get_string_or_empty (root, "connection");
  const char *organisation = cs_json_get_string_or_empty (root, "organisation");
  g_autofree char *with = g_strdup_printf ("%s (%s)", organisation, connection_words (connection));

  if (cs_json_get_boolean (root, "demo", FALSE))
    g_print (_ ("%s (demo)\n"), cs_json_get_string_or_empty (root, "name"));
  else
    g_print ("%s\n", cs_json_get_string_or_empty (root, "name"));
  print_line (_ ("Xero:"), *organisation != '\0' ? with : connection_words (connection));
  print_line (_ ("Last read:"), synced != NULL ? synced : _ ("never"));
  if (cs_json_is_object (holder))
    {
      print_line (_ ("Open:"), holder_words (cs_json_get_string_or_empty (holder, "program")));
      if (*cs_json_get_string_or_empty (holder, "problem") != '\0')
        print_line (_ ("Problem:"), cs_json_get_string_or_empty (holder, "problem"));
    }
  return print_journal (root) + (g_str_equal (connection, "sign-in-needed") ? 1 : 0);
}

/* --- all of them --- */

static CsDeskOutcome
add_practice (CsCommand *command, const CsPracticeEntry *entry, gpointer data)
{
  GString *json = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *status = read_status (command, entry, &error);
  g_autoptr (CsJsonDocument) document = NULL;
  g_autoptr (GBytes) bytes = NULL;
  CsJournalCounts counts = { 0 };
  const CsJsonValue *root = NULL;

  if (status == NULL)
    return cs_command_say_error (error, entry);
  bytes = g_bytes_new (status, strlen (status));
  document = cs_json_document_parse (bytes, &error);
  if (document == NULL)
    return cs_command_say_error (error, entry);
  root = cs_json_document_get_root (document);
  if (!command->is_json)
    return print_status (root) > 0 ? CS_DESK_NEEDS_PERSON : CS_DESK_DONE;
  if (json->str[json->len - 1] != '[')
    g_string_append_c (json, ',');
  g_string_append (json, status);
  cs_desk_status_read_journal (root, &counts);
  return counts.n[CS_JOURNAL_BLOCKED] > 0
                 || g_str_equal (cs_json_get_string_or_empty (root, "connection"), "sign-in-needed")
             ? CS_DESK_NEEDS_PERSON
             : CS_DESK_DONE;
}

int
cs_command_status (CsCommand *command)
{
  CsDeskOutcome outcome = CS_DESK_DONE;
  g_autoptr (GPtrArray) entries = cs_command_list_practices (command, &outcome);
  g_autoptr (GString) json = g_string_new ("{\"version\":1,\"practices\":[");

  if (entries == NULL)
    return outcome;
  outcome = cs_command_do_each (command, entries, add_practice, json);
  if (command->is_json)
    g_print ("%s]}\n", json->str);
  else if (entries->len == 0)
    g_print ("%s\n", _ ("There is no practice on this computer yet."));
  return outcome;
}
