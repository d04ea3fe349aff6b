/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-practice.h"

G_BEGIN_DECLS

/* `countersign sync --push` as a process of its own. @kill: KIND:N:WHEN for kill-shim.c, or NULL. */
GSubprocess *fault_program_start (FaultPractice *practice, const char *kill);
typedef struct
{
  gboolean was_killed; /* by SIGKILL */
  int code;            /* its exit code otherwise */
} FaultEnd;
FaultEnd fault_program_wait (GSubprocess *program);
FaultEnd fault_program_run (FaultPractice *practice, const char *kill);
/* Whether it is @program that holds the practice now, or did last. */
gboolean fault_program_has_lock (FaultPractice *practice, GSubprocess *program);
void fault_program_print (FaultPractice *practice); /* what it said last, and how the journal stands */
/* Runs it as it comes, later and later, until all is sent. */
void fault_program_recover (FaultPractice *practice);
/* How many calls of each kind one whole run makes: writes, flushes, sends. */
void fault_program_measure (FaultPractice *practice, guint counts[3]);

G_END_DECLS
