/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

G_BEGIN_DECLS

/* What a run of the agent or the command line is asked for, and what came of it. It travels over D-Bus from
 * the program that holds the practice to the one that asked. */
typedef enum
{
  CS_DESK_SYNC,
  CS_DESK_PUSH,
  CS_DESK_PULL,
} CsDeskMode;
const char *cs_desk_mode_to_string (CsDeskMode mode);
gboolean cs_desk_mode_parse (const char *text, CsDeskMode *mode);

/* The numbers are the command line's exit codes: README.md says them to the users, so they stay. */
typedef enum
{
  CS_DESK_DONE = 0,
  CS_DESK_NEEDS_PERSON = 1,
  CS_DESK_WRONG_USAGE = 2,
  CS_DESK_UNREACHABLE = 3, /* or busy: it is worth trying again later */
  CS_DESK_HELD_ELSEWHERE = 4,
  CS_DESK_FILE_PROBLEM = 5,
} CsDeskOutcome;
CsDeskOutcome cs_desk_outcome_from_error (const GError *error);

typedef struct
{
  CsDeskMode mode;
  CsDeskOutcome outcome;
  CsJournalCounts journal;
  gint64 synced_ms; /* the last pull that ended well; 0: never */
  char *problem;    /* for a person: what is in the way; "" */
} CsDeskReport;
CsDeskReport *cs_desk_report_new (CsDeskMode mode);
void cs_desk_report_free (CsDeskReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDeskReport, cs_desk_report_free)

/* A stable format: README.md. */
char *cs_desk_report_to_json (const CsDeskReport *report); /* (transfer full) */
CsDeskReport *cs_desk_report_parse (const char *json, GError **error);

G_END_DECLS
