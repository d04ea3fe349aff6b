/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-store-private.h"

#include <glib/gi18n-lib.h>

/* How rows come to their end: the answer, the link and *done*, in one transaction. */

gboolean
cs_store_load_is_linked (CsStore *store,
                         const CsUuid *connection_id,
                         const char *remote_id,
                         gboolean *is_linked,
                         GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT EXISTS (SELECT 1 FROM link WHERE connection_id = ?1 AND remote_id = ?2)"
                  " OR EXISTS (SELECT 1 FROM journal WHERE connection_id = ?1 AND remote_id = ?2)");

  cs_sql_bind_uuid (row, connection_id);
  cs_sql_bind_text (row, remote_id);
  if (!cs_sql_next (row, error))
    return FALSE;
  *is_linked = cs_sql_read_boolean (row);
  return TRUE;
}

/**
 * cs_store_is_remote_linked:
 * @store: a store
 * @connection_id: the ledger
 * @remote_id: a record's id there
 * @is_linked: (out): whether a client, an invoice or a row of the journal has it
 * @error: return location
 *
 * An adoption must not take what is another's (design.md section 6).
 *
 * Returns: whether it could be told
 */
gboolean
cs_store_is_remote_linked (CsStore *store,
                           const CsUuid *connection_id,
                           const char *remote_id,
                           gboolean *is_linked,
                           GError **error)
{
  g_return_val_if_fail (store != NULL && connection_id != NULL && remote_id != NULL && is_linked != NULL,
                        FALSE);

  return cs_store_load_is_linked (store, connection_id, remote_id, is_linked, error);
}

/* A send ends what is *sending*. A probe ends a doubt, whether from a send or from a restored file. */
static CsJournalEntry *
load_finishable (CsStore *store, const CsUuid *id, const char *kind, gboolean adopted, GError **error)
{
  g_autoptr (CsJournalEntry) entry = cs_store_load_journal (store, id, error);
  gboolean is_over;

  if (entry == NULL)
    return NULL;
  is_over = entry->state == CS_JOURNAL_DONE || entry->state == CS_JOURNAL_CANCELLED;
  if (g_str_equal (entry->kind, kind) && !cs_uuid_is_none (&entry->connection_id)
      && (entry->state == CS_JOURNAL_SENDING
          || (adopted && (entry->state == CS_JOURNAL_DOUBTFUL || (entry->probe_first && !is_over)))))
    return g_steal_pointer (&entry);
  g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_STATE, _ ("%s is %s, so no answer is expected for it."),
               entry->number, cs_journal_state_to_string (entry->state));
  return NULL;
}

static gboolean
check_adoptable (CsStore *store,
                 const CsJournalEntry *entry,
                 const char *remote_id,
                 gboolean adopted,
                 GError **error)
{
  gboolean is_linked = FALSE;

  if (remote_id == NULL || *remote_id == '\0')
    return cs_store_refuse (error, CS_STORE_ERROR_INVALID, _ ("The ledger’s answer names no record."));
  if (!cs_store_load_is_linked (store, &entry->connection_id, remote_id, &is_linked, error))
    return FALSE;
  return !is_linked || !adopted
         || cs_store_refuse (error, CS_STORE_ERROR_INVALID,
                             _ ("That record of the ledger is linked to something else here already."));
}

typedef struct
{
  const char *remote_id;
  const char *code;
  const char *message;
  const char *correlation_id;
} Outcome;

static gboolean
write_done (CsStore *store, const CsUuid *id, const Outcome *outcome, GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "UPDATE journal SET state = 'done', remote_id = ?, outcome_code = ?, outcome_message = ?,"
                  " correlation_id = ?, finished_ms = ?, next_ms = 0, probe_first = 0 WHERE id = ?");

  cs_sql_bind_text (row, outcome->remote_id);
  cs_sql_bind_text (row, outcome->code);
  cs_sql_bind_text (row, outcome->message);
  cs_sql_bind_text (row, outcome->correlation_id);
  cs_sql_bind_integer (row, cs_store_now_ms (store));
  cs_sql_bind_uuid (row, id);
  return cs_sql_run (row, error);
}

