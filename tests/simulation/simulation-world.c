/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "simulation-world.h"

#include "cs-store-clients.h"
#include "cs-store-proposals.h"
#include "simulation-disk.h"
#include "test-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* 2026-11-22 09:00 UTC */
#define BEGIN_MS G_GINT64_CONSTANT (1795338000000)
#define HOLD_SECONDS 10
/* Something that takes more turns of the clock than this never ends. */
#define TURNS_MAX 100000
#define FILE_NAME "practice.sqlite"

/* --- chance, time --- */

int
world_draw (World *world, int below)
{
  return g_rand_int_range (world->rand, 0, below);
}

gboolean
world_chance (World *world, int percent)
{
  return percent > 0 && world_draw (world, 100) < percent;
}

gint64
world_desk_ms (const World *world)
{
  return world->books->now_ms + world->offset_ms;
}

static gint64
now_of_desk (const CsClock *clock)
{
  return world_desk_ms (clock->data);
}

void
world_say (World *world, const char *format, ...)
{
  g_autofree char *words = NULL;
  g_autofree char *now = NULL;
  va_list arguments;

  if (!world->is_loud)
    return;
  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  now = cs_instant_to_string (world_desk_ms (world));
  g_printerr ("%s %s\n", now, g_strdelimit (words, "\n", '|'));
}

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  dex_clear (&wait->promise);
  g_free (wait);
}

static DexFuture *
wait_until (gint64 wake_ms, gpointer data)
{
  World *world = data;
  Wait *wait = g_new0 (Wait, 1);

  wait->promise = dex_promise_new ();
  wait->wake_ms = wake_ms;
  g_ptr_array_add (world->waits, wait);
  return DEX_FUTURE (dex_ref (wait->promise));
}

void
world_settle_loop (World *world)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
settle_waits (World *world, gint64 desk_ms)
{
  for (guint i = 0; i < world->waits->len;)
    {
      Wait *wait = g_ptr_array_index (world->waits, i);

      if (wait->wake_ms > desk_ms)
        {
          i++;
          continue;
        }
      g_ptr_array_steal_index (world->waits, i);
      dex_promise_resolve_boolean (wait->promise, TRUE);
      wait_free (wait);
    }
}

void
world_pass_time (World *world, gint64 longest_ms)
{
  gint64 next_ms = world->books->now_ms + longest_ms;

  for (guint i = 0; i < world->calls->len; i++)
    next_ms = MIN (next_ms, ((Call *)g_ptr_array_index (world->calls, i))->due_ms);
  for (guint i = 0; i < world->waits->len; i++)
    next_ms = MIN (next_ms, ((Wait *)g_ptr_array_index (world->waits, i))->wake_ms - world->offset_ms);
  world->books->now_ms = MAX (next_ms, world->books->now_ms + 1);
  world_settle_calls (world);
  settle_waits (world, world_desk_ms (world));
  world_settle_loop (world);
}

GError *
world_await (World *world, DexFuture *future)
{
  GError *error = NULL;

  world_settle_loop (world);
  for (int turn = 0; dex_future_is_pending (future); turn++)
    {
      if (turn == TURNS_MAX)
        {
          books_violate (world->books, "ends-in-bounded-steps", "an answer never came");
          return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "never");
        }
      world_pass_time (world, 1000);
    }
  dex_future_get_value (future, &error);
  dex_unref (future);
  return error;
}

gpointer
world_await_record (World *world, DexFuture *future, GError **error)
{
  GError *failure = world_await (world, dex_ref (future));
  g_autoptr (CsBox) box = NULL;

  if (failure == NULL)
    box = g_value_dup_boxed (dex_future_get_value (future, NULL));
  else
    g_propagate_error (error, failure);
  dex_unref (future);
  return box != NULL ? cs_box_steal (box) : NULL;
}

/* --- the practice as every world finds it --- */

static void
draw_ids (guint8 *bytes, gsize size, gpointer data)
{
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8)g_rand_int_range (data, 0, 256);
}

static CsDecimal
decimal (const char *text)
{
  CsDecimal value;

  g_assert_true (cs_decimal_parse (text, &value, NULL));
  return value;
}

