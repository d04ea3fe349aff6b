/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-practice-entry.h"
#include "cs-practice-lock.h"

G_BEGIN_DECLS

/* The files of a practice, opened by a thread of their own while the main thread begins GTK and has no turn
 * to wait for them in. Whoever opens the session takes them; what is not there it opens itself, and tells why
 * it could not. */
typedef struct _CsSessionAhead CsSessionAhead;

CsSessionAhead *cs_session_ahead_new (const CsClock *clock); /* outlives it */
CsSessionAhead *cs_session_ahead_ref (CsSessionAhead *ahead);
void cs_session_ahead_unref (CsSessionAhead *ahead); /* closes what nobody took */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSessionAhead, cs_session_ahead_unref)

/* In any thread, once. */
void cs_session_ahead_begin (CsSessionAhead *ahead, const CsPracticeEntry *entry);
/* Not on the main thread, as it waits. NULL: of @folder there is none, or none any more. */
CsStore *cs_session_ahead_take_writer (CsSessionAhead *ahead,
                                       const char *folder,
                                       CsPracticeLock **lock,
                                       gboolean *was_restored);
CsStore *cs_session_ahead_take_reader (CsSessionAhead *ahead, const char *folder);

/* How a practice is opened, ahead or not. */
CsStore *cs_session_open_writer (const char *folder,
                                 const CsClock *clock,
                                 CsPracticeLock **lock,
                                 gboolean *was_restored,
                                 GError **error);
CsStore *cs_session_open_reader (const char *folder, const CsClock *clock, GError **error);

G_END_DECLS
