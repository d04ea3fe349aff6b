/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* Idempotency-Key: what was answered within about six minutes is answered again, errors too (xero-accounting
 * 4). */

#define SANDBOX_REPLAY_MS (6 * 60 * 1000)

SandboxReplays *sandbox_replays_new (void);
void sandbox_replays_free (SandboxReplays *self);
gboolean sandbox_replays_answer (const SandboxCall *call);
void sandbox_replays_keep (const SandboxCall *call);
void sandbox_replays_save (SandboxReplays *self, gboolean everything, SandboxJson *json);
void sandbox_replays_load (SandboxReplays *self, yyjson_val *list);
void sandbox_replays_forget_changes (SandboxReplays *self);
