/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-operation-private.h"
#include "cs-shape-words.h"
#include "cs-store-clients.h"
#include "cs-store-ledger.h"
#include "cs-store-proposals.h"

/** cs_operation_free: */
void
cs_operation_free (CsOperation *operation)
{
  if (operation == NULL)
    return;
  g_free (operation->title);
  g_free (operation->number);
  g_free (operation->outcome_message);
  g_free (operation->correlation_id);
  g_free (operation->remote_id);
  g_free (operation->contact_id);
  g_free (operation->actor);
  g_clear_pointer (&operation->found, cs_ledger_invoice_free);
  g_free (operation->planned_reference);
  g_free (operation);
}

static char *
dup_text (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

/** cs_operation_new_from_entry: Returns: (transfer full): what a person sees of @entry; never its frozen
 * bytes */
CsOperation *
cs_operation_new_from_entry (const CsJournalEntry *entry)
{
  CsOperation *operation = g_new0 (CsOperation, 1);

  operation->id = entry->id;
  operation->is_invoice = g_strcmp0 (entry->kind, CS_JOURNAL_KIND_INVOICE) == 0;
  operation->subject_id = entry->subject_id;
  operation->proposal_id = entry->proposal_id;
  operation->title = dup_text (entry->title);
  operation->number = dup_text (entry->number);
  operation->state = entry->state;
  operation->waits_for_another = !entry->dependencies_done;
  operation->attempts = entry->attempts;
  operation->created_ms = entry->created_ms;
  operation->hold_until_ms = entry->hold_until_ms;
  operation->next_ms = entry->next_ms;
  operation->sent_ms = entry->sent_ms;
  operation->finished_ms = entry->finished_ms;
  /* A word of a newer program reads as none: the message beside it still tells. */
  if (entry->outcome_code == NULL || !cs_outcome_parse (entry->outcome_code, &operation->outcome, NULL))
    operation->outcome = CS_OUTCOME_NONE;
  operation->outcome_message = cs_outcome_is_about_shape (operation->outcome)
                                   ? cs_shape_words_violation (operation->outcome, entry->outcome_message)
                                   : dup_text (entry->outcome_message);
  operation->correlation_id = dup_text (entry->correlation_id);
  operation->remote_id = dup_text (entry->remote_id);
  operation->contact_id = g_strdup ("");
  operation->planned_date = CS_DATE_NONE;
  operation->planned_reference = g_strdup ("");
  operation->n_waiting = operation->is_invoice || entry->state == CS_JOURNAL_DONE ? 0 : entry->n_waiting;
  operation->amount = entry->amount;
  operation->actor = dup_text (entry->actor);
  return operation;
}

/* Only so that a person can be led to it: that it can't be read is no failure. */
static void
find_contact (CsStore *store, CsOperation *operation)
{
  g_autoptr (CsProposal) proposal = NULL;
  g_autoptr (CsClient) client = NULL;

  if (!cs_uuid_is_none (&operation->proposal_id))
    proposal = cs_store_get_proposal (store, &operation->proposal_id, NULL);
  if (proposal != NULL)
    client = cs_store_get_client (store, &proposal->client_id, NULL);
  if (client != NULL)
    g_set_str (&operation->contact_id, client->remote_contact_id);
}

/* What it is about, so that a person can tell; what can't be read can't be taken over either. */
static void
find_found (CsStore *store, CsOperation *operation)
{
  g_autoptr (CsFoundInvoice) found = cs_store_get_found (store, &operation->id, NULL);

  if (found == NULL)
    return;
  operation->found = g_steal_pointer (&found->invoice);
  operation->found_kind = found->kind;
  operation->found_is_linked = found->is_linked;
  operation->planned_date = found->date;
  g_set_str (&operation->planned_reference, found->reference);
}

/* The total that is shown is the ledger's; that it was planned otherwise is said beside it [I-13]. */
static void
find_amount (CsStore *store, const CsUuid *connection_id, CsOperation *operation)
{
  g_autoptr (CsLedgerInvoice) invoice
      = cs_store_get_invoice (store, connection_id, operation->remote_id, NULL);

  if (invoice != NULL)
    operation->amount = invoice->total;
}

static void
find_more (CsStore *store, const CsJournalEntry *entry, CsOperation *operation)
{
  if (operation->state == CS_JOURNAL_BLOCKED)
    find_contact (store, operation);
  if (operation->state == CS_JOURNAL_BLOCKED && *entry->found_id != '\0')
    find_found (store, operation);
  if (operation->is_invoice && operation->state == CS_JOURNAL_DONE
      && operation->outcome == CS_OUTCOME_CHANGED_BY_LEDGER)
    find_amount (store, &entry->connection_id, operation);
}

/** cs_operation_list: Returns: (transfer full): of #CsOperation, newest first */
GPtrArray *
cs_operation_list (CsStore *store, const CsUuid *proposal_id, GError **error)
{
  g_autoptr (GPtrArray) entries = cs_store_list_journal (store, proposal_id, error);
  GPtrArray *operations;

  if (entries == NULL)
    return NULL;
  operations = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_operation_free);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (operations, cs_operation_new_from_entry (entries->pdata[i]));
  for (guint i = 0; i < operations->len; i++)
    find_more (store, entries->pdata[i], operations->pdata[i]);
  return operations;
}