static void
add_line (CsProposal *proposal, const char *description, const char *price, CsBillingRule billing)
{
  CsProposalLine *line = cs_proposal_line_new ();

  g_set_str (&line->description, description);
  line->quantity = CS_DECIMAL (1);
  line->unit_price = decimal (price);
  g_set_str (&line->account_code, "200");
  g_set_str (&line->tax_type, "OUTPUT2");
  line->tax_rate = CS_DECIMAL (15);
  line->billing = billing;
  g_ptr_array_add (proposal->lines, line);
}

static void
bill_alone (CsProposalLine *line)
{
  line->shape = cs_shape_new ();
  line->shape->values[CS_SHAPE_GROUPING] = g_strdup (CS_SHAPE_ALONE);
}

static void
write_proposals (CsStore *store, World *world)
{
  static const char *const prices[] = { "1000", "240.25", "1000", "75.5", "310", "99.99" };

  for (guint i = 0; i < WORLD_N_PROPOSALS; i++)
    {
      g_autoptr (CsProposal) proposal = cs_proposal_new ();
      g_autoptr (GError) error = NULL;

      g_set_str (&proposal->title, "Books and year-end");
      proposal->client_id = world->clients[i % WORLD_N_CLIENTS];
      proposal->currency = (CsCurrency){ "NZD" };
      proposal->designated_day = i % 2 == 0 ? 1 : 24;
      proposal->due_days = 14;
      proposal->authorise = TRUE;
      add_line (proposal, "Set-up", prices[i], cs_billing_rule_upfront ());
      if (i % 3 != 2)
        add_line (proposal, "Bookkeeping", "120.5", cs_billing_rule_monthly (proposal->designated_day));
      if (i % 3 == 0) /* on one invoice with it, or alone */
        {
          add_line (proposal, "Payroll", "80", cs_billing_rule_monthly (proposal->designated_day));
          if (i > 0)
            bill_alone (g_ptr_array_index (proposal->lines, proposal->lines->len - 1));
        }
      cs_store_save_proposal (store, proposal, &error);
      g_assert_no_error (error);
      world->proposals[i] = proposal->id;
    }
}

static void
write_clients (CsStore *store, World *world)
{
  static const char *const names[WORLD_N_CLIENTS] = { "Kea", "Ruru &amp; R&D", "Tui", "Weka" };

  for (guint i = 0; i < WORLD_N_CLIENTS; i++)
    {
      g_autoptr (CsClient) client = cs_client_new ();
      g_autoptr (GError) error = NULL;

      g_set_str (&client->name, names[i]);
      g_set_str (&client->email, i == 0 ? "" : "accounts@example.com");
      cs_store_save_client (store, client, &error);
      g_assert_no_error (error);
      world->clients[i] = client->id;
    }
}

static void
write_template (World *world, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (CsStore) store = cs_store_open (path, CS_STORE_READ_WRITE, &world->clock, &error);
  g_autoptr (CsConnection) connection = cs_connection_new ();
  g_autoptr (CsSettings) settings = NULL;

  g_assert_no_error (error);
  cs_store_set_random (store, draw_ids, rand);
  g_set_str (&connection->system, "xero");
  g_set_str (&connection->tenant_id, "tenant-1");
  g_set_str (&connection->tenant_name, "Hikurangi Accounting");
  connection->currency = (CsCurrency){ "NZD" };
  cs_store_save_connection (store, connection, &error);
  g_assert_no_error (error);
  world->connection_id = connection->id;
  settings = cs_store_get_settings (store, &error);
  g_assert_no_error (error);
  settings->hold_seconds = HOLD_SECONDS;
  g_set_str (&settings->time_zone, "UTC");
  g_set_str (&settings->actor, "Mia");
  cs_store_save_settings (store, settings, &error);
  g_assert_no_error (error);
  write_clients (store, world);
  write_proposals (store, world);
}

