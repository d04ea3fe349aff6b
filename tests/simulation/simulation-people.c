/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulation-world.h"

#include "cs-session-found.h"
#include "cs-store-clients.h"
#include "cs-store-proposals.h"

/* People. At the desk they press whatever is there, whenever; but before they decide about a row that was put
 * in front of them they look at the ledger, as the words beside it tell them to. At the ledger they edit,
 * void, archive, and make records that look like ours. */

#define ACCEPTED_ON (cs_date_from_parts (2026, 11, 22))

static void
forget (World *world, DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  if (world_chance (world, 30))
    dex_future_disown (future);
  else
    error = world_await (world, future);
}

/* --- proposals --- */

static gboolean
accept (World *world, guint index, CsDate accepted_on)
{
  g_autoptr (CsAcceptance) acceptance = cs_acceptance_new ();
  g_autoptr (GError) error = NULL;

  g_set_str (&acceptance->signatory, "Aroha Ngata");
  acceptance->accepted_on = accepted_on;
  error = world_await (world,
                       cs_session_accept_proposal (world->session, &world->proposals[index], acceptance));
  world_say (world, "accept %u: %s", index, error != NULL ? error->message : "ok");
  return error == NULL;
}

static void
accept_some (World *world)
{
  guint index = (guint)world_draw (world, WORLD_N_PROPOSALS);
  CsDate on = cs_date_add_days (ACCEPTED_ON, -world_draw (world, 3));

  if (!g_hash_table_contains (world->accepted, GUINT_TO_POINTER (index)) && accept (world, index, on))
    g_hash_table_insert (world->accepted, GUINT_TO_POINTER (index), GINT_TO_POINTER (on.days));
}

static void
undo_some (World *world)
{
  guint index = (guint)world_draw (world, WORLD_N_PROPOSALS);
  g_autofree char *id = cs_uuid_to_string (&world->proposals[index]);
  g_autoptr (GError) error
      = world_await (world, cs_session_undo_acceptance (world->session, &world->proposals[index]));

  people_want_no_more (world, id);
  world_say (world, "undo %u: %s", index, error != NULL ? error->message : "ok");
  if (error == NULL)
    g_hash_table_remove (world->accepted, GUINT_TO_POINTER (index));
}

/* They know from their papers what was signed. An answer that never came may have been a yes. */
void
people_accept_what_was_lost (World *world)
{
  for (guint i = 0; i < WORLD_N_PROPOSALS; i++)
    {
      g_autoptr (CsProposal) proposal = world_get_proposal (world, i);
      gpointer days = NULL;
      gboolean was_accepted
          = g_hash_table_lookup_extended (world->accepted, GUINT_TO_POINTER (i), NULL, &days);

      if (proposal == NULL)
        continue;
      if (proposal->state == CS_PROPOSAL_ACTIVE)
        {
          g_hash_table_insert (world->accepted, GUINT_TO_POINTER (i),
                               GINT_TO_POINTER (proposal->acceptance->accepted_on.days));
          continue;
        }
      if (!was_accepted)
        continue;
      if (!world->was_restored)
        books_violate (world->books, "answered-is-kept", "proposal %u was accepted, and is not any more", i);
      accept (world, i, (CsDate){ GPOINTER_TO_INT (days) });
    }
}

/* With everything well again, nothing stands in the way, or not for long. */
void
people_accept_the_rest (World *world)
{
  for (guint i = 0; i < WORLD_N_PROPOSALS; i++)
    if (!g_hash_table_contains (world->accepted, GUINT_TO_POINTER (i)) && accept (world, i, ACCEPTED_ON))
      g_hash_table_insert (world->accepted, GUINT_TO_POINTER (i), GINT_TO_POINTER (ACCEPTED_ON.days));
}

/* Catch-up: a period that went by unbilled. */
static void
release_some (World *world)
{
  guint index = (guint)world_draw (world, WORLD_N_PROPOSALS);
  CsDate today = cs_session_get_today (world->session);
  g_autoptr (GPtrArray) planned = world_list_planned (world, index);

  for (guint i = 0; planned != NULL && i < planned->len; i++)
    {
      const CsPlannedInvoice *invoice = g_ptr_array_index (planned, i);
      CsPlannedSeen seen;

      if (!cs_uuid_is_none (&invoice->journal_id) || cs_date_compare (invoice->date, today) > 0)
        continue;
      seen = cs_planned_invoice_get_seen (invoice);
      forget (world, cs_session_release_planned (world->session, &seen));
      return;
    }
}

