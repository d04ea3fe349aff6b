/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* /app/{ShortCode}/…: what "Open in Xero" leads to (xero-accounting 9.8), as plain pages to read. */

/* /Client/{number}/Detail and /Job/{id}/Detail: where a WebUrl of Practice Manager leads (xpm 3). */
gboolean sandbox_is_practice_page (const char *path);
void sandbox_practice_pages (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);

void sandbox_pages (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply);
