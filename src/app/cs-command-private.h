/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-command-line.h"
#include "cs-desk-report.h"
#include "cs-practices.h"

G_BEGIN_DECLS

/* What the commands share; nobody else includes this. */
typedef struct
{
  /* Options */
  char *data_folder;
  char *practice;
  char *sandbox;
  char *now;
  gboolean is_json;
  gboolean is_push;
  gboolean is_pull;
  char *accept_because; /* (nullable) */

  CsClock *clock;
  gboolean is_interrupted; /* by a signal */
} CsCommand;

int cs_command_sync (CsCommand *command);
int cs_command_status (CsCommand *command);
int cs_command_support (CsCommand *command);
int cs_command_verify (CsCommand *command);

/* Runs the main loop until @future (borrowed) is settled. FALSE: interrupted by a signal first. */
gboolean cs_command_wait (CsCommand *command, DexFuture *future);
/* Each takes @future, waits and answers what it holds, NULL with @error. (transfer full) */
gpointer cs_command_wait_record (CsCommand *command, DexFuture *future, GError **error);
gpointer cs_command_wait_object (CsCommand *command, DexFuture *future, GError **error);
char *cs_command_wait_string (CsCommand *command, DexFuture *future, GError **error);
/* The practices that are meant: the named one, or all. NULL: an exit code is in *outcome, the words are said.
 */
GPtrArray *cs_command_list_practices (CsCommand *command, CsDeskOutcome *outcome);
/* Each of @entries once, until a signal: the outcome that is worst. */
typedef CsDeskOutcome (*CsCommandFunc) (CsCommand *command, const CsPracticeEntry *entry, gpointer data);
CsDeskOutcome cs_command_do_each (CsCommand *command, GPtrArray *entries, CsCommandFunc func, gpointer data);
/* A session of @entry: a #CsSession as an object. */
DexFuture *
cs_command_open_session (CsCommand *command, const CsPracticeEntry *entry) G_GNUC_WARN_UNUSED_RESULT;
int cs_command_say_error (const GError *error, const CsPracticeEntry *entry);

G_END_DECLS
