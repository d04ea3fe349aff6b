/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* The door of the Accounting API: token, tenant, limits, scope, replay; then the endpoint. */

#define SANDBOX_ACCOUNTING_PREFIX "/api.xro/2.0/"

void sandbox_accounting (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
