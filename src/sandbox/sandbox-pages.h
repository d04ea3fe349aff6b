/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* /app/{ShortCode}/…: what "Open in Xero" leads to (xero-accounting 9.8), as plain pages to read. */

void sandbox_pages (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
