/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cs-connection.h"
#include "cs-future.h"
#include "cs-practice-entry.h"
#include "cs-records.h"
#include "cs-settings.h"
#include "cs-sync-progress.h"

G_BEGIN_DECLS

/* One open practice: its lock, its writer and reader threads, its connection, its pushes and pulls. What the
 * window (and one day the agent and the command line) speaks to. Lives on the main thread; never blocks it.
 */

/* What changed, so that whoever shows it can read it again. */
typedef enum
{
  CS_CHANGE_CLIENTS = 1 << 0,
  CS_CHANGE_PROPOSALS = 1 << 1,
  CS_CHANGE_JOURNAL = 1 << 2, /* planned invoices and what is sent */
  CS_CHANGE_INVOICES = 1 << 3,
  CS_CHANGE_LEDGER = 1 << 4, /* accounts, tax rates, organisation, contacts */
  CS_CHANGE_CONNECTION = 1 << 5,
  CS_CHANGE_SETTINGS = 1 << 6,
  CS_CHANGE_ALERTS = 1 << 7,   /* what only a person can settle, and what was missed */
  CS_CHANGE_REQUESTS = 1 << 8, /* the log of calls */
  CS_CHANGE_PINS = 1 << 9,     /* which invoices are pinned */
  CS_CHANGE_VIEWS = 1 << 10,   /* saved views of invoices */
  CS_CHANGE_WORK = 1 << 11,    /* the practice manager: its clients and lists, how they travel */
  CS_CHANGE_JOBS = 1 << 12,    /* jobs, and how they are made */
} CsChange;

typedef enum
{
  CS_LINK_NONE, /* never connected */
  CS_LINK_CONNECTED,
  CS_LINK_OFFLINE,        /* connected, but the last call found no network */
  CS_LINK_UNWELL,         /* it answers, but not properly, and has for a while */
  CS_LINK_SIGN_IN_NEEDED, /* the grant is gone */
  CS_LINK_VAULT_LOCKED,   /* the keyring is locked or absent */
  CS_LINK_DISCONNECTED,   /* by a person */
} CsLinkState;

typedef enum
{
  CS_ACTIVITY_IDLE,
  CS_ACTIVITY_PULLING,
  CS_ACTIVITY_PUSHING,
} CsActivity;

/* How many rows of the journal are in each state. */
typedef struct
{
  guint n[CS_JOURNAL_CANCELLED + 1]; /* by CsJournalState */
} CsJournalCounts;

typedef struct
{
  const CsClock *clock;
  /* What a simulation puts in the place of the machine: how to wait, and the ledger that a connection leads
   * to. With
   * @ledger_func the databases run on the calling thread, one job a turn of the loop. All NULL in the
   * program. */
  DexFuture *(*wait_until) (gint64 wake_ms, gpointer data);
  struct _CsLedger *(*ledger_func) (const CsConnection *connection, gpointer data); /* (transfer full) */
  gpointer simulation_data;
  gboolean
      is_commanded; /* the agent's and the command line's: nothing goes by itself, all of it is asked for */
  gboolean is_unpaced;           /* a benchmark's: no limit of calls but five in flight */
  char *sandbox_address;         /* a demo practice's ledger: "http://localhost:PORT"; NULL otherwise */
  char *build_client_id;         /* "" when the build has none */
  struct _CsSessionAhead *ahead; /* (nullable): what of the practice may be open already */
} CsSessionOptions;
void cs_session_options_free (CsSessionOptions *options);

#define CS_TYPE_SESSION (cs_session_get_type ())
G_DECLARE_FINAL_TYPE (CsSession, cs_session, CS, SESSION, GObject)

/* Opens the practice on the writer thread; resolves to the CsSession (cs_await_object). @options is taken.
 */
