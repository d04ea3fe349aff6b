/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-pill.h"
#include "cs-format.h"

#include <glib/gi18n-lib.h>

/** cs_pill_for_invoice: Returns: what a person calls its state [K-9] */
CsPill
cs_pill_for_invoice (const CsLedgerInvoice *invoice, CsDate today)
{
  gboolean is_part_paid = cs_ledger_invoice_is_part_paid (invoice->total, invoice->balance, invoice->status);

  if (invoice->gone_ms != 0)
    return (CsPill){ _ ("Gone from Xero"), "dialog-question-symbolic", "warning" };
  switch (cs_ledger_status_to_view (invoice->status, invoice->balance, invoice->due, today))
    {
    case CS_INVOICE_VIEW_DRAFT:
      return (CsPill){ _ ("Draft"), "document-edit-symbolic", "" };
    case CS_INVOICE_VIEW_SUBMITTED:
      return (CsPill){ _ ("Submitted"), "document-send-symbolic", "" };
    case CS_INVOICE_VIEW_OVERDUE:
      return (CsPill){ _ ("Overdue"), "appointment-missed-symbolic", "error" };
    case CS_INVOICE_VIEW_PAID:
      return (CsPill){ _ ("Paid"), "object-select-symbolic", "success" };
    case CS_INVOICE_VIEW_VOIDED:
      return (CsPill){ _ ("Voided"), "action-unavailable-symbolic", "" };
    case CS_INVOICE_VIEW_DELETED:
      return (CsPill){ _ ("Deleted"), "user-trash-symbolic", "" };
    case CS_INVOICE_VIEW_OPEN:
    default:
      return is_part_paid ? (CsPill){ _ ("Part paid"), "content-loading-symbolic", "accent" }
                          : (CsPill){ _ ("Open"), "mail-unread-symbolic", "accent" };
    }
}

/** cs_pill_words_for_invoice: Returns: (transfer full): its state, and how long it is overdue */
char *
cs_pill_words_for_invoice (const CsLedgerInvoice *invoice, CsDate today)
{
  if (invoice->gone_ms == 0
      && cs_ledger_status_to_view (invoice->status, invoice->balance, invoice->due, today)
             == CS_INVOICE_VIEW_OVERDUE)
    return cs_format_overdue (invoice->due, today);
  return g_strdup (cs_pill_for_invoice (invoice, today).word);
}

/** cs_pill_for_proposal: Returns: its state */
CsPill
cs_pill_for_proposal (CsProposalState state)
{
  switch (state)
    {
    case CS_PROPOSAL_IN_REVIEW:
      return (CsPill){ _ ("In review"), "system-search-symbolic", "" };
    case CS_PROPOSAL_AWAITING:
      return (CsPill){ _ ("Awaiting"), "document-send-symbolic", "accent" };
    case CS_PROPOSAL_ACTIVE:
      return (CsPill){ _ ("Accepted"), "object-select-symbolic", "success" };
    case CS_PROPOSAL_COMPLETED:
      return (CsPill){ _ ("Completed"), "checkbox-checked-symbolic", "" };
    case CS_PROPOSAL_LOST:
      return (CsPill){ _ ("Lost"), "action-unavailable-symbolic", "" };
    case CS_PROPOSAL_DECLINED:
      return (CsPill){ _ ("Declined"), "window-close-symbolic", "" };
    case CS_PROPOSAL_EXPIRED:
      return (CsPill){ _ ("Expired"), "appointment-missed-symbolic", "warning" };
    case CS_PROPOSAL_REVOKED:
      return (CsPill){ _ ("Revoked"), "edit-undo-symbolic", "" };
    case CS_PROPOSAL_DRAFT:
    default:
      return (CsPill){ _ ("Draft"), "document-edit-symbolic", "" };
    }
}

/** cs_pill_for_client: Returns: its state */
CsPill
cs_pill_for_client (CsClientState state)
{
  switch (state)
    {
    case CS_CLIENT_ACTIVE:
      return (CsPill){ _ ("Active"), "object-select-symbolic", "success" };
    case CS_CLIENT_ARCHIVED:
      return (CsPill){ _ ("Archived"), "folder-symbolic", "" };
    case CS_CLIENT_LEAD:
    default:
      return (CsPill){ _ ("Lead"), "avatar-default-symbolic", "" };
    }
}

