/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-fixture.h"

G_BEGIN_DECLS

/* First of all in main(): the part of fault_practice_new() that is done by a process of its own. */
void fault_practice_prepare_if_asked (int argc, char **argv);

/* One practice, connected to a sandbox, and what has been accepted in it. Everything that is sent is sent by
 * the built program: in this process nothing goes by itself. */
typedef struct
{
  SandboxFixture *sandbox;
  CsClock clock; /* the practice's and the sandbox's: real time and @ahead_ms */
  gint64 ahead_ms;
  char *database;
  guint n_accepted;
} FaultPractice;

FaultPractice *fault_practice_new (void);
void fault_practice_free (FaultPractice *practice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultPractice, fault_practice_free)

/* A new client accepts a proposal: one contact and one invoice are to be made. Returns its number. */
guint fault_practice_accept (FaultPractice *practice, guint hold_seconds);
/* Past every back-off, and past what the sandbox remembers of idempotency keys (six minutes). */
void fault_practice_advance (FaultPractice *practice);
char *fault_practice_get_now (const FaultPractice *practice); /* (transfer full): ISO */

/* Of the file itself, whatever has it open: how many rows are in @state. */
guint fault_practice_count (const FaultPractice *practice, const char *state);
/* Nothing twice, nothing lost, on either side. */
void fault_practice_check_all (FaultPractice *practice);

G_END_DECLS
