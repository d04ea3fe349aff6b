/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-registry.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* A session of a new practice that was never connected, in a folder of its own. It is 2026-11-22 09:00 UTC
 * and stays so. */
typedef struct
{
  char *folder;
  CsPracticeEntry *practice;
  CsSession *session;
} TestSession;

#define TEST_SESSION_NOW_MS G_GINT64_CONSTANT (1795338000000)

void test_session_set_up (TestSession *self);
void test_session_tear_down (TestSession *self);
void test_session_close (TestSession *self);
void test_session_reopen (TestSession *self); /* after it was closed */

G_END_DECLS