static gboolean
write_done_audit (CsStore *store,
                  const CsJournalEntry *entry,
                  const char *action,
                  const Outcome *outcome,
                  GError **error)
{
  g_autoptr (CsJsonBuilder) details = cs_audit_details_new ();
  g_autofree char *connection = cs_uuid_to_string (&entry->connection_id);

  cs_json_builder_set_string (details, "number", entry->number);
  cs_json_builder_set_string (details, "connection", connection);
  cs_json_builder_set_string (details, "remote_id", outcome->remote_id);
  cs_json_builder_set_string (details, "sha256", entry->frozen_sha256);
  cs_json_builder_set_string (details, "outcome", outcome->code);
  return cs_store_write_audit_id (store, action, &entry->id, details, error);
}

/* A person may have linked the client while the contact was on the wire: that stands, and the outcome says
 * so. */
static gboolean
link_contact (CsStore *store, const CsJournalEntry *entry, gboolean adopted, Outcome *outcome, GError **error)
{
  g_autofree char *linked = g_strdup ("");

  if (!cs_store_load_link (store, CS_LINK_CLIENT, &entry->subject_id, &entry->connection_id, &linked, error))
    return FALSE;
  if (*linked == '\0' || g_str_equal (linked, outcome->remote_id))
    return cs_store_write_link (store, CS_LINK_CLIENT, &entry->subject_id, &entry->connection_id,
                                outcome->remote_id, adopted ? "adopted" : "created", error);
  outcome->code = cs_outcome_to_string (CS_OUTCOME_LINKED_ELSEWHERE);
  outcome->message
      = _ ("The client was linked to another contact meanwhile, so there are two at the ledger now.");
  return TRUE;
}

/**
 * cs_store_finish_contact:
 * @store: a store
 * @journal_id: a contact's row
 * @contact: as the ledger answered
 * @adopted: found by a probe rather than made by the send
 * @correlation_id: (nullable): of the answer
 * @error: return location
 *
 * In one transaction: the client's link, the mirror, *done*.
 *
 * Returns: whether it is done; else %CS_STORE_ERROR_STATE when the row waits for no answer,
 *   %CS_STORE_ERROR_INVALID when the contact is another's, %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_finish_contact (CsStore *store,
                         const CsUuid *journal_id,
                         const CsLedgerContact *contact,
                         gboolean adopted,
                         const char *correlation_id,
                         GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;
  Outcome outcome;

  g_return_val_if_fail (store != NULL && journal_id != NULL && contact != NULL, FALSE);

  outcome = (Outcome){ contact->remote_id, "", "", correlation_id };
  transaction = cs_sql_begin (store->sql, error);
  entry = transaction != NULL && cs_store_check_claim (store, error)
              ? load_finishable (store, journal_id, CS_JOURNAL_KIND_CONTACT, adopted, error)
              : NULL;
  return entry != NULL && check_adoptable (store, entry, contact->remote_id, adopted, error)
         && cs_store_write_contact (store, &entry->connection_id, contact, error)
         && link_contact (store, entry, adopted, &outcome, error)
         /* It may have been merged into another while its answer was missing. */
         && cs_store_write_link_followed (store, &entry->connection_id, contact, error)
         && write_done (store, journal_id, &outcome, error)
         && write_done_audit (store, entry, adopted ? "contact.adopted" : "contact.sent", &outcome, error)
         && cs_sql_commit (transaction, error);
}

/* [I-13, U-15]: the total that we showed is the total that the ledger shows, or we say so. */
static char *
describe_difference (const CsJournalEntry *entry, const CsLedgerInvoice *invoice)
{
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  if (cs_money_equal (entry->amount, invoice->total))
    return NULL;
  ours = cs_money_to_string (entry->amount);
  theirs = cs_money_to_string (invoice->total);
  /* Translators: two amounts, each with its currency's code. */
  return g_strdup_printf (_ ("The ledger made it %s %s; we had sent %s %s."), theirs,
                          invoice->total.currency.code, ours, entry->amount.currency.code);
}

