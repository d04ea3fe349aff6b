/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulation-world.h"

#include <string.h>

/* The door between a session and the books: each call takes its time, and the weather decides whether it
 * arrives, and whether its answer comes back. */

typedef struct
{
  CsLedger parent;
  World *world;    /* unowned */
  guint takeovers; /* how many there had been when the session got this door */
} Door;

void
call_free (gpointer data)
{
  Call *call = data;

  dex_clear (&call->promise);
  g_free (call->text);
  g_free (call->key);
  g_strfreev (call->ids);
  g_free (call);
}

static gboolean
is_put (CallKind kind)
{
  return kind == CALL_PUT_CONTACT || kind == CALL_PUT_INVOICE;
}

/* Writes go one at a time, and under the newest epoch. */
static void
check_put (const Door *door)
{
  World *world = door->world;

  if (door->takeovers != world->tally.n_takeovers)
    books_violate (world->books, "old-epoch-sends-nothing", "a session that was taken over sends");
  for (guint i = 0; i < world->calls->len; i++)
    {
      const Call *other = g_ptr_array_index (world->calls, i);

      if (other->promise != NULL && is_put (other->kind) && other->door == door)
        books_violate (world->books, "one-at-a-time", "two writes are in the air");
    }
}

static Call *
begin_call (CsLedger *ledger, CallKind kind)
{
  Door *door = (Door *)ledger;
  World *world = door->world;
  Call *call = g_new0 (Call, 1);

  if (is_put (kind))
    check_put (door);
  call->door = door;
  call->kind = kind;
  call->promise = dex_promise_new ();
  call->due_ms = world->books->now_ms + 5 + world_draw (world, world->is_calm ? 20 : 400);
  g_ptr_array_add (world->calls, call);
  return call;
}

static DexFuture *
get_answer (const Call *call)
{
  return DEX_FUTURE (dex_ref (call->promise));
}

/* --- what the session calls --- */

static void
door_free (CsLedger *ledger)
{
  g_free (ledger);
}

static DexFuture *
prepare (CsLedger *ledger)
{
  return get_answer (begin_call (ledger, CALL_PREPARE));
}

static DexFuture *
get_organisation (CsLedger *ledger)
{
  return get_answer (begin_call (ledger, CALL_ORGANISATION));
}

static DexFuture *
read_list (CsLedger *ledger, CsLedgerListKind kind)
{
  Call *call = begin_call (ledger, CALL_LIST);

  call->query.page = kind;
  return get_answer (call);
}

static DexFuture *
read_page (CsLedger *ledger, const CsLedgerQuery *query)
{
  Call *call = begin_call (ledger, CALL_PAGE);

  call->query = *query;
  call->ids = g_strdupv ((GStrv)query->ids);
  call->query.ids = (const char *const *)call->ids;
  return get_answer (call);
}