/** cs_operation_get_moved_ms: Returns: when it last moved */
gint64
cs_operation_get_moved_ms (const CsOperation *operation)
{
  return MAX (operation->created_ms, MAX (operation->sent_ms, operation->finished_ms));
}

/** cs_operation_is_number_taken: Returns: whether the ledger has another invoice of this number, so that the
 * next one helps. Not so for one that is there by near certainty, under its number or another, or of which
 * nothing was seen: that would bill it twice. */
gboolean
cs_operation_is_number_taken (const CsOperation *operation)
{
  return operation->is_invoice && operation->state == CS_JOURNAL_BLOCKED
         && (operation->outcome == CS_OUTCOME_NUMBER_TAKEN
             || (operation->outcome == CS_OUTCOME_DIFFERENT && operation->found != NULL))
         && (operation->found == NULL || !cs_found_would_be_twice (operation->found_kind));
}

/** cs_operation_may_be_adopted: Returns: whether what the ledger has under its number may be this invoice,
 * and is free to be it */
gboolean
cs_operation_may_be_adopted (const CsOperation *operation)
{
  return operation->is_invoice && operation->state == CS_JOURNAL_BLOCKED && operation->found != NULL
         && cs_found_may_be_adopted (operation->found_kind);
}

/** cs_operation_get_group: Returns: where a person looks for it */
CsOperationGroup
cs_operation_get_group (const CsOperation *operation)
{
  switch (operation->state)
    {
    case CS_JOURNAL_BLOCKED:
      return CS_OPERATION_NEEDS_YOU;
    case CS_JOURNAL_HELD:
    case CS_JOURNAL_WAITING:
      return CS_OPERATION_WAITING;
    case CS_JOURNAL_QUEUED:
      return operation->waits_for_another ? CS_OPERATION_WAITING : CS_OPERATION_GOING;
    case CS_JOURNAL_SENDING:
    case CS_JOURNAL_DOUBTFUL:
      return CS_OPERATION_GOING;
    case CS_JOURNAL_DONE:
    case CS_JOURNAL_CANCELLED:
    default:
      return CS_OPERATION_OVER;
    }
}

/** cs_operation_can_cancel: Returns: whether it surely was not sent, so that it need not be */
gboolean
cs_operation_can_cancel (const CsOperation *operation)
{
  return operation->state == CS_JOURNAL_BLOCKED || operation->state == CS_JOURNAL_HELD
         || operation->state == CS_JOURNAL_QUEUED || operation->state == CS_JOURNAL_WAITING;
}