static gboolean
write_remote_invoice (CsStore *store, const CsUuid *planned_id, const char *remote_id, GError **error)
{
  g_autoptr (CsSqlStatement) row
      = cs_sql_prepare (store->sql, "UPDATE planned_invoice SET remote_invoice_id = ? WHERE id = ?");

  cs_sql_bind_text (row, remote_id);
  cs_sql_bind_uuid (row, planned_id);
  return cs_sql_run (row, error);
}

/**
 * cs_store_finish_invoice:
 * @store: a store
 * @journal_id: an invoice's row
 * @invoice: as the ledger answered, with lines
 * @adopted: found by a probe rather than made by the send
 * @correlation_id: (nullable): of the answer
 * @error: return location
 *
 * In one transaction: the planned invoice's link, the mirror, *done*. When the ledger's total is not ours,
 * the outcome is "changed-by-ledger" and says both [I-13].
 *
 * Returns: whether it is done; else %CS_STORE_ERROR_STATE when the row waits for no answer,
 *   %CS_STORE_ERROR_INVALID when the invoice is another's, %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_finish_invoice (CsStore *store,
                         const CsUuid *journal_id,
                         const CsLedgerInvoice *invoice,
                         gboolean adopted,
                         const char *correlation_id,
                         GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;
  g_autofree char *difference = NULL;
  Outcome outcome;

  g_return_val_if_fail (store != NULL && journal_id != NULL && invoice != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  entry = transaction != NULL && cs_store_check_claim (store, error)
              ? load_finishable (store, journal_id, CS_JOURNAL_KIND_INVOICE, adopted, error)
              : NULL;
  if (entry == NULL || !check_adoptable (store, entry, invoice->remote_id, adopted, error))
    return FALSE;
  difference = describe_difference (entry, invoice);
  outcome
      = (Outcome){ invoice->remote_id,
                   cs_outcome_to_string (difference != NULL ? CS_OUTCOME_CHANGED_BY_LEDGER : CS_OUTCOME_NONE),
                   difference, correlation_id };
  return cs_store_write_invoice (store, &entry->connection_id, invoice, error)
         && cs_store_write_link (store, CS_LINK_INVOICE, &entry->subject_id, &entry->connection_id,
                                 invoice->remote_id, adopted ? "adopted" : "created", error)
         && write_remote_invoice (store, &entry->subject_id, invoice->remote_id, error)
         && write_done (store, journal_id, &outcome, error)
         && write_done_audit (store, entry, adopted ? "invoice.adopted" : "invoice.sent", &outcome, error)
         && cs_sql_commit (transaction, error);
}

/* What a person took over may differ in more than its total. Each sentence stands for itself. */
static char *
describe_adopted (const CsJournalEntry *entry,
                  const CsPlannedInvoice *planned,
                  const CsLedgerInvoice *invoice)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *total = describe_difference (entry, invoice);
  g_auto (GStrv) all = NULL;

  if (total != NULL)
    g_strv_builder_add (words, total);
  if (cs_date_compare (planned->date, invoice->date) != 0)
    {
      g_autofree char *ours = cs_date_to_string (planned->date);
      g_autofree char *theirs = cs_date_to_string (invoice->date);

      /* Translators: two dates. */
      g_strv_builder_take (words,
                           g_strdup_printf (_ ("It is dated %s there; planned was %s."), theirs, ours));
    }
  if (!g_str_equal (planned->reference, invoice->reference))
    /* Translators: two references of an invoice; the first may be nothing. */
    g_strv_builder_take (words, g_strdup_printf (_ ("Its reference there is “%s”; ours is “%s”."),
                                                 invoice->reference, planned->reference));
  all = g_strv_builder_end (words);
  return g_strjoinv (" ", all);
}

