/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cs-connect.h"
#include "cs-session.h"
#include "test-wait.h"

G_BEGIN_DECLS

/* A sandbox of its own for a test, the person in the browser, and what the sandbox says it holds. */
typedef struct
{
  GSubprocess *process;
  char *address;
  char *folder;        /* of the test: registry, practice, sandbox state */
  char *consent;       /* what the person presses: "allow" or "cancel" */
  guint choice;        /* which of the organisations on the page */
  gboolean is_unpaced; /* no minute of 60 calls: for who makes more */
} SandboxFixture;

SandboxFixture *sandbox_fixture_new (const char *profile);
/* An empty organisation beside practices of "CLIENTS:JOBS". */
SandboxFixture *sandbox_fixture_new_for_work (const char *practice);
/* In a folder that another process made: its sandbox is left alone. */
SandboxFixture *sandbox_fixture_new_at (const char *folder, const char *address);
void sandbox_fixture_free (SandboxFixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxFixture, sandbox_fixture_free)
void sandbox_fixture_stop (SandboxFixture *fixture);

/* Of GET /sandbox/state: an integer member, or how many objects of an array member match name=value. */
gint64 sandbox_fixture_count (SandboxFixture *fixture, const char *member);
guint sandbox_fixture_count_created (SandboxFixture *fixture,
                                     const char *array,
                                     const char *member,
                                     const char *value);
char *
sandbox_fixture_get_created (SandboxFixture *fixture, const char *array, guint index, const char *member);
JsonNode *sandbox_fixture_read_state (SandboxFixture *fixture);
/* Of the first practice of Practice Manager: GET /sandbox/practice, and an integer member of it. */
JsonNode *sandbox_fixture_read_practice (SandboxFixture *fixture);
gint64 sandbox_fixture_count_work (SandboxFixture *fixture, const char *member);
/* An integer member of GET @path. */
gint64 sandbox_fixture_read_integer (SandboxFixture *fixture, const char *path, const char *member);
/* A control call that makes something there: its id. */
char *sandbox_fixture_enter (SandboxFixture *fixture, const char *path, const char *json);
void sandbox_fixture_fault (SandboxFixture *fixture,
                            const char *method,
                            const char *path,
                            const char *kind,
                            guint count,
                            guint seconds);
void sandbox_fixture_forgive (SandboxFixture *fixture); /* no fault is ordered any more */
void sandbox_fixture_post (SandboxFixture *fixture, const char *path, const char *json);

CsSession *sandbox_fixture_open (SandboxFixture *fixture);
/* A practice that is no demo: it speaks to Xero's own addresses, so only where they can't be reached. */
CsSession *sandbox_fixture_open_real (SandboxFixture *fixture);
void sandbox_fixture_close (CsSession *session);
/* Through CsConnect and the consent page, until the first import is done. */
void sandbox_fixture_connect (SandboxFixture *fixture, CsSession *session);
void
sandbox_fixture_connect_work (SandboxFixture *fixture, CsSession *session); /* Practice Manager, likewise */
/* A handler of CsConnect::open-address whose data is the fixture: the person in the browser. */
void sandbox_fixture_browse (CsConnect *connect, const char *address, SandboxFixture *fixture);
gpointer test_read (CsSession *session, CsStoreFunc func, gpointer data, GDestroyNotify free_result);
CsClock *test_clock (void);             /* the machine's, and what it was put ahead by */
void test_clock_advance (gint64 by_ms); /* ours alone: the sandbox keeps its own */

G_END_DECLS