DexFuture *
cs_session_open (const CsPracticeEntry *entry, CsSessionOptions *options) G_GNUC_WARN_UNUSED_RESULT;
/* Finishes what is being written, closes the file, lets go of the lock. */
DexFuture *cs_session_close (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;

/* Signal "changed" (guint CsChange). Properties: "link-state" (int CsLinkState), "activity" (int CsActivity),
 * "progress" (guint, records of the running pull), "synced-ms" (int64), "last-problem" (string:
 * the newest error of a background run in words for a person, "" when the next run went well). */
const CsPracticeEntry *cs_session_get_practice (CsSession *session);
const CsClock *cs_session_get_clock (CsSession *session);
GTimeZone *cs_session_get_time_zone (CsSession *session);
CsDate cs_session_get_today (CsSession *session);
CsLinkState cs_session_get_link_state (CsSession *session);
gint64 cs_session_get_next_look_ms (CsSession *session);
CsActivity cs_session_get_activity (CsSession *session);
guint cs_session_get_progress (CsSession *session);
gint64 cs_session_get_synced_ms (CsSession *session);
const char *cs_session_get_last_problem (CsSession *session);
const CsConnection *cs_session_get_connection (CsSession *session); /* (nullable) */
const CsSettings *cs_session_get_settings (CsSession *session);     /* as last read; never NULL once open */
gboolean cs_session_get_was_restored (CsSession *session);

/* Runs @func on the reader thread with a read-only store; its answer is the future's record. model's door: ui
 * does not know the store. */
typedef struct _CsStore CsStore; /* model knows it; ui does not */
typedef gpointer (*CsStoreFunc) (CsStore *store, gpointer data, GError **error);
DexFuture *cs_session_read (CsSession *session,
                            CsStoreFunc func,
                            gpointer data,
                            GDestroyNotify free_data,
                            GDestroyNotify free_result) G_GNUC_WARN_UNUSED_RESULT;
/* The same for what may take seconds: what is asked by cs_session_read() meanwhile doesn't wait for it. */
DexFuture *cs_session_read_whole (CsSession *session,
                                  CsStoreFunc func,
                                  gpointer data,
                                  GDestroyNotify free_data,
                                  GDestroyNotify free_result) G_GNUC_WARN_UNUSED_RESULT;

/* Commands. Each resolves once it is on disk, then "changed" is emitted. What they are given is copied. */
DexFuture *cs_session_save_settings (CsSession *session, const CsSettings *settings)
    G_GNUC_WARN_UNUSED_RESULT; /* CsSettings as they were before */
/* What shapes invoices is as it was before a save, unless it was changed since. */
DexFuture *cs_session_restore_settings_shape (CsSession *session,
                                              const CsSettings *before,
                                              const CsSettings *after) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_save_client (CsSession *session,
                                   const CsClient *client) G_GNUC_WARN_UNUSED_RESULT; /* CsClient as saved */
/* What the client has of its own; what is planned follows. */
DexFuture *
cs_session_save_client_shape (CsSession *session,
                              const CsUuid *client_id,
                              const CsShape *shape) G_GNUC_WARN_UNUSED_RESULT; /* CsShape as it was before */
DexFuture *cs_session_restore_client_shape (CsSession *session,
                                            const CsUuid *client_id,
                                            const CsShape *before,
                                            const CsShape *after) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_archive_client (CsSession *session, const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_link_client (CsSession *session,
                                   const CsUuid *client_id,
                                   const char *remote_contact_id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
cs_session_import_contact (CsSession *session,
                           const char *remote_contact_id,
                           const char *work_id) G_GNUC_WARN_UNUSED_RESULT; /* CsClient [C-02, K-3] */
DexFuture *
cs_session_save_proposal (CsSession *session,
                          const CsProposal *proposal) G_GNUC_WARN_UNUSED_RESULT; /* CsProposal as saved */
DexFuture *cs_session_delete_proposal (CsSession *session, const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_accept_proposal (CsSession *session,
                                       const CsUuid *id,
                                       const CsAcceptance *acceptance) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_undo_acceptance (CsSession *session, const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_release_acceptance (CsSession *session,
                                          const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT; /* "Send now" */
DexFuture *
cs_session_release_planned (CsSession *session, const CsPlannedSeen *seen) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *
cs_session_retry_journal (CsSession *session, const CsUuid *id, gboolean renumber) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_cancel_journal (CsSession *session, const CsUuid *id) G_GNUC_WARN_UNUSED_RESULT;

/* Remote runs. Push goes by itself whenever something is due; these are the buttons [K-15]. */
DexFuture *cs_session_push_now (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_pull_now (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;
/* The organisation, its short lists, credit notes, prepayments and overpayments are read once an hour, and
 * when a person asks: call this before. */
void cs_session_expect_all (CsSession *session);
DexFuture *cs_session_sync_now (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;
/* Pushes until there is nothing more to do at once, or for as long as that takes within @patience_ms;
 * resolves to the journal's CsJournalCounts (cs_await_record), whatever came of it. */
DexFuture *
cs_session_run_push (CsSession *session, gint64 patience_ms, gboolean is_asked) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_count_journal (CsSession *session) G_GNUC_WARN_UNUSED_RESULT; /* CsJournalCounts */
/* Everything anew, whatever the cursors say: what the nightly run does, too. Shares the pull in the air if
 * that is a full one; else it comes after it. */
DexFuture *cs_session_refresh_all (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;
/* The pull in the air ends with a cancellation; what it stored stays, and the next goes on from there. */
void cs_session_cancel_pull (CsSession *session);
const CsSyncProgress *cs_session_get_sync_progress (CsSession *session); /* notified as "progress" */
gboolean cs_session_get_meter (CsSession *session, CsMeter *meter);      /* FALSE: not connected [B-21] */
/* Goes through the audit chain once a day, and each time compares it with what the keyring remembers, then
 * has that remember the head; rejects with CS_STORE_ERROR_DAMAGED, leaves the keyring as it is and raises an
 * alert when a row doesn't fit or the chain was rewritten or shortened. */
DexFuture *cs_session_note_audit (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_accept_audit (CsSession *session, const char *reason) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *cs_session_disconnect (CsSession *session) G_GNUC_WARN_UNUSED_RESULT; /* [W-09] */

/* In the browser: NULL when there is no short code or remote id. (transfer full) */
char *cs_session_get_invoice_link (CsSession *session, const char *remote_invoice_id);
char *cs_session_get_contact_link (CsSession *session, const char *remote_contact_id);

G_END_DECLS
