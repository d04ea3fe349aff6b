/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* Pages for a person: no script, no frame, and each says that it is the sandbox. */

#define SANDBOX_HTML_NOTICE                                                                                  \
  "<main class=\"wide\"><p class=\"notice\">This is the <strong>Countersign sandbox</strong>, not Xero. "    \
  "Nobody on this page exists.</p>"

GString *sandbox_html_new (void);
void sandbox_html_text (GString *page, const char *text);
void sandbox_html_row (GString *page, const char *label, const char *value);
void sandbox_html_day (GString *page, const char *label, int day);
void sandbox_html_cell (GString *page, const char *text);
void sandbox_html_not_found (SandboxReply *reply);
void sandbox_html_reply (SandboxReply *reply, guint status, GString *page);
