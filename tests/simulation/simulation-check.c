/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulation-world.h"

#include "cs-store-audit.h"
#include "cs-store-ledger.h"
#include "cs-store-proposals.h"

#include <sqlite3.h>
#include <string.h>

/* What must hold, whatever happens. Each rule has a name, which a failing seed is printed with. */

static gpointer
list_journal_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_list_journal (store, NULL, error);
}

GPtrArray *
check_list_journal (World *world)
{
  return world_await_record (
      world,
      cs_session_read (world->session, list_journal_job, NULL, NULL, (GDestroyNotify)g_ptr_array_unref),
      NULL);
}

static gpointer
get_found_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_get_found (store, data, error);
}

CsFoundInvoice *
check_get_found (World *world, const CsJournalEntry *entry)
{
  if (*entry->found_id == '\0')
    return NULL;
  return world_await_record (world,
                             cs_session_read (world->session, get_found_job,
                                              g_memdup2 (&entry->id, sizeof (CsUuid)), g_free,
                                              (GDestroyNotify)cs_found_invoice_free),
                             NULL);
}

/* The next number is never offered for what is there already: one press would bill it twice. */
static void
check_no_second_number (World *world, const CsJournalEntry *entry)
{
  g_autoptr (CsFoundInvoice) found = check_get_found (world, entry);
  g_autofree char *planned = cs_uuid_to_string (&entry->subject_id);
  const BooksInvoice *there = found != NULL ? books_get_invoice (world->books, entry->found_id) : NULL;

  if (there != NULL && g_str_equal (there->planned, planned) && there->record->status != CS_LEDGER_VOIDED
      && !cs_found_may_be_adopted (found->kind))
    books_violate (world->books, "no-second-number", "%s is at the ledger, and is held to be another's",
                   entry->number);
}

static gboolean
is_contact (const CsJournalEntry *entry)
{
  return g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT);
}

/* Nothing is adopted, and nothing linked, that was not made for this very row. */
static void
check_done (World *world, const CsJournalEntry *entry, GHashTable *remote_ids)
{
  Books *books = world->books;
  gboolean was_linked = g_str_equal (entry->outcome_code, cs_outcome_to_string (CS_OUTCOME_LINKED));
  const BooksContact *contact = books_get_contact (books, entry->remote_id);
  const BooksInvoice *invoice = books_get_invoice (books, entry->remote_id);
  g_autofree char *planned = cs_uuid_to_string (&entry->subject_id);

  if (is_contact (entry)
      && (contact == NULL || (!was_linked && !g_str_equal (contact->client, entry->number))))
    books_violate (books, "adopts-only-ours", "%s became %s, which is not it", entry->number,
                   entry->remote_id);
  if (!is_contact (entry) && (invoice == NULL || !g_str_equal (invoice->planned, planned)))
    books_violate (books, "adopts-only-ours", "%s became %s, which is not it", entry->number,
                   entry->remote_id);
  if (!g_hash_table_add (remote_ids, entry->remote_id) && !was_linked)
    books_violate (books, "adopts-only-ours", "%s became %s, as did another row", entry->number,
                   entry->remote_id);
}

