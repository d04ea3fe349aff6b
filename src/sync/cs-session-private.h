/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-database.h"
#include "cs-practice-lock.h"
#include "cs-remote-link.h"
#include "cs-request-log.h"
#include "cs-schedule.h"
#include "cs-session-ahead.h"
#include "cs-session.h"
#include "cs-store-connections.h"
#include "cs-store-settings.h"
#include "cs-timer.h"
#include "cs-wake-watch.h"

G_BEGIN_DECLS

/* Where the pusher's loop is: for cs_session_run_push(). */
typedef struct
{
  guint n_begun;
  guint n_rested;     /* the number of the last look after which there was nothing more to do at once */
  gint64 wake_ms;     /* when it looks again by itself */
  DexPromise *rested; /* (nullable): resolved and dropped at the end of such a look */
} CsLook;

/* What the files of the session share; nobody else includes this. */
struct _CsSession
{
  GObject parent_instance;

  CsPracticeEntry *practice;
  CsSessionOptions *options;
  CsTimer timer;
  GTimeZone *zone;
  CsDatabase *writer;
  CsDatabase *reader;
  CsDatabase *whole_reader; /* what takes long: whoever asks the other one is not kept waiting */
  CsPracticeLock *lock;     /* used on the writer thread alone between open and close */
  gint64 epoch;
  gboolean was_restored;

  /* Copies of what is stored, refreshed after each change, so that the window never waits to read them. */
  CsSettings *settings;
  CsConnection *connection;
  CsSchedule *schedule;

  CsHosts *hosts;
  CsVault *vault;
  CsRemoteLink *link;   /* (nullable): while connected */
  struct _CsWork *work; /* the practice manager's side: never NULL once open */

  CsLinkState link_state;
  gint64 unwell_since_ms; /* since when the ledger has not answered properly; 0: it has */
  gint64 next_look_ms;    /* when the timer looks at the ledger again; 0: there is no timer */
  CsActivity activity;
  CsSyncProgress sync_progress;
  char *last_problem;

  DexFuture *pusher;     /* the loop, while open */
  DexPromise *wake;      /* resolved to make the loop look again */
  CsLook look;           /* for who waits until it has */
  DexFuture *pull;       /* the one pull in the air, shared by whoever wants one */
  DexPromise *pull_stop; /* resolved to end it */
  gboolean pull_is_full;
  gint64 thorough_ms;     /* when all that changes rarely was last read; 0: not yet, or it is asked for */
  DexFuture *closing;     /* the one way to close */
  gboolean retry_waiting; /* signed in again: what waited for that goes now */
  gboolean retry_jobs;    /* the same, of jobs at the practice manager */
  gboolean push_asked;    /* a person said: now, whatever the schedule says */
  guint pull_timer;
  guint soon_timer;        /* one look more, before anybody is told that the ledger is unwell */
  CsWakeWatch *wake_watch; /* (nullable): none in a simulation */
  /* What was told to the store of what it cannot know. At first it may hold what another run told it. */
  gint64 locked_since_ms;
  gboolean keyring_told;
  gboolean day_limit_told;
  gboolean audit_fits;    /* and the store knows */
  gint64 audit_walked_ms; /* when each row was last looked at; 0: not yet */
  gboolean is_closing;
  CsRequestLog *requests; /* what was asked of the outside, from open to close */
};

void cs_session_emit_changed (CsSession *session, CsChange change);
void cs_session_set_activity (CsSession *session, CsActivity activity);
void cs_session_set_sync_progress (CsSession *session, const CsSyncProgress *progress);
void cs_session_set_link_state (CsSession *session, CsLinkState link_state);
/* Tells the window how a call by @link (nullable: it was none) went: NULL when well. Turns the error into a
 * link state; what a link says that was let go of meanwhile is nobody's business any more. */
void cs_session_report (CsSession *session, const CsRemoteLink *link, const GError *error);
/* One look more at whatever has stumbled, soon. */
void cs_session_look_soon (CsSession *session);
/* @connection: (nullable): what @link was made for, unless another login has just taken its place. */
void cs_session_remember_lost_grant (CsSession *session, const CsRemoteLink *link, CsConnection *connection);
void cs_session_wake (CsSession *session);
/* The pusher says where it is. */
void cs_session_look_begins (CsSession *session);
void cs_session_look_ends (CsSession *session, gint64 wake_ms);
/* Reads settings and connection again and tells the writer whose name goes into the audit rows. */
DexFuture *cs_session_refresh_copies (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;
/* In a fiber, once @link (nullable) is no more the one that is used: what it reads ends, and of its tokens
 * nothing is kept. FALSE: the keyring kept them. */
gboolean cs_session_let_go (CsSession *session,
                            CsRemoteLink *link,
                            gboolean is_work,
                            const CsUuid *grant_id,
                            GError **error);
/* Runs in the store, of a CsUuid: none of the tokens of that sign-in are kept any more. */
gpointer cs_session_end_sign_in (CsStore *store, gpointer grant_id, GError **error);
/* Makes (or drops) the link to fit the connection. */
void cs_session_update_link (CsSession *session);
DexFuture *cs_session_write (CsSession *session,
                             CsDatabaseFunc func,
                             gpointer data,
                             GDestroyNotify free_data,
                             GDestroyNotify free_result) G_GNUC_WARN_UNUSED_RESULT;

/* A job on the writer that answers nothing: resolves once it is on disk, then "changed" is emitted and the
 * pusher looks. */
DexFuture *cs_session_command (CsSession *session,
                               CsDatabaseFunc func,
                               gpointer data, /* (transfer full) */
                               GDestroyNotify free_data,
                               CsChange change) G_GNUC_WARN_UNUSED_RESULT;

/* cs-session-schedule.c, cs-session-alerts.c: in the pusher's fiber, at each look. */
gboolean cs_session_begin_round (CsSession *session, gint64 *wake_ms, GError **error);
gboolean cs_session_look_at_conditions (CsSession *session, gint64 parked_until_ms, GError **error);
/* What changed at the ledger or, once a day, everything. */
void cs_session_pull_by_itself (CsSession *session);

/* cs-pusher.c: the loop that brings the journal to rest. */
DexFuture *cs_pusher_run (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;
/* cs-puller.c: one whole pull. */
DexFuture *cs_puller_run (CsSession *session, gboolean is_full) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