/* --- rows --- */

static BooksInvoice *
look_for (World *world, const CsJournalEntry *entry)
{
  g_autofree char *planned = cs_uuid_to_string (&entry->subject_id);

  return books_get_live_invoice_of (world->books, planned);
}

static void
excuse (World *world, const CsJournalEntry *entry, const char *why)
{
  g_hash_table_insert (world->excused, cs_uuid_to_string (&entry->subject_id), g_strdup (why));
}

static void
retry (World *world, const CsJournalEntry *entry, gboolean renumber)
{
  g_autoptr (GError) error
      = world_await (world, cs_session_retry_journal (world->session, &entry->id, renumber));

  world_say (world, "retry %s%s: %s", entry->number, renumber ? " with the next number" : "",
             error != NULL ? error->message : "ok");
}

static void
cancel (World *world, const CsJournalEntry *entry)
{
  g_autofree char *planned = cs_uuid_to_string (&entry->subject_id);
  g_autoptr (GError) error = world_await (world, cs_session_cancel_journal (world->session, &entry->id));

  people_want_no_more (world, planned);
  world_say (world, "cancel %s: %s", entry->number, error != NULL ? error->message : "ok");
}

static void
pull (World *world)
{
  g_autoptr (GError) error = world_await (world, cs_session_pull_now (world->session));
}

static gpointer
get_client_job (CsStore *store, gpointer data, GError **error)
{
  return cs_store_get_client (store, data, error);
}

static CsClient *
find_client (World *world, const CsJournalEntry *entry)
{
  return world_await_record (world,
                             cs_session_read (world->session, get_client_job,
                                              g_memdup2 (&entry->subject_id, sizeof (CsUuid)), g_free,
                                              (GDestroyNotify)cs_client_free),
                             NULL);
}

/* The contact is there: made by us or by people. They link the client to it; or they give theirs another
 * name, and ours is made. */
static void
settle_contact (World *world, const CsJournalEntry *entry)
{
  g_autoptr (CsClient) client = find_client (world, entry);
  BooksContact *found = client != NULL ? books_get_contact_by_name (world->books, client->name) : NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; found == NULL && i < world->books->contacts->len; i++)
    {
      BooksContact *contact = g_ptr_array_index (world->books->contacts, i);

      if (g_str_equal (contact->record.contact_number, entry->number))
        found = contact;
    }
  while (found != NULL && *found->record.merged_into != '\0')
    found = books_get_contact (world->books, found->record.merged_into);
  if (found == NULL)
    {
      retry (world, entry, FALSE);
      return;
    }
  if (*found->client == '\0' && world_chance (world, 50))
    {
      g_autofree char *name = g_strdup_printf ("%s (old) %u", found->record.name, world->books->n_made++);
      g_autofree char *number = g_strdup_printf ("x-%u", world->books->n_made++);

      g_set_str (&found->record.name, name);
      g_set_str (&found->record.contact_number, number);
      books_touch_contact (world->books, found);
      retry (world, entry, FALSE);
      return;
    }
  pull (world);
  error = world_await (world,
                       cs_session_link_client (world->session, &entry->subject_id, found->record.remote_id));
  world_say (world, "link %s to %s: %s", entry->number, found->record.remote_id,
             error != NULL ? error->message : "ok");
  if (error != NULL)
    {
      /* It is another client's: ours must have a name of its own. */
      g_autofree char *name = g_strdup_printf ("%s %u", client->name, world->books->n_made++);

      g_set_str (&client->name, name);
      forget (world, cs_session_save_client (world->session, client));
      retry (world, entry, FALSE);
    }
}

static void
give_other_number (World *world, const CsFoundInvoice *found)
{
  BooksInvoice *there = books_get_invoice (world->books, found->invoice->remote_id);
  g_autofree char *number = g_strdup_printf ("x-%u", world->books->n_made++);

  if (there == NULL)
    return;
  g_set_str (&there->record->number, number);
  books_touch_invoice (world->books, there);
  pull (world);
}

static void
unarchive_all (World *world)
{
  for (guint i = 0; i < world->books->contacts->len; i++)
    {
      BooksContact *contact = g_ptr_array_index (world->books->contacts, i);

      if (contact->record.is_archived && *contact->record.merged_into == '\0')
        {
          contact->record.is_archived = FALSE;
          books_touch_contact (world->books, contact);
        }
    }
}

