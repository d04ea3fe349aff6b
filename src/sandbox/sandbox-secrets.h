/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* For tests that look for secrets where none may be: every code, token and verifier that was seen or issued.
 * In memory only, and only with --remember-secrets; never in the state file or the log. */

void sandbox_secrets_start (SandboxWorld *world);
void sandbox_secrets_add (SandboxWorld *world, const char *kind, const char *value);
void sandbox_secrets_write (SandboxWorld *world, SandboxReply *reply);
