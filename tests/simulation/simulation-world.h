/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session-private.h"

#include "cs-store-journal.h"
#include "simulation-books.h"

G_BEGIN_DECLS

/* One seeded world: a practice on a disk that fails, its session, a ledger that is slow and breaks off, two
 * clocks, and people at both ends. Nothing in it but the seed says what happens, so a seed replays. */

#define WORLD_N_CLIENTS 4
#define WORLD_N_PROPOSALS 6

/* What the network and the ledger's limits are like: chances in a hundred, a call. */
typedef struct
{
  int unreachable;      /* surely not sent */
  int let_go;           /* cancelled by what it needed: the link was made anew, a sign-in was given up */
  int lost_before;      /* it never arrived, but that cannot be known */
  int lost_after;       /* done, and the answer was lost */
  int late;             /* a time-out; it will be done within LATE_MS */
  gint64 busy_until_ms; /* 429: the ledger's clock */
  gint64 retry_after_ms;
  gboolean is_revoked;
  gboolean is_locked; /* the keyring */
} Weather;

typedef enum
{
  CALL_PREPARE,
  CALL_ORGANISATION,
  CALL_LIST,
  CALL_PAGE,
  CALL_PUT_CONTACT,
  CALL_PUT_INVOICE,
  CALL_FIND_CONTACT,
  CALL_FIND_INVOICE,
} CallKind;

typedef struct
{
  CallKind kind;
  gconstpointer door;  /* whose it is, for telling only */
  DexPromise *promise; /* (nullable): nobody waits for the answer any more */
  char *text;
  char *key;
  CsRemoteFailure *failure; /* (nullable) unowned */
  CsLedgerQuery query;
  GStrv ids;
  gint64 due_ms; /* the ledger's clock */
} Call;

typedef struct
{
  DexPromise *promise;
  gint64 wake_ms; /* the desk's clock */
} Wait;

typedef struct
{
  guint n_steps, n_crashes, n_cuts, n_restores, n_doubts, n_done, n_blocked, n_cancelled, n_faults,
      n_takeovers, n_adopted, n_merges, n_changes, n_sent_after_all;
} Tally;

typedef struct
{
  guint32 seed;
  GRand *rand;
  gboolean is_loud;
  gboolean is_calm; /* the storm is over */
  CsClock clock;
  gint64 offset_ms; /* of the desk's clock from the ledger's */
  char *folder;
  guint n_folders;
  CsPracticeEntry *practice;
  CsSession *session;  /* (nullable) between a crash and the next start */
  CsSession *previous; /* (nullable): one that was taken over, and doesn't know it */
  Books *books;
  Weather weather;
  GPtrArray *calls;    /* of Call */
  GPtrArray *waits;    /* of Wait */
  GHashTable *excused; /* plan → reason: a person saw it at the ledger and decided */
  GHashTable *wanted;  /* plan → proposal: sent after all, by a person who had cancelled it */
  GHashTable *settled; /* of plan: on its way, or there, when something was said about its services */
  char *backup;        /* (nullable): path of a copy made earlier */
  GHashTable *backup_accepted;
  gboolean was_restored;
  CsUuid connection_id;
  CsUuid clients[WORLD_N_CLIENTS];
  CsUuid proposals[WORLD_N_PROPOSALS];
  GHashTable *accepted; /* proposal's index → accepted once */
  Tally tally;
} World;

#define LATE_MS 1900

World *world_new (guint32 seed, gboolean is_loud);
void world_free (World *world);
int world_draw (World *world, int below); /* 0 … below - 1 */
gboolean world_chance (World *world, int percent);
gint64 world_desk_ms (const World *world);
void world_say (World *world, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Lets everything happen that waits for nothing. */
void world_settle_loop (World *world);
/* The next thing in time, a call that arrives or a wait that ends, at most @longest_ms from now. */
void world_pass_time (World *world, gint64 longest_ms);
/* Runs the loop, and time, until @future is settled. (transfer full) Its error, if it has one. */
GError *world_await (World *world, DexFuture *future);
/* The same; the record. */
gpointer world_await_record (World *world, DexFuture *future, GError **error);

gboolean world_open (World *world, GError **error);
void world_close (World *world);
/* Ends @session and, where it is the world's own, forgets it. */
void world_close_session (World *world, CsSession **session);
/* The process ends where it stands; the disk keeps what a kill, or a cut of the power, leaves. */
void world_crash (World *world);

/* simulation-ledger.c: the door that the session has to the books. */
CsLedger *world_make_ledger (const CsConnection *connection, gpointer data);
void world_settle_calls (World *world);
void world_drop_calls (World *world);
void call_free (gpointer data);

/* simulation-people.c */
void people_act_at_the_desk (World *world);
void people_act_at_the_ledger (World *world);
void people_settle_blocked (World *world, gboolean all);
void people_sign_in (World *world);
void people_accept_what_was_lost (World *world);
void people_accept_the_rest (World *world);

/* simulation-billing.c; both (nullable) when the file cannot be read */
CsProposal *world_get_proposal (World *world, guint index);
GPtrArray *world_list_planned (World *world, guint index); /* of CsPlannedInvoice */
void people_change_billing (World *world);
void people_send_after_all (World *world);
void people_want_no_more (World *world, const char *id); /* of a plan, or of all of a proposal */
void check_plans (World *world);
void check_wanted (World *world, GPtrArray *rows);

/* simulation-trouble.c */
void trouble_strike (World *world);
void trouble_end (World *world);

/* simulation-check.c: a word for each rule that is broken goes to books_violate(). */
void check_now (World *world);
void check_at_rest (World *world);
CsFoundInvoice *
check_get_found (World *world, const CsJournalEntry *entry); /* (nullable): as the card has it */
GPtrArray *check_list_journal (World *world); /* of CsJournalEntry; (nullable) when the file cannot be read */

G_END_DECLS
