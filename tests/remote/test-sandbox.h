/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-sign-in.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The project's own sandbox, which shares no code with what is tested: started, and signed in to as a person
 * would. */
#define TEST_SANDBOX_CLIENT_ID "DEMO0000000000000000000000000000"

typedef struct
{
  GSubprocess *process;
  char *base;
  guint16 port; /* that the browser comes back to */
} TestSandbox;

extern const CsClock test_real_clock;

TestSandbox *test_sandbox_new (void);
void test_sandbox_free (TestSandbox *sandbox);
/* POST with a @body, GET without. */
char *test_sandbox_control (TestSandbox *sandbox, const char *path, const char *body);
/* @decision: what the person presses at the consent page. */
CsTokens *test_sandbox_sign_in (TestSandbox *sandbox,
                                const CsHosts *hosts,
                                CsHttp *http,
                                const char *scopes,
                                const char *decision,
                                GError **error);
char *test_between (const char *text, const char *before, const char *after);

G_END_DECLS