static GBytes *
encode_contact (CsLedger *ledger, const CsClient *client, gboolean push_email, GError **error)
{
  char *text = books_encode_contact (client);

  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
encode_invoice (CsLedger *ledger,
                const CsPlannedInvoice *invoice,
                const char *number,
                const char *contact_id,
                GError **error)
{
  char *text = books_encode_invoice (invoice, number, contact_id);

  return g_bytes_new_take (text, strlen (text));
}

static DexFuture *
put (CsLedger *ledger, CallKind kind, GBytes *body, const char *key, CsRemoteFailure *failure)
{
  Call *call = begin_call (ledger, kind);

  call->text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  call->key = g_strdup (key);
  call->failure = failure;
  return get_answer (call);
}

static DexFuture *
create_contact (CsLedger *ledger, GBytes *body, const char *key, CsRemoteFailure *failure)
{
  return put (ledger, CALL_PUT_CONTACT, body, key, failure);
}

static DexFuture *
create_invoice (CsLedger *ledger, GBytes *body, const char *key, CsRemoteFailure *failure)
{
  return put (ledger, CALL_PUT_INVOICE, body, key, failure);
}

static DexFuture *
find (CsLedger *ledger, CallKind kind, const char *number)
{
  Call *call = begin_call (ledger, kind);

  call->text = g_strdup (number);
  return get_answer (call);
}

static DexFuture *
find_contact (CsLedger *ledger, const char *number)
{
  return find (ledger, CALL_FIND_CONTACT, number);
}

static DexFuture *
find_invoice (CsLedger *ledger, const char *number)
{
  return find (ledger, CALL_FIND_INVOICE, number);
}

static CsOutcome
classify_refusal (CsLedger *ledger, const char *words)
{
  return books_classify (words);
}

static const CsLedgerClass door_class = {
  .free = door_free,
  .prepare = prepare,
  .get_organisation = get_organisation,
  .read_list = read_list,
  .read_page = read_page,
  .encode_contact = encode_contact,
  .encode_invoice = encode_invoice,
  .create_contact = create_contact,
  .create_invoice = create_invoice,
  .find_contact = find_contact,
  .find_invoice = find_invoice,
  .classify_refusal = classify_refusal,
};

CsLedger *
world_make_ledger (const CsConnection *connection, gpointer data)
{
  Door *door = g_new0 (Door, 1);

  cs_ledger_init (&door->parent, &door_class);
  door->world = data;
  door->takeovers = door->world->tally.n_takeovers;
  return &door->parent;
}

/* --- what becomes of a call --- */

static DexFuture *
do_work (Books *books, const Call *call)
{
  switch (call->kind)
    {
    case CALL_PREPARE:
      return dex_future_new_for_boolean (TRUE);
    case CALL_ORGANISATION:
      return books_get_organisation (books);
    case CALL_LIST:
      return books_read_list (books, (CsLedgerListKind)call->query.page);
    case CALL_PAGE:
      return books_read_page (books, &call->query);
    case CALL_PUT_CONTACT:
      return books_put_contact (books, call->text, call->key);
    case CALL_PUT_INVOICE:
      return books_put_invoice (books, call->text, call->key);
    case CALL_FIND_CONTACT:
      return books_find_contact (books, call->text);
    case CALL_FIND_INVOICE:
      return books_find_invoice (books, call->text);
    default:
      g_assert_not_reached ();
    }
}

static DexFuture *
fail (CsRemoteError code, const char *words)
{
  return dex_future_new_reject (CS_REMOTE_ERROR, code, "%s", words);
}

/* What the connection itself says, before the books are asked. NULL: nothing. */
static DexFuture *
meet_weather (World *world, const Call *call)
{
  const Weather *weather = &world->weather;

  if (world_chance (world, weather->let_go))
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", "let go of");
  if (weather->is_locked)
    return fail (CS_REMOTE_ERROR_VAULT_LOCKED, "the keyring is locked");
  if (weather->is_revoked)
    return fail (CS_REMOTE_ERROR_SIGN_IN_NEEDED, "the grant is gone");
  if (call->kind == CALL_PREPARE)
    return NULL;
  if (world->books->now_ms < weather->busy_until_ms)
    {
      if (call->failure != NULL)
        call->failure->retry_after_ms = weather->retry_after_ms;
      return fail (CS_REMOTE_ERROR_USED_UP, "too many calls");
    }
  if (world_chance (world, weather->unreachable))
    return fail (CS_REMOTE_ERROR_UNREACHABLE, "no route");
  return NULL;
}

static Call *
copy_for_later (World *world, const Call *call)
{
  Call *late = g_new0 (Call, 1);

  late->kind = call->kind;
  late->text = g_strdup (call->text);
  late->key = g_strdup (call->key);
  late->due_ms = world->books->now_ms + 1 + world_draw (world, LATE_MS - 1);
  return late;
}

static DexFuture *
lose (void)
{
  return fail (CS_REMOTE_ERROR_UNKNOWN_OUTCOME, "the connection was cut");
}

/* Somebody is quicker than the probe: what was just made gets another total. */
static void
correct_newest (World *world, CallKind kind)
{
  GPtrArray *invoices = world->books->invoices;
  BooksInvoice *newest = invoices->len > 0 ? g_ptr_array_index (invoices, invoices->len - 1) : NULL;

  if (kind != CALL_PUT_INVOICE || newest == NULL || !world_chance (world, 50))
    return;
  newest->record->total.minor += 1 + world_draw (world, 3);
  newest->record->balance = newest->record->total;
  books_touch_invoice (world->books, newest);
  world_say (world, "people corrected %s", newest->record->number);
}

static DexFuture *
answer_write (World *world, const Call *call)
{
  const Weather *weather = &world->weather;

  if (world_chance (world, weather->lost_before))
    return lose ();
  if (world_chance (world, weather->late))
    {
      g_ptr_array_add (world->calls, copy_for_later (world, call));
      return lose ();
    }
  if (world_chance (world, weather->lost_after))
    {
      DexFuture *unheard = do_work (world->books, call);

      if (dex_future_is_resolved (unheard))
        correct_newest (world, call->kind);
      dex_unref (unheard);
      return lose ();
    }
  return do_work (world->books, call);
}

static DexFuture *
answer_call (World *world, const Call *call)
{
  DexFuture *met = NULL;

  if (call->promise == NULL)
    {
      DexFuture *unheard = do_work (world->books, call);

      if (dex_future_is_resolved (unheard))
        correct_newest (world, call->kind);
      return unheard;
    }
  if ((met = meet_weather (world, call)) != NULL)
    return met;
  if (is_put (call->kind))
    return answer_write (world, call);
  if (call->kind != CALL_PREPARE && world_chance (world, world->weather.lost_before))
    return fail (CS_REMOTE_ERROR_TRY_LATER, "the ledger stumbled");
  return do_work (world->books, call);
}

static void
settle_call (World *world, Call *call)
{
  static const char *const names[] = { "prepare",     "organisation", "list",         "page",
                                       "put contact", "put invoice",  "find contact", "find invoice" };
  DexFuture *answer = answer_call (world, call);
  GError *error = NULL;
  const GValue *value = dex_future_get_value (answer, &error);

  world_say (world, "%s %s: %s", names[call->kind],
             call->key != NULL    ? call->key
             : call->text != NULL ? call->text
                                  : "",
             error != NULL ? error->message : "ok");
  if (call->promise == NULL)
    g_clear_error (&error);
  else if (value != NULL)
    dex_promise_resolve (call->promise, value);
  else
    dex_promise_reject (call->promise, g_steal_pointer (&error));
  dex_unref (answer);
  call_free (call);
}

void
world_settle_calls (World *world)
{
  for (guint i = 0; i < world->calls->len;)
    {
      Call *call = g_ptr_array_index (world->calls, i);

      if (call->due_ms > world->books->now_ms)
        {
          i++;
          continue;
        }
      g_ptr_array_steal_index (world->calls, i);
      settle_call (world, call);
      i = 0;
    }
}

/* The process is gone. What it had sent arrives all the same, or doesn't, and soon. */
void
world_drop_calls (World *world)
{
  g_autoptr (GPtrArray) dropped = g_steal_pointer (&world->calls);

  world->calls = g_ptr_array_new_with_free_func (call_free);
  for (guint i = 0; i < dropped->len; i++)
    {
      Call *call = g_ptr_array_index (dropped, i);

      if (call->promise == NULL)
        {
          g_ptr_array_add (world->calls, copy_for_later (world, call));
          ((Call *)g_ptr_array_index (world->calls, world->calls->len - 1))->due_ms = call->due_ms;
          continue;
        }
      if (is_put (call->kind) && world_chance (world, 50))
        g_ptr_array_add (world->calls, copy_for_later (world, call));
      dex_promise_reject (call->promise, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "gone"));
    }
}
