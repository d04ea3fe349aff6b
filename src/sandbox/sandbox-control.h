/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* /sandbox/…: what tests and people ask of the sandbox itself. Nothing of this is Xero's. */

void sandbox_control (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
void sandbox_control_state (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
void sandbox_control_requests (SandboxWorld *world, SandboxReply *reply);

void sandbox_control_refuse (SandboxReply *reply, guint status, const char *message);
void sandbox_control_confirm (SandboxReply *reply);

/* `root` is the body, or NULL; `rest` the path after the call's own name. sandbox-control-ledger.c: */
typedef void (*SandboxControl) (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply);
void sandbox_control_payment (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply);
void sandbox_control_contact (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply);
void
sandbox_control_organisation (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply);
void sandbox_control_setting (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply);
/* Somebody corrects the tax of the invoice that was made last, by so many cents. */
void sandbox_control_correct_newest (SandboxWorld *world, const char *tenant, int cents);
void sandbox_control_invoice (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply);
void sandbox_control_rights (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply);