static gboolean
is_on_its_way (World *world, const char *planned)
{
  for (guint i = 0; i < world->calls->len; i++)
    {
      const Call *call = g_ptr_array_index (world->calls, i);

      if (call->kind == CALL_PUT_INVOICE && strstr (call->text, planned) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Surely not done means surely not done. */
static void
check_not_there (World *world, const CsJournalEntry *entry)
{
  g_autofree char *planned = cs_uuid_to_string (&entry->subject_id);
  const BooksInvoice *found = books_get_live_invoice_of (world->books, planned);

  if (is_contact (entry) || entry->probe_first || g_hash_table_contains (world->excused, planned)
      || (world->was_restored && entry->state != CS_JOURNAL_CANCELLED))
    return;
  if (found != NULL)
    books_violate (world->books, "not-done-means-not-there", "%s is %s, and at the ledger as %s",
                   entry->number, cs_journal_state_to_string (entry->state), found->record->number);
  else if (is_on_its_way (world, planned))
    books_violate (world->books, "not-done-means-not-there", "%s is %s, and on its way", entry->number,
                   cs_journal_state_to_string (entry->state));
}

static void
check_row (World *world, const CsJournalEntry *entry, GHashTable *remote_ids)
{
  switch (entry->state)
    {
    case CS_JOURNAL_DONE:
      check_done (world, entry, remote_ids);
      break;
    case CS_JOURNAL_BLOCKED:
      if (*entry->outcome_code == '\0' || *entry->outcome_message == '\0')
        books_violate (world->books, "a-person-has-a-reason", "%s is blocked without one", entry->number);
      check_no_second_number (world, entry);
      break;
    case CS_JOURNAL_HELD:
    case CS_JOURNAL_QUEUED:
    case CS_JOURNAL_WAITING:
    case CS_JOURNAL_CANCELLED:
      check_not_there (world, entry);
      break;
    case CS_JOURNAL_SENDING:
      if (entry->frozen == NULL || entry->generation == 0)
        books_violate (world->books, "sending-is-frozen", "%s is sending without bytes", entry->number);
      break;
    case CS_JOURNAL_DOUBTFUL:
      world->tally.n_doubts++;
      break;
    default:
      g_assert_not_reached ();
    }
}

void
check_now (World *world)
{
  g_autoptr (GPtrArray) rows = check_list_journal (world);
  g_autoptr (GHashTable) remote_ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (rows, i);

      check_row (world, entry, remote_ids);
    }
}

/* --- at rest --- */

static void
count_rows (World *world, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (rows, i);

      world->tally.n_done += entry->state == CS_JOURNAL_DONE ? 1 : 0;
      world->tally.n_blocked += entry->state == CS_JOURNAL_BLOCKED ? 1 : 0;
      world->tally.n_cancelled += entry->state == CS_JOURNAL_CANCELLED ? 1 : 0;
      if (entry->state != CS_JOURNAL_DONE && entry->state != CS_JOURNAL_BLOCKED
          && entry->state != CS_JOURNAL_CANCELLED && entry->dependencies_done)
        books_violate (world->books, "everything-comes-to-rest", "%s stays %s (%s: %s)", entry->number,
                       cs_journal_state_to_string (entry->state), entry->outcome_code,
                       entry->outcome_message);
    }
}

/* Refused for a contact that was merged into another, it goes on without a person. */
static void
check_merged_went_on (World *world, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (rows, i);
      const BooksContact *contact = books_get_contact (world->books, entry->sent_contact);

      if (entry->state == CS_JOURNAL_BLOCKED && contact != NULL && *contact->record.merged_into != '\0'
          && g_str_equal (entry->outcome_code, cs_outcome_to_string (CS_OUTCOME_ARCHIVED_CONTACT)))
        books_violate (world->books, "merged-goes-on-by-itself", "%s waits for a person", entry->number);
    }
}

/* A restore takes away that it was billed; then it is a day that was missed, which a person is asked about,
 * and what is at the ledger is found when they bill it. */
static gboolean
is_asked_about (World *world, const BooksInvoice *invoice)
{
  CsDate today = cs_session_get_today (world->session);

  for (guint i = 0; i < WORLD_N_PROPOSALS; i++)
    {
      g_autoptr (GPtrArray) planned = world_list_planned (world, i);

      for (guint j = 0; planned != NULL && j < planned->len; j++)
        {
          const CsPlannedInvoice *day = planned->pdata[j];
          g_autofree char *id = cs_uuid_to_string (&day->id);

          if (g_str_equal (id, invoice->planned))
            return cs_uuid_is_none (&day->journal_id) && day->skipped_ms == 0
                   && cs_date_compare (day->date, today) <= 0;
        }
    }
  return FALSE;
}

/* In a file that came back: it was not to be sent, was wanted after all in what the restore took away, and is
 * looked for first should anybody want it again. */
static gboolean
will_be_looked_for (const CsJournalEntry *entry, const BooksInvoice *invoice)
{
  g_autofree char *planned = cs_uuid_to_string (&entry->subject_id);

  return entry->state == CS_JOURNAL_CANCELLED && entry->probe_first
         && g_str_equal (planned, invoice->planned);
}