static gboolean
adopt (World *world, const CsJournalEntry *entry)
{
  g_autoptr (GError) error = world_await (world, cs_session_adopt_found (world->session, &entry->id));

  world_say (world, "%s is %s: %s", entry->number, entry->found_id, error != NULL ? error->message : "ok");
  world->tally.n_adopted += error == NULL ? 1 : 0;
  return error == NULL;
}

/* Where the card says that it is near certain they press without looking; else they look whether it is it. */
static gboolean
adopts (World *world, const CsJournalEntry *entry, const CsFoundInvoice *found)
{
  const BooksInvoice *ours = look_for (world, entry);

  if (found == NULL || !cs_found_may_be_adopted (found->kind))
    return FALSE;
  if (!cs_found_would_be_twice (found->kind)
      && (ours == NULL || !g_str_equal (ours->record->remote_id, found->invoice->remote_id)))
    return FALSE;
  return world_chance (world, 80) && adopt (world, entry);
}

/* Its contact was merged into another: nobody need press anything. */
static gboolean
goes_on_by_itself (World *world, const CsJournalEntry *entry)
{
  const BooksContact *contact = books_get_contact (world->books, entry->sent_contact);

  return g_str_equal (entry->outcome_code, cs_outcome_to_string (CS_OUTCOME_ARCHIVED_CONTACT))
         && contact != NULL && *contact->record.merged_into != '\0';
}

/* What the ledger has of ours under the reference that the message names, made by a plan that this file does
 * not have: the proposal was accepted on another day in what a restore took away. */
static BooksInvoice *
look_for_reference (World *world, const CsJournalEntry *entry)
{
  g_autofree char *reference = NULL;
  g_autoptr (GHashTable) plans = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < WORLD_N_PROPOSALS; i++)
    {
      g_autoptr (GPtrArray) planned = world_list_planned (world, i);

      for (guint j = 0; planned != NULL && j < planned->len; j++)
        {
          const CsPlannedInvoice *invoice = planned->pdata[j];

          g_hash_table_add (plans, cs_uuid_to_string (&invoice->id));
          if (cs_uuid_equal (&invoice->id, &entry->subject_id))
            g_set_str (&reference, invoice->reference);
        }
    }
  for (guint i = 0; reference != NULL && i < world->books->invoices->len; i++)
    {
      BooksInvoice *there = g_ptr_array_index (world->books->invoices, i);

      if (*there->planned != '\0' && there->record->status != CS_LEDGER_VOIDED
          && g_str_equal (there->record->reference, reference)
          && !g_hash_table_contains (plans, there->planned))
        return there;
    }
  return NULL;
}

/* Whether they see that it is there, and send no other. */
static gboolean
is_there_by_reference (World *world, const CsJournalEntry *entry)
{
  BooksInvoice *there
      = g_str_equal (entry->outcome_code, cs_outcome_to_string (CS_OUTCOME_FOUND_BY_REFERENCE))
            ? look_for_reference (world, entry)
            : NULL;

  if (there == NULL)
    return FALSE;
  g_hash_table_insert (world->excused, g_strdup (there->planned), g_strdup ("seen at the ledger"));
  excuse (world, entry, "seen at the ledger as another");
  cancel (world, entry);
  return TRUE;
}

static void
settle_invoice (World *world, const CsJournalEntry *entry)
{
  gboolean is_taken = g_str_equal (entry->outcome_code, cs_outcome_to_string (CS_OUTCOME_NUMBER_TAKEN))
                      || g_str_equal (entry->outcome_code, cs_outcome_to_string (CS_OUTCOME_DIFFERENT));
  g_autoptr (CsFoundInvoice) found = check_get_found (world, entry);

  if (goes_on_by_itself (world, entry) || adopts (world, entry, found)
      || is_there_by_reference (world, entry))
    return;
  if (look_for (world, entry) != NULL)
    {
      excuse (world, entry, "seen at the ledger");
      cancel (world, entry);
      return;
    }
  if (found != NULL && cs_found_would_be_twice (found->kind))
    {
      /* They see that it isn't: that one gets another number, as the card says. */
      give_other_number (world, found);
      is_taken = FALSE;
    }
  unarchive_all (world);
  retry (world, entry, is_taken);
}

