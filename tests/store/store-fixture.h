/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-practice-lock.h"
#include "cs-registry.h"
#include "cs-store-private.h"

G_BEGIN_DECLS

/* A practice in a temporary folder, with a clock that only moves when told. It is 2026-11-22 09:00 UTC. */
typedef struct
{
  char *folder;
  char *path;
  CsClock clock;
  gint64 now_ms;
  CsStore *store;
  CsPracticeLock *lock;
  gint64 epoch;
} Practice;

#define FIXTURE_NOW_MS G_GINT64_CONSTANT (1795338000000)
#define FIXTURE_TODAY (cs_date_from_parts (2026, 11, 22))

void practice_set_up (Practice *practice, gconstpointer data);
void practice_tear_down (Practice *practice, gconstpointer data);
#define ADD_TEST(path, func) g_test_add (path, Practice, NULL, practice_set_up, func, practice_tear_down)

void practice_reopen (Practice *practice);
void practice_close (Practice *practice);
CsStore *practice_open_reader (Practice *practice);
gboolean practice_claim (Practice *practice); /* takes the lock and claims; whether the file was restored */
void practice_wait (Practice *practice, gint64 ms);
CsUuid practice_connect (Practice *practice, const char *tenant_id);

CsClient *practice_add_client (Practice *practice, const char *name, const char *email);
/* An upfront line of 1 × 1000.00 and a monthly one of 2 × 120.125, 15 % tax, on the first of the month. */
CsProposal *practice_new_proposal (const CsClient *client);
CsProposal *practice_add_proposal (Practice *practice, const CsClient *client);
CsAcceptance *practice_new_acceptance (CsDate on);
void practice_accept (Practice *practice, const CsProposal *proposal);
CsProposal *practice_get_proposal (Practice *practice, const CsUuid *id);
CsClient *practice_get_client (Practice *practice, const CsUuid *id);

CsJournalEntry *practice_find_row (Practice *practice, const CsUuid *proposal_id, const char *kind);
CsJournalEntry *practice_get_row (Practice *practice, const CsUuid *id);
gboolean practice_release (Practice *practice, const CsJournalEntry *row, GError **error); /* its invoice */
guint practice_count_rows (Practice *practice, const CsUuid *proposal_id);
void practice_change (Practice *practice, const CsUuid *id, CsJournalState from, CsJournalState to);
void practice_freeze (Practice *practice, const CsUuid *id, CsJournalState from, guint generation);
/* Held → queued → sending → done, its contact first. */
void practice_send_all (Practice *practice, const CsUuid *proposal_id);

CsLedgerContact *make_contact (const char *remote_id, const char *name, const char *email);
CsLedgerInvoice *make_summary (const char *remote_id, const char *number, CsDate date, gint64 total_minor);
CsLedgerInvoice *make_invoice (const char *remote_id, const char *number, CsDate date, gint64 total_minor);

gint64 practice_query (Practice *practice, const char *statement); /* one number */
char *practice_dump (Practice *practice); /* every row of every table but audit, as text */
void practice_run_sql (Practice *practice, const char *script); /* raw, past the store */
void practice_assert_sound (Practice *practice);                /* integrity, foreign keys, audit chain */

#define assert_store_error(error, wanted)                                                                    \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_assert_error (error, CS_STORE_ERROR, (int)(wanted));                                                   \
    g_assert_cmpstr ((error)->message, !=, "");                                                              \
    g_clear_error (&(error));                                                                                \
  }                                                                                                          \
  G_STMT_END

G_END_DECLS