/* What we made at the ledger is known here: as done, or as seen by a person. */
static void
check_nothing_lost (World *world, GPtrArray *rows)
{
  for (guint i = 0; i < world->books->invoices->len; i++)
    {
      const BooksInvoice *invoice = g_ptr_array_index (world->books->invoices, i);
      gboolean is_known = *invoice->planned == '\0' || invoice->record->status == CS_LEDGER_VOIDED
                          || g_hash_table_contains (world->excused, invoice->planned);

      for (guint j = 0; !is_known && j < rows->len; j++)
        {
          const CsJournalEntry *entry = g_ptr_array_index (rows, j);

          is_known = (entry->state == CS_JOURNAL_DONE
                      && g_str_equal (entry->remote_id, invoice->record->remote_id))
                     || entry->state == CS_JOURNAL_BLOCKED || will_be_looked_for (entry, invoice);
        }
      if (!is_known && !(world->was_restored && is_asked_about (world, invoice)))
        books_violate (world->books, "nothing-lost", "%s is at the ledger, and no row knows it",
                       invoice->record->number);
    }
}

/* Every upfront line of what was accepted is billed, or its invoice is with a person, or taken back by one.
 */
static void
check_billed (World *world, const CsProposal *proposal, GPtrArray *rows)
{
  gboolean is_with_a_person = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (rows, i);

      is_with_a_person = is_with_a_person
                         || (cs_uuid_equal (&entry->proposal_id, &proposal->id)
                             && (entry->state == CS_JOURNAL_BLOCKED || entry->state == CS_JOURNAL_CANCELLED));
    }
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      const CsProposalLine *line = g_ptr_array_index (proposal->lines, i);
      g_autofree char *id = cs_uuid_to_string (&line->id);
      gboolean is_billed = line->billing.unit != CS_BILLING_UNIT_ONCE || is_with_a_person;

      for (guint j = 0; !is_billed && j < world->books->invoices->len; j++)
        is_billed
            = strstr (((BooksInvoice *)g_ptr_array_index (world->books->invoices, j))->charges, id) != NULL;
      if (!is_billed)
        books_violate (world->books, "accepted-is-billed", "%s of %s is on no invoice", line->description,
                       proposal->number);
    }
}

static void
check_all_billed (World *world, GPtrArray *rows)
{
  for (guint i = 0; i < WORLD_N_PROPOSALS; i++)
    {
      g_autoptr (CsProposal) proposal = world_get_proposal (world, i);

      if (proposal != NULL && proposal->state == CS_PROPOSAL_ACTIVE)
        check_billed (world, proposal, rows);
      else
        books_violate (world->books, "can-be-accepted", "proposal %u could not be accepted", i);
    }
}

typedef struct
{
  CsUuid connection_id;
  GPtrArray *invoices;
  GPtrArray *contacts;
  char *damage;
} Mirror;

static void
mirror_free (Mirror *mirror)
{
  g_clear_pointer (&mirror->invoices, g_ptr_array_unref);
  g_clear_pointer (&mirror->contacts, g_ptr_array_unref);
  g_free (mirror->damage);
  g_free (mirror);
}

static gpointer
read_mirror_job (CsStore *store, gpointer data, GError **error)
{
  const World *world = data;
  Mirror *mirror = g_new0 (Mirror, 1);
  g_autoptr (GError) damage = NULL;
  gint64 first_bad = 0;

  mirror->invoices = cs_store_list_invoices (store, &world->connection_id, NULL);
  mirror->contacts = cs_store_list_contacts (store, &world->connection_id, NULL);
  if (!cs_store_verify_audit (store, &first_bad, &damage))
    mirror->damage = g_strdup (damage != NULL ? damage->message : "?");
  return mirror;
}

