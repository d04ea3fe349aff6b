/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* One file: what the practice grows from in the first line, then a line for each change, on disk before the
 * change is answered. A line is whole or is not there. Opening the file makes it short again. */

#define SANDBOX_STATE_VERSION 2 /* 1 held everything in one document; it is still read */

typedef struct _SandboxState SandboxState;

SandboxWorld *sandbox_state_load (const char *path, GError **error);
SandboxState *sandbox_state_open (SandboxWorld *world, const char *path, GError **error);
gboolean sandbox_state_append (SandboxState *self, GError **error);
void sandbox_state_close (SandboxState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxState, sandbox_state_close)

/* sandbox-state-records.c */
void
sandbox_state_write_organisation (SandboxOrganisation *organisation, gboolean everything, SandboxJson *json);
void sandbox_state_forget_changes (SandboxOrganisation *organisation);

/* sandbox-state-practice.c */
void sandbox_state_write_practice (SandboxPractice *practice, gboolean everything, SandboxJson *json);
void sandbox_state_forget_practice (SandboxPractice *practice);
gboolean sandbox_state_load_practice (SandboxWorld *world, yyjson_val *element);