/* Made once, as it is the same for every world; each gets a copy of the file. */
static void
copy_template (World *world, const char *folder)
{
  static char *bytes;
  static gsize size;
  static World made;
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autoptr (GError) error = NULL;

  if (bytes == NULL)
    {
      write_template (world, path);
      made = *world;
      g_file_get_contents (path, &bytes, &size, &error);
      g_assert_no_error (error);
      return;
    }
  world->connection_id = made.connection_id;
  memcpy (world->clients, made.clients, sizeof made.clients);
  memcpy (world->proposals, made.proposals, sizeof made.proposals);
  g_file_set_contents_full (path, bytes, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

World *
world_new (guint32 seed, gboolean is_loud)
{
  World *world = g_new0 (World, 1);
  g_autofree char *folder = NULL;

  g_random_set_seed (seed);
  world->seed = seed;
  world->rand = g_rand_new_with_seed (seed);
  world->is_loud = is_loud;
  world->books = books_new (1 + (guint)world_draw (world, 6));
  world->books->now_ms = BEGIN_MS;
  world->clock = (CsClock){ now_of_desk, world };
  world->calls = g_ptr_array_new_with_free_func (call_free);
  world->waits = g_ptr_array_new_with_free_func (wait_free);
  world->excused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  world->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  world->settled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  world->accepted = g_hash_table_new (NULL, NULL);
  world->folder = test_folder_new ();
  folder = g_build_filename (world->folder, "desk-0", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  copy_template (world, folder);
  simulation_disk_forget ();
  world->practice = g_new0 (CsPracticeEntry, 1);
  world->practice->id = (CsUuid){ { 1 } };
  world->practice->name = g_strdup ("Hikurangi Accounting");
  world->practice->folder = g_steal_pointer (&folder);
  return world;
}

void
world_free (World *world)
{
  g_assert_null (world->session);
  test_folder_remove (world->folder);
  g_ptr_array_unref (world->calls);
  g_ptr_array_unref (world->waits);
  g_hash_table_unref (world->excused);
  g_hash_table_unref (world->wanted);
  g_hash_table_unref (world->settled);
  g_hash_table_unref (world->accepted);
  cs_practice_entry_free (world->practice);
  books_free (world->books);
  g_rand_free (world->rand);
  g_free (world->backup);
  g_free (world->folder);
  g_free (world);
}

/* --- the session's life --- */

static gpointer
set_random_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_set_random (store, draw_ids, ((World *)data)->rand);
  return NULL;
}

gboolean
world_open (World *world, GError **error)
{
  CsSessionOptions *options = g_new0 (CsSessionOptions, 1);
  DexFuture *opening = NULL;
  GError *failure = NULL;

  g_assert_null (world->session);
  options->clock = &world->clock;
  options->wait_until = wait_until;
  options->ledger_func = world_make_ledger;
  options->simulation_data = world;
  options->build_client_id = g_strdup ("");
  opening = cs_session_open (world->practice, options);
  failure = world_await (world, dex_ref (opening));
  if (failure == NULL)
    world->session = g_value_dup_object (dex_future_get_value (opening, NULL));
  dex_unref (opening);
  world_say (world, "open: %s", failure != NULL ? failure->message : "ok");
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      world_settle_loop (world);
      return FALSE;
    }
  g_clear_error (&failure);
  failure = world_await (world, cs_session_write (world->session, set_random_job, world, NULL, NULL));
  g_assert_no_error (failure);
  world->was_restored = world->was_restored || cs_session_get_was_restored (world->session);
  world->books->keys_may_return = world->was_restored;
  return TRUE;
}

void
world_close_session (World *world, CsSession **session)
{
  g_autoptr (GError) error = NULL;

  if (*session == NULL)
    return;
  error = world_await (world, cs_session_close (*session));
  g_clear_object (session);
  world_settle_loop (world);
}

void
world_close (World *world)
{
  world_close_session (world, &world->previous);
  world_close_session (world, &world->session);
}

void
world_crash (World *world)
{
  g_autofree char *lock = g_build_filename (world->practice->folder, "lock", NULL);
  g_autofree char *notes = NULL;
  gboolean power_was_cut = world_chance (world, 50);
  DexFuture *closing = NULL;
  gsize size = 0;

  if (world->session == NULL)
    return;
  world_close_session (world, &world->previous);
  world_say (world, "crash%s", power_was_cut ? ", the power was cut" : "");
  g_file_get_contents (lock, &notes, &size, NULL);
  simulation_disk_die ();
  closing = cs_session_close (world->session);
  do
    {
      world_drop_calls (world);
      settle_waits (world, G_MAXINT64);
      world_settle_loop (world);
    }
  while (dex_future_is_pending (closing));
  dex_unref (closing);
  g_clear_object (&world->session);
  world_settle_loop (world);
  simulation_disk_restart (world->rand, power_was_cut);
  /* What the dying fibers noted there was never noted. */
  if (notes != NULL)
    {
      int fd = g_open (lock, O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);

      g_assert_cmpint (write (fd, notes, size), ==, (gssize)size);
      g_close (fd, NULL);
    }
  world->tally.n_crashes++;
  world->tally.n_cuts += power_was_cut ? 1 : 0;
}
