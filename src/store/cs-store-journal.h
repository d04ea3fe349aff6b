/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-found.h"
#include "cs-store.h"

G_BEGIN_DECLS

#define CS_JOURNAL_KIND_CONTACT "contact.create"
#define CS_JOURNAL_KIND_INVOICE "invoice.create"

typedef struct
{
  CsUuid id; /* identity: from what is pushed, not from the attempt */
  char *kind;
  CsUuid connection_id;
  CsUuid subject_id;  /* the client, or the planned invoice */
  CsUuid proposal_id; /* why */
  char *title;        /* for a list: the client's name; never translated */
  char *number;       /* the invoice number, or the client's number */
  CsJournalState state;
  guint generation;
  guint attempts;
  gint64 created_ms;
  gint64 hold_until_ms;
  gint64 next_ms;
  gint64 sent_ms;
  gint64 finished_ms;
  gint64 epoch;
  gboolean probe_first;
  GBytes *frozen; /* (nullable): the exact bytes */
  char *frozen_sha256;
  char *outcome_code;    /* a word of cs_outcome_to_string() */
  char *outcome_message; /* the remote's own words, "" */
  char *correlation_id;
  char *remote_id;    /* what it became, "" */
  char *found_id;     /* of a blocked invoice: what the ledger has under its number, "" */
  char *sent_contact; /* of an invoice: whom the frozen bytes are for, at the ledger; "": not known */
  CsMoney amount;     /* of an invoice */
  char *actor;
  gboolean dependencies_done;
  guint n_waiting;     /* rows that wait for it and are neither done nor cancelled */
  gboolean push_asked; /* a person said that it, or what waits for it, goes now, whatever the schedule */
} CsJournalEntry;

void cs_journal_entry_free (CsJournalEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJournalEntry, cs_journal_entry_free)

GPtrArray *cs_store_list_journal (CsStore *store,
                                  const CsUuid *proposal_id,
                                  GError **error); /* NULL: all, newest first */
/* NULL: those of the one ledger, and those that wait for one; never those of a tenant connected before. */
GPtrArray *
cs_store_list_unfinished (CsStore *store, const CsUuid *connection_id, GError **error); /* oldest first */
CsJournalEntry *cs_store_get_journal (CsStore *store, const CsUuid *id, GError **error);
guint cs_store_count_journal_changes (CsStore *store);

/* A change of state that sends nothing: hold ended, waiting, doubtful, blocked, cancelled, queued. The row is
 * written as the engine left it; @expected guards against a stale copy (STATE). */
typedef struct
{
  CsJournalState expected;
  CsJournalState state;
  guint generation;
  guint attempts;
  gint64 next_ms;
  gboolean keep_frozen; /* FALSE: the frozen bytes are dropped (a new generation follows) */
  const char *outcome_code;
  const char *outcome_message;
  const char *correlation_id;
  const char *found_id; /* what was found under its number; NULL: nothing */
} CsJournalChange;
gboolean
cs_store_change_journal (CsStore *store, const CsUuid *id, const CsJournalChange *change, GError **error);

/* Commits *sending* under @epoch with the exact bytes; @contact_id: whom they are for, "" for none. */
gboolean cs_store_freeze_journal (CsStore *store,
                                  const CsUuid *id,
                                  CsJournalState expected,
                                  guint generation,
                                  GBytes *bytes,
                                  const char *contact_id,
                                  gint64 epoch,
                                  GError **error);
/* The answer, the link and *done* in one transaction. @adopted: found by a probe rather than made by the
 * send. */
gboolean cs_store_finish_contact (CsStore *store,
                                  const CsUuid *journal_id,
                                  const CsLedgerContact *contact,
                                  gboolean adopted,
                                  const char *correlation_id,
                                  GError **error);
gboolean cs_store_finish_invoice (CsStore *store,
                                  const CsUuid *journal_id,
                                  const CsLedgerInvoice *invoice,
                                  gboolean adopted,
                                  const char *correlation_id,
                                  GError **error);
/* Whether some journal row or client is linked to this remote id already: an adoption must not take it. */
gboolean cs_store_is_remote_linked (CsStore *store,
                                    const CsUuid *connection_id,
                                    const char *remote_id,
                                    gboolean *is_linked,
                                    GError **error);
/* What the ledger has under the number of an invoice that a person must decide about. */
typedef struct
{
  CsLedgerInvoice *invoice;
  CsFoundKind kind;
  gboolean is_linked; /* to something else here */
  CsDate date;        /* as planned, and so is the reference */
  char *reference;
} CsFoundInvoice;
void cs_found_invoice_free (CsFoundInvoice *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsFoundInvoice, cs_found_invoice_free)
gboolean cs_store_judge_found (CsStore *store,
                               const CsUuid *journal_id,
                               const CsLedgerInvoice *invoice,
                               CsFoundKind *kind,
                               GError **error);
gboolean cs_store_block_found (CsStore *store,
                               const CsUuid *id,
                               const CsJournalChange *change,
                               const CsLedgerInvoice *invoice,
                               GError **error);
CsFoundInvoice *cs_store_get_found (CsStore *store, const CsUuid *journal_id, GError **error);
/* A person says that it is this one, as it was read back just now. */
gboolean cs_store_adopt_found (CsStore *store,
                               const CsUuid *journal_id,
                               const CsLedgerInvoice *invoice,
                               GError **error);
/* What an invoice row is made of, at the moment it is frozen. */
gboolean cs_store_load_invoice_push (CsStore *store,
                                     const CsUuid *journal_id,
                                     CsPlannedInvoice **invoice,
                                     CsClient **client,
                                     GError **error);
/* What a person sends again: the change, and before it, where @renumber says so, the next number of the
 * series for a blocked invoice whose own is taken. One transaction. */
gboolean cs_store_retry_journal (CsStore *store,
                                 const CsUuid *id,
                                 const CsJournalChange *change,
                                 gboolean renumber,
                                 GError **error);
/* The number alone; the invoice stays blocked. */
gboolean cs_store_renumber_journal (CsStore *store, const CsUuid *id, GError **error);

G_END_DECLS