static void
compare_invoices (World *world, const Mirror *mirror)
{
  Books *books = world->books;

  if (mirror->invoices->len != books->invoices->len)
    books_violate (books, "both-sides-equal", "%u invoices here, %u there", mirror->invoices->len,
                   books->invoices->len);
  for (guint i = 0; i < mirror->invoices->len; i++)
    {
      const CsLedgerInvoice *ours = g_ptr_array_index (mirror->invoices, i);
      const BooksInvoice *theirs = books_get_invoice (books, ours->remote_id);

      if (theirs == NULL || !g_str_equal (ours->number, theirs->record->number)
          || !cs_money_equal (ours->total, theirs->record->total) || ours->status != theirs->record->status)
        books_violate (books, "both-sides-equal", "%s is not the same here and there", ours->number);
    }
}

static void
compare_contacts (World *world, const Mirror *mirror)
{
  Books *books = world->books;
  guint n_active = 0;

  for (guint i = 0; i < books->contacts->len; i++)
    n_active += ((BooksContact *)g_ptr_array_index (books->contacts, i))->record.is_archived ? 0 : 1;
  for (guint i = 0; world->is_loud && i < books->contacts->len; i++)
    {
      const CsLedgerContact *theirs = &((BooksContact *)g_ptr_array_index (books->contacts, i))->record;
      g_autofree char *updated = cs_instant_to_string (theirs->updated_ms);

      world_say (world, "at the ledger: %s %s, changed %s%s", theirs->remote_id, theirs->name, updated,
                 theirs->is_archived ? ", archived" : "");
    }
  for (guint i = 0; world->is_loud && i < mirror->contacts->len; i++)
    world_say (world, "here: %s", ((CsLedgerContact *)g_ptr_array_index (mirror->contacts, i))->remote_id);
  if (mirror->contacts->len != n_active)
    books_violate (books, "both-sides-equal", "%u contacts here, %u there", mirror->contacts->len, n_active);
  for (guint i = 0; i < mirror->contacts->len; i++)
    {
      const CsLedgerContact *ours = g_ptr_array_index (mirror->contacts, i);
      const BooksContact *theirs = books_get_contact (books, ours->remote_id);

      if (theirs == NULL || !g_str_equal (ours->name, theirs->record.name))
        books_violate (books, "both-sides-equal", "the contact %s is not the same here and there",
                       ours->name);
    }
}

static void
check_file (World *world)
{
  static const char *const statements[] = {
    "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    "SELECT count(*) FROM pragma_foreign_key_check",
    /* What is done has its link, and the plan knows it. */
    "SELECT count(*) FROM journal j WHERE state = 'done' AND kind = 'invoice.create' AND NOT EXISTS"
    " (SELECT 1 FROM link l JOIN planned_invoice p ON p.id = l.local_id WHERE l.kind = 'invoice'"
    "  AND l.local_id = j.subject_id AND l.remote_id = j.remote_id AND p.remote_invoice_id = j.remote_id)"
  };
  g_autofree char *path = g_build_filename (world->practice->folder, "practice.sqlite", NULL);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      sqlite3_stmt *row = NULL;

      if (sqlite3_prepare_v2 (handle, statements[i], -1, &row, NULL) != SQLITE_OK
          || sqlite3_step (row) != SQLITE_ROW || sqlite3_column_int (row, 0) != 0)
        books_violate (world->books, "the-file-is-sound", "%s", statements[i]);
      sqlite3_finalize (row);
    }
  sqlite3_close (handle);
}

void
check_at_rest (World *world)
{
  g_autoptr (GPtrArray) rows = check_list_journal (world);
  g_autoptr (GError) error = NULL;
  Mirror *mirror = NULL;

  check_now (world);
  if (rows == NULL)
    {
      books_violate (world->books, "the-file-is-sound", "the journal cannot be read");
      return;
    }
  count_rows (world, rows);
  check_nothing_lost (world, rows);
  check_merged_went_on (world, rows);
  check_all_billed (world, rows);
  check_plans (world);
  check_wanted (world, rows);
  mirror = world_await_record (
      world, cs_session_read (world->session, read_mirror_job, world, NULL, (GDestroyNotify)mirror_free),
      &error);
  g_assert_no_error (error);
  if (mirror->damage != NULL)
    books_violate (world->books, "the-chain-holds", "%s", mirror->damage);
  compare_invoices (world, mirror);
  compare_contacts (world, mirror);
  mirror_free (mirror);
  check_file (world);
}