static gboolean
write_adopted (CsStore *store,
               const CsJournalEntry *entry,
               const CsPlannedInvoice *planned,
               const CsLedgerInvoice *invoice,
               GError **error)
{
  g_autofree char *difference = describe_adopted (entry, planned, invoice);
  /* The person saw it before: nobody need be told again. */
  g_autoptr (CsSqlStatement) seen
      = cs_sql_prepare (store->sql, "UPDATE journal SET is_seen = 1, found_id = '' WHERE id = ?");
  Outcome outcome
      = { invoice->remote_id,
          cs_outcome_to_string (*difference != '\0' ? CS_OUTCOME_CHANGED_BY_LEDGER : CS_OUTCOME_NONE),
          difference, entry->correlation_id };

  cs_sql_bind_uuid (seen, &entry->id);
  return cs_store_write_link (store, CS_LINK_INVOICE, &entry->subject_id, &entry->connection_id,
                              invoice->remote_id, "adopted", error)
         && write_remote_invoice (store, &entry->subject_id, invoice->remote_id, error)
         && write_done (store, &entry->id, &outcome, error) && cs_sql_run (seen, error)
         && write_done_audit (store, entry, "invoice.adopted", &outcome, error);
}

static gboolean
refuse_adoption (CsFoundKind kind, GError **error)
{
  return cs_store_refuse (
      error, CS_STORE_ERROR_INVALID,
      kind == CS_FOUND_DEAD
          ? _ ("That invoice was voided or deleted in Xero meanwhile, so this can’t become it.")
          : _ ("That invoice is something else’s by now: it is linked here already, or was changed in "
               "Xero."));
}

/* Once more in the transaction that links it, by the newest that is known of it: a pull may have come
 * between. What was read stays read where the answer is no, so that a person sees why. */
static gboolean
adopt (CsStore *store, CsSqlTransaction *transaction, const CsJournalEntry *entry, GError **error)
{
  g_autoptr (CsPlannedInvoice) planned = cs_store_load_planned (store, &entry->subject_id, error);
  g_autoptr (CsLedgerInvoice) newest = NULL;
  CsFoundKind kind = CS_FOUND_ANOTHERS;

  newest
      = planned != NULL ? cs_store_get_invoice (store, &entry->connection_id, entry->found_id, error) : NULL;
  if (newest == NULL || !cs_store_load_found_kind (store, entry, planned, newest, &kind, error))
    return FALSE;
  if (!cs_found_may_be_adopted (kind))
    return cs_sql_commit (transaction, error) && refuse_adoption (kind, error);
  return write_adopted (store, entry, planned, newest, error) && cs_sql_commit (transaction, error);
}

/**
 * cs_store_adopt_found:
 * @store: a store
 * @journal_id: an invoice that is blocked for what the ledger has under its number
 * @invoice: that, as it was read back from the ledger just now, with lines
 * @error: return location
 *
 * A person's *It is this one*, in one transaction: the mirror, the planned invoice's link, *done*. The
 * ledger's figures stand, and where they are not what was planned the outcome is "changed-by-ledger" and says
 * both. Doing it once more changes nothing.
 *
 * Returns: whether it is done; else %CS_STORE_ERROR_STATE when the row does not wait for that,
 *   %CS_STORE_ERROR_INVALID when it was voided, linked or made something else's meanwhile,
 *   %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_adopt_found (CsStore *store,
                      const CsUuid *journal_id,
                      const CsLedgerInvoice *invoice,
                      GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;

  g_return_val_if_fail (store != NULL && journal_id != NULL && invoice != NULL, FALSE);

  transaction = cs_sql_begin (store->sql, error);
  entry = transaction != NULL && cs_store_check_claim (store, error)
              ? cs_store_load_journal (store, journal_id, error)
              : NULL;
  if (entry == NULL)
    return FALSE;
  if (entry->state == CS_JOURNAL_DONE && g_str_equal (entry->remote_id, invoice->remote_id))
    return TRUE;
  if (entry->state != CS_JOURNAL_BLOCKED || *entry->found_id == '\0'
      || !g_str_equal (entry->found_id, invoice->remote_id))
    return cs_store_refuse (error, CS_STORE_ERROR_STATE,
                            _ ("It was changed meanwhile, so look at it once more."));
  return cs_store_write_invoice (store, &entry->connection_id, invoice, error)
         && adopt (store, transaction, entry, error);
}

/* A client was linked to a contact that is there: the row that would have made one is done, unless it may be
 * on the wire; also one that was cancelled, if something waits for it, and that goes on. */
