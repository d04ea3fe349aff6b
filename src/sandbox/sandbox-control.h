/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* /sandbox/…: what tests and people ask of the sandbox itself. Nothing of this is Xero's. */

void sandbox_control (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
void sandbox_control_state (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
void sandbox_control_requests (SandboxWorld *world, SandboxReply *reply);