static CsPill
make_held (void)
{
  return (CsPill){ _ ("Held"), "media-playback-pause-symbolic", "accent" };
}

/** cs_pill_for_job: Returns: its state */
CsPill
cs_pill_for_job (const CsJob *job)
{
  return job->is_held ? make_held () : cs_pill_for_job_state (job->state);
}

/** cs_pill_for_job_state: Returns: as cs_pill_for_job(), where that is all that is known */
CsPill
cs_pill_for_job_state (CsJobState state)
{
  switch (state)
    {
    case CS_JOB_DEPLOYING:
      return (CsPill){ _ ("Being made"), "document-send-symbolic", "accent" };
    case CS_JOB_LIVE:
      return (CsPill){ _ ("Live"), "media-playback-start-symbolic", "success" };
    case CS_JOB_INCOMPLETE:
      return (CsPill){ _ ("Live, incomplete"), "dialog-warning-symbolic", "warning" };
    case CS_JOB_BLOCKED:
      return (CsPill){ C_ ("job", "Blocked"), "dialog-error-symbolic", "error" };
    case CS_JOB_COMPLETED:
      return (CsPill){ C_ ("job", "Completed"), "checkbox-checked-symbolic", "" };
    case CS_JOB_CANCELLED:
      return (CsPill){ _ ("Not made"), "action-unavailable-symbolic", "" };
    case CS_JOB_PLANNED:
    default:
      return (CsPill){ C_ ("job", "Planned"), "x-office-calendar-symbolic", "" };
    }
}

/** cs_pill_for_operation: Returns: how far it is */
CsPill
cs_pill_for_operation (const CsOperation *operation)
{
  switch (operation->state)
    {
    case CS_JOURNAL_HELD:
      return make_held ();
    case CS_JOURNAL_SENDING:
      return (CsPill){ _ ("Sending"), "document-send-symbolic", "accent" };
    case CS_JOURNAL_DOUBTFUL:
      return (CsPill){ _ ("Checking with Xero"), "system-search-symbolic", "warning" };
    case CS_JOURNAL_WAITING:
      return (CsPill){ _ ("Waiting"), "appointment-soon-symbolic", "warning" };
    case CS_JOURNAL_BLOCKED:
      return (CsPill){ _ ("Blocked"), "dialog-error-symbolic", "error" };
    case CS_JOURNAL_DONE:
      if (operation->outcome == CS_OUTCOME_CHANGED_BY_LEDGER)
        return (CsPill){ _ ("Sent, changed"), "dialog-warning-symbolic", "warning" };
      return operation->is_invoice ? (CsPill){ _ ("Sent"), "object-select-symbolic", "success" }
                                   : (CsPill){ _ ("Linked"), "object-select-symbolic", "success" };
    case CS_JOURNAL_CANCELLED:
      return (CsPill){ _ ("Cancelled"), "action-unavailable-symbolic", "" };
    case CS_JOURNAL_QUEUED:
    default:
      return operation->waits_for_another
                 ? (CsPill){ _ ("Waiting for contact"), "avatar-default-symbolic", "" }
                 : (CsPill){ _ ("Queued"), "view-list-symbolic", "" };
    }
}

/** cs_pill_for_planned: Returns: the state of an invoice whose day has not come */
CsPill
cs_pill_for_planned (void)
{
  return (CsPill){ _ ("Planned"), "x-office-calendar-symbolic", "" };
}

/** cs_pill_for_skipped: Returns: the state of an invoice that a person decided not to bill */
CsPill
cs_pill_for_skipped (void)
{
  return (CsPill){ _ ("Skipped"), "action-unavailable-symbolic", "" };
}

/** cs_pill_for_person: Returns: the state of what can't go on without one */
CsPill
cs_pill_for_person (void)
{
  return (CsPill){ _ ("Needs you"), "dialog-warning-symbolic", "error" };
}