gboolean
cs_store_write_contact_known (CsStore *store,
                              const CsUuid *client_id,
                              const CsUuid *connection_id,
                              const char *remote_id,
                              GError **error)
{
  g_autoptr (CsSqlStatement) row = cs_sql_prepare (
      store->sql, "SELECT id, state FROM journal WHERE kind = 'contact.create' AND subject_id = ?"
                  " AND connection_id = ? AND state <> 'done' AND (state <> 'cancelled' OR EXISTS"
                  " (SELECT 1 FROM journal_dependency d JOIN journal j ON j.id = d.journal_id"
                  "  WHERE d.waits_for = journal.id AND j.state NOT IN ('done', 'cancelled')))");
  Outcome outcome = { remote_id, cs_outcome_to_string (CS_OUTCOME_LINKED), "", "" };
  CsJournalState state;
  CsUuid id;

  cs_sql_bind_uuid (row, client_id);
  cs_sql_bind_uuid (row, connection_id);
  if (!cs_sql_next (row, error))
    return !cs_sql_has_failed (row);
  id = cs_sql_read_uuid (row);
  if (!cs_journal_state_parse (cs_sql_peek_text (row), &state, error))
    return FALSE;
  if (state == CS_JOURNAL_SENDING || state == CS_JOURNAL_DOUBTFUL)
    return cs_store_refuse (
        error, CS_STORE_ERROR_STATE,
        _ ("A contact for this client may just have been made at the ledger. Wait until that is known."));
  return write_done (store, &id, &outcome, error) && cs_store_write_freed (store, &id, error);
}

/**
 * cs_store_load_invoice_push:
 * @store: a store
 * @journal_id: an invoice's row
 * @invoice: (out) (transfer full): the planned invoice, with its lines and number
 * @client: (out) (transfer full): whom it is for, with the link to the row's ledger
 * @error: return location
 *
 * What it is made of at the moment it is frozen.
 *
 * Returns: whether all of it is there; else %CS_STORE_ERROR_STATE for another kind of row,
 *   %CS_STORE_ERROR_NOT_FOUND or what the file said
 */
gboolean
cs_store_load_invoice_push (CsStore *store,
                            const CsUuid *journal_id,
                            CsPlannedInvoice **invoice,
                            CsClient **client,
                            GError **error)
{
  g_autoptr (CsSqlTransaction) transaction = NULL;
  g_autoptr (CsJournalEntry) entry = NULL;
  g_autoptr (CsPlannedInvoice) planned = NULL;
  g_autoptr (CsProposal) proposal = NULL;
  g_autoptr (CsClient) found = NULL;

  g_return_val_if_fail (store != NULL && journal_id != NULL && invoice != NULL && client != NULL, FALSE);

  transaction = cs_sql_begin_read (store->sql, error);
  entry = transaction != NULL ? cs_store_load_journal (store, journal_id, error) : NULL;
  if (entry == NULL)
    return FALSE;
  if (!g_str_equal (entry->kind, CS_JOURNAL_KIND_INVOICE))
    return cs_store_refuse (error, CS_STORE_ERROR_STATE, _ ("That row of the journal is not an invoice."));
  planned = cs_store_load_planned (store, &entry->subject_id, error);
  proposal = planned != NULL ? cs_store_load_proposal (store, &planned->proposal_id, error) : NULL;
  found = proposal != NULL ? cs_store_load_client (store, &proposal->client_id, &entry->connection_id, error)
                           : NULL;
  if (found == NULL)
    return FALSE;
  *invoice = g_steal_pointer (&planned);
  *client = g_steal_pointer (&found);
  return TRUE;
}