static gboolean
is_contact (const CsJournalEntry *entry)
{
  return g_str_equal (entry->kind, CS_JOURNAL_KIND_CONTACT);
}

/* @all: else some of them, as they find the time. */
void
people_settle_blocked (World *world, gboolean all)
{
  g_autoptr (GPtrArray) rows = check_list_journal (world);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const CsJournalEntry *entry = g_ptr_array_index (rows, i);

      if (entry->state != CS_JOURNAL_BLOCKED || (!all && world_chance (world, 50)))
        continue;
      if (is_contact (entry))
        settle_contact (world, entry);
      else
        settle_invoice (world, entry);
    }
}

static void
press_on_some_row (World *world)
{
  g_autoptr (GPtrArray) rows = check_list_journal (world);
  const CsJournalEntry *entry = NULL;

  if (rows == NULL || rows->len == 0)
    return;
  entry = g_ptr_array_index (rows, (guint)world_draw (world, (int)rows->len));
  if (entry->state == CS_JOURNAL_BLOCKED)
    people_settle_blocked (world, FALSE);
  else if (world_chance (world, 70))
    retry (world, entry, world_chance (world, 10));
  else
    cancel (world, entry);
}

/* --- the rest of the desk --- */

static void
edit_some (World *world)
{
  guint index = (guint)world_draw (world, WORLD_N_CLIENTS);
  g_autoptr (CsClient) client
      = world_await_record (world,
                            cs_session_read (world->session, get_client_job, &world->clients[index], NULL,
                                             (GDestroyNotify)cs_client_free),
                            NULL);

  if (client == NULL)
    return;
  g_set_str (&client->phone, world_chance (world, 50) ? "1" : "2");
  if (world_chance (world, 20))
    {
      g_autofree char *name = g_strdup_printf ("%s %d", client->name, world_draw (world, 100));

      g_set_str (&client->name, name);
    }
  forget (world, cs_session_save_client (world->session, client));
}

static void
save_settings (World *world)
{
  g_autoptr (GError) error = NULL;
  CsSettings *settings = cs_settings_copy (cs_session_get_settings (world->session));

  settings->hold_seconds = world_draw (world, 30);
  if (world_chance (world, 20))
    g_set_str (&settings->number_prefix, world_chance (world, 50) ? "CS-" : "KA-");
  forget (world, cs_session_save_settings (world->session, settings));
  cs_settings_free (settings);
}

static gpointer
connect_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_set_connection_state (store, data, CS_CONNECTION_CONNECTED, error);
  return NULL;
}

/* As the wizard does it. */
void
people_sign_in (World *world)
{
  g_autoptr (GError) error = NULL;

  world->weather.is_revoked = FALSE;
  if (cs_session_get_link_state (world->session) != CS_LINK_SIGN_IN_NEEDED)
    return;
  error = world_await (world,
                       cs_session_write (world->session, connect_job,
                                         g_memdup2 (&world->connection_id, sizeof (CsUuid)), g_free, NULL));
  if (error == NULL)
    error = world_await (world, cs_session_refresh_copies (world->session));
  if (error != NULL)
    return;
  cs_session_update_link (world->session);
  cs_session_wake (world->session);
  world_say (world, "signed in");
}

static void
press_a_button (World *world)
{
  switch (world_draw (world, 3))
    {
    case 0:
      world->weather.is_locked = FALSE; /* the prompt comes up */
      forget (world, cs_session_push_now (world->session));
      break;
    case 1:
      dex_future_disown (cs_session_pull_now (world->session));
      break;
    default:
      dex_future_disown (cs_session_sync_now (world->session));
      break;
    }
}

void
people_act_at_the_desk (World *world)
{
  static void (*const acts[]) (World *world) = { accept_some,
                                                 accept_some,
                                                 accept_some,
                                                 undo_some,
                                                 press_on_some_row,
                                                 press_on_some_row,
                                                 edit_some,
                                                 save_settings,
                                                 press_a_button,
                                                 press_a_button,
                                                 release_some,
                                                 people_sign_in,
                                                 people_change_billing,
                                                 people_change_billing,
                                                 people_send_after_all,
                                                 people_send_after_all };
  int act = world_draw (world, G_N_ELEMENTS (acts) + 1);

  if (act < (int)G_N_ELEMENTS (acts))
    acts[act](world);
  else
    forget (world, cs_session_release_acceptance (world->session,
                                                  &world->proposals[world_draw (world, WORLD_N_PROPOSALS)]));
}

