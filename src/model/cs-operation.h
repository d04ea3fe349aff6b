/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-found.h"
#include "cs-outcome.h"
#include "cs-records.h"

G_BEGIN_DECLS

/* What a person sees of a journal row: something written to the ledger, or about to be. */
typedef struct
{
  CsUuid id;
  gboolean is_invoice; /* else a contact */
  CsUuid subject_id;   /* the planned invoice, or the client */
  CsUuid proposal_id;
  char *title; /* the client's name */
  char *number;
  CsJournalState state;
  gboolean waits_for_another; /* its contact is not there yet */
  guint attempts;
  gint64 created_ms;
  gint64 hold_until_ms;
  gint64 next_ms;
  gint64 sent_ms;
  gint64 finished_ms;
  CsOutcome outcome;
  char *outcome_message; /* the ledger's own words */
  char *correlation_id;
  char *remote_id;
  char *contact_id; /* of a blocked one whose client is linked: the contact at the ledger; else "" */
  /* What the ledger has under the number of a blocked invoice; NULL: nothing, or it was not seen. */
  CsLedgerInvoice *found;
  CsFoundKind found_kind;
  gboolean found_is_linked;
  CsDate planned_date; /* of that invoice, and its reference */
  char *planned_reference;
  guint n_waiting; /* of a contact: how many invoices wait for it */
  CsMoney amount;  /* as planned; where the ledger made it another, the ledger's */
  char *actor;
} CsOperation;

/* Where a person looks for it. */
typedef enum
{
  CS_OPERATION_NEEDS_YOU,
  CS_OPERATION_WAITING, /* for a moment, for another row, for the ledger */
  CS_OPERATION_GOING,   /* next to go, on its way, or being looked for at the ledger */
  CS_OPERATION_OVER,
} CsOperationGroup;

void cs_operation_free (CsOperation *operation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsOperation, cs_operation_free)
/* The last moment that it moved: finished, sent or made. */
gint64 cs_operation_get_moved_ms (const CsOperation *operation);
/* A ledger may take a number once only: whether "use the next number" would help, and bills nothing twice. */
gboolean cs_operation_is_number_taken (const CsOperation *operation);
gboolean
cs_operation_may_be_adopted (const CsOperation *operation); /* whether a person may say that it is there */
CsOperationGroup cs_operation_get_group (const CsOperation *operation);
gboolean cs_operation_can_cancel (const CsOperation *operation); /* surely not sent yet */

G_END_DECLS
