/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-world.h"

/* The state file: one JSON document, replaced as a whole. Settings are not in it: the seed makes them again.
 * Replay answers and open consent pages are not kept either; they live for minutes. */

gboolean sandbox_state_save (SandboxWorld *world, const char *path, GError **error);
SandboxWorld *sandbox_state_load (const char *path, GError **error);
