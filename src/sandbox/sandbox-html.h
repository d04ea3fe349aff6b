/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* Pages for a person: no script, no frame, and each says that it is the sandbox. */

GString *sandbox_html_new (void);
void sandbox_html_text (GString *page, const char *text);
void sandbox_html_reply (SandboxReply *reply, guint status, GString *page);
