/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-journal-engine.h"
#include "cs-session-private.h"
#include "cs-store-journal.h"

G_BEGIN_DECLS

/* What one step of a row has the writer thread do: the engine's word and what goes with it. */
typedef struct
{
  CsUuid id;
  CsUuid connection_id;
  CsJournalRow row;
  CsJournalState expected;
  GBytes *bytes;
  CsPracticeLock *lock; /* unowned */
  gint64 epoch;
  gboolean is_contact;
  gboolean adopted;
  char *contact_id; /* whom the bytes of an invoice are for */
  CsOutcome code;
  char *message;
  char *correlation_id;
  char *remote_id;
  CsLedgerContact *contact;
  CsLedgerInvoice *invoice;
} CsPushJob;
CsPushJob *cs_push_job_new (CsSession *session, const CsJournalEntry *entry);
/* Takes @job. */
gpointer cs_push_job_run (CsSession *session,
                          CsDatabaseFunc func,
                          CsPushJob *job,
                          GDestroyNotify free_result,
                          GError **error);

/* What is pushed: an invoice and whom it is for, or a client alone. */
typedef struct
{
  CsPlannedInvoice *planned; /* (nullable) */
  CsClient *client;
} CsPush;
void cs_push_free (CsPush *push);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPush, cs_push_free)

/* What was found under an invoice's number, and whether it is this one. */
typedef struct
{
  CsFoundKind kind;
  CsLedgerInvoice *invoice;
} CsPushFound;
void cs_push_found_free (CsPushFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPushFound, cs_push_found_free)

/* Each takes a CsPushJob. */
gpointer cs_push_job_load (CsStore *store, gpointer data, GError **error);        /* CsPush */
gpointer cs_push_job_change (CsStore *store, gpointer data, GError **error);      /* nothing */
gpointer cs_push_job_freeze (CsStore *store, gpointer data, GError **error);      /* nothing */
gpointer cs_push_job_finish (CsStore *store, gpointer data, GError **error);      /* nothing */
gpointer cs_push_job_is_linked (CsStore *store, gpointer data, GError **error);   /* gboolean */
gpointer cs_push_job_judge_found (CsStore *store, gpointer data, GError **error); /* CsPushFound */

G_END_DECLS