/* --- at the ledger --- */

static void
make_look_alike (World *world)
{
  const CsSettings *settings = world->session != NULL ? cs_session_get_settings (world->session) : NULL;
  g_autofree char *number = NULL;
  BooksContact *contact = NULL;
  static const gint64 totals[] = { 1, 115000, 27629, 999 };

  if (settings == NULL)
    return;
  number = cs_settings_format_number (settings, settings->number_next + world_draw (world, 2));
  if (books_get_invoice_by_number (world->books, number) != NULL)
    return;
  contact = books_get_contact_by_name (world->books, "Somebody Else");
  if (contact == NULL)
    contact = books_add_contact (world->books, "Somebody Else", "", "x-somebody");
  /* It differs from whatever ours would be in its contact, at the least. */
  books_add_invoice (world->books, number, contact->record.remote_id, ACCEPTED_ON,
                     totals[world_draw (world, G_N_ELEMENTS (totals))]);
  world_say (world, "people made their own %s", number);
}

static void
make_same_name (World *world)
{
  static const char *const names[] = { "Kea", "Ruru &amp; R&D", "Tui", "Weka" };
  const char *name = names[world_draw (world, G_N_ELEMENTS (names))];
  g_autofree char *number = g_strdup_printf ("x-%u", world->books->n_made);

  if (books_get_contact_by_name (world->books, name) == NULL)
    books_add_contact (world->books, name, "other@example.com", number);
}

static void
change_an_invoice (World *world)
{
  Books *books = world->books;
  BooksInvoice *invoice
      = books->invoices->len > 0
            ? g_ptr_array_index (books->invoices, (guint)world_draw (world, (int)books->invoices->len))
            : NULL;

  if (invoice == NULL)
    return;
  if (world_chance (world, 30))
    invoice->record->status = CS_LEDGER_VOIDED;
  else
    invoice->record->balance = invoice->record->total
        = (CsMoney){ invoice->record->total.minor + 1 + world_draw (world, 3),
                     invoice->record->total.currency };
  books_touch_invoice (books, invoice);
  world_say (world, "people changed %s (%s)", invoice->record->number,
             cs_ledger_status_to_string (invoice->record->status));
}

/* As with the ledger's own *Copy*: all of it is the same but the number. */
static void
copy_an_invoice (World *world)
{
  Books *books = world->books;
  const BooksInvoice *invoice
      = books->invoices->len > 0
            ? g_ptr_array_index (books->invoices, (guint)world_draw (world, (int)books->invoices->len))
            : NULL;
  g_autofree char *number = g_strdup_printf ("INV-%u", books->n_made);
  BooksInvoice *copy = NULL;

  if (invoice == NULL)
    return;
  copy = books_add_invoice (books, number, invoice->record->contact_id, invoice->record->date,
                            invoice->record->total.minor);
  g_set_str (&copy->record->reference, invoice->record->reference);
}

static void
archive_a_contact (World *world)
{
  Books *books = world->books;
  BooksContact *contact
      = books->contacts->len > 0
            ? g_ptr_array_index (books->contacts, (guint)world_draw (world, (int)books->contacts->len))
            : NULL;

  if (contact == NULL || *contact->record.merged_into != '\0')
    return;
  contact->record.is_archived = !contact->record.is_archived;
  books_touch_contact (books, contact);
}

/* Into one that is nobody's here. */
static void
merge_a_contact (World *world)
{
  Books *books = world->books;
  BooksContact *loser
      = books->contacts->len > 0
            ? g_ptr_array_index (books->contacts, (guint)world_draw (world, (int)books->contacts->len))
            : NULL;
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;

  if (loser == NULL || loser->record.is_archived)
    return;
  name = g_strdup_printf ("%s and others %u", loser->record.name, books->n_made++);
  number = g_strdup_printf ("x-%u", books->n_made++);
  books_merge_contact (books, loser, books_add_contact (books, name, "", number));
  world->tally.n_merges++;
  world_say (world, "people merged %s into %s", loser->record.name, name);
}

void
people_act_at_the_ledger (World *world)
{
  static void (*const acts[]) (World *world)
      = { make_look_alike, make_same_name,  change_an_invoice, archive_a_contact,
          copy_an_invoice, merge_a_contact, change_an_invoice };

  acts[world_draw (world, G_N_ELEMENTS (acts))](world);
}
