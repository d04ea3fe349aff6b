/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-application-private.h"

#include "cs-desk-settings.h"
#include "cs-practices.h"

#define SLOW_CLOSE_MS 400
#define LATE_CLOSE_SECONDS 30

/* --- opening --- */

static CsPracticeEntry *
find_entry (CsApplication *self, GError **error)
{
  DexFuture *found = self->kind == CS_OPEN_LAST ? g_steal_pointer (&self->found) : NULL;

  if (found != NULL)
    return cs_await_record (found, error);
  switch (self->kind)
    {
    case CS_OPEN_DEMO:
      return cs_await_record (cs_practices_find_demo (self->data_folder, self->clock, _ ("Demo practice")),
                              error);
    case CS_OPEN_NEW:
      return cs_await_record (cs_practices_create (self->data_folder, self->clock, self->new_name), error);
    case CS_OPEN_LAST:
    default:
      return cs_await_record (cs_practices_find_last (self->data_folder, self->clock, NULL), error);
    }
}

/* What a sandbox that says nothing comes to, in words for a person. */
static const char *
describe_demo_trouble (const GError *error)
{
  return g_error_matches (error, DEX_ERROR, DEX_ERROR_TIMED_OUT) ? _ ("It gave no answer in time.")
                                                                 : error->message;
}

/* While a window is on its way out it isn't offered: keeps_open() makes up for it. */
static void
offer_demo (CsApplication *self)
{
  if (self->window == NULL || self->is_closing || self->is_demo_offered)
    return;
  self->is_demo_offered = TRUE;
  cs_window_offer (self->window, _ ("The demo’s sandbox ended and didn’t start again"), _ ("_Try again"),
                   "app.try-again");
}

void
cs_application_end_offer (CsApplication *self)
{
  self->is_demo_offered = FALSE;
  if (self->window != NULL)
    cs_window_end_offer (self->window);
}

static void
on_demo_trouble (CsApplication *self, const char *why)
{
  g_message ("The demo’s sandbox: %s", why);
  offer_demo (self);
}

/* (transfer full): where the demo's ledger is. In a fiber. */
static char *
start_demo (CsApplication *self, GError **error)
{
  char *address = NULL;

  if (self->sandbox != NULL)
    return g_strdup (self->sandbox);
  if (self->demo == NULL)
    {
      self->demo = cs_demo_new (self->entry->folder, self->now);
      g_signal_connect_object (self->demo, "trouble", G_CALLBACK (on_demo_trouble), self, G_CONNECT_SWAPPED);
    }
  address = cs_await_string (cs_demo_start (self->demo), error);
  if (address != NULL)
    g_set_str (&self->demo_address, address);
  return address;
}

static DexFuture *
demo_started_again (DexFuture *future, gpointer data)
{
  CsApplication *self = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->demo == NULL || cs_error_is_cancelled (error))
    return NULL;
  if (value == NULL)
    on_demo_trouble (self, describe_demo_trouble (error));
  else if (g_strcmp0 (g_value_get_string (value), self->demo_address) != 0)
    /* Its port was taken meanwhile; the practice knows that one alone. */
    cs_window_say (self->window, _ ("The demo’s sandbox is back. Close the window and open it again."));
  return NULL;
}

static CsSessionOptions *
make_options (CsApplication *self, const char *address)
{
  CsSessionOptions *options = g_new0 (CsSessionOptions, 1);

  options->clock = self->clock;
  options->build_client_id = g_strdup (self->entry->is_demo ? CS_DEMO_CLIENT_ID : XERO_CLIENT_ID);
  options->sandbox_address = g_strdup (address);
  options->ahead = g_steal_pointer (&self->ahead);
  return options;
}

/* It was let go of, or whoever had it may be gone by now. In a fiber. */
static gboolean
may_be_free (CsApplication *self)
{
  g_autoptr (GError) error = NULL;

  return cs_await (cs_desk_bus_ask_yield (&self->entry->id), &error)
         || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY);
}

/* What the background process has in hand it lets go for a window. In a fiber. */
static CsSession *
open_session (CsApplication *self, const char *address, GError **error)
{
  g_autoptr (GError) locked = NULL;
  CsSession *session = cs_await_object (cs_session_open (self->entry, make_options (self, address)), &locked);

  if (session != NULL)
    return session;
  if (g_error_matches (locked, CS_STORE_ERROR, CS_STORE_ERROR_LOCKED) && may_be_free (self))
    return cs_await_object (cs_session_open (self->entry, make_options (self, address)), error);
  g_propagate_error (error, g_steal_pointer (&locked));
  return NULL;
}

/* Resolves to the session, or to FALSE when there is no practice yet. Nothing of GTK in here: the stack is
 * small. */
static DexFuture *
open_fiber (gpointer data)
{
  CsApplication *self = data;
  g_autofree char *address = NULL;
  CsPracticeEntry *entry;
  CsSession *session;
  GError *error = NULL;

  entry = find_entry (self, &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  if (entry == NULL)
    return dex_future_new_for_boolean (FALSE);
  g_clear_pointer (&self->entry, cs_practice_entry_free);
  self->entry = entry;
  if (entry->is_demo && (address = start_demo (self, &error)) == NULL)
    return dex_future_new_for_error (error);
  session = open_session (self, address, &error);
  return session != NULL ? dex_future_new_take_object (session) : dex_future_new_for_error (error);
}

static void
show_store_problem (CsApplication *self, const GError *error)
{
  const char *title = _ ("The practice couldn’t be opened");
  const char *advice = _ ("Nothing was changed or deleted. Try again; if it stays so, keep the folder as it "
                          "is and ask for help.");

  if (g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_LOCKED))
    {
      title = _ ("This practice is open elsewhere");
      advice = _ ("Only one program may send its invoices. Close the other one and try again.");
    }
  else if (g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_TOO_NEW))
    {
      title = _ ("This practice needs a newer Countersign");
      advice = _ ("A newer version has written it, and it was left as it is. Update Countersign on this "
                  "computer and try again.");
    }
  else if (g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_DAMAGED))
    {
      title = _ ("The practice’s file is damaged");
      advice = _ ("It was left as it is, and nothing is sent. Copy its folder to a safe place before you do "
                  "anything else; then put back a backup of it, if "
                  "you have one, and try again.");
    }
  else if (g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_FULL))
    {
      title = _ ("There is no room to write");
      advice = _ ("The disk is full, or the folder can’t be written to. Make room or correct its "
                  "permissions, and try again. Nothing was lost.");
    }
  cs_window_show_problem (self->window, title, advice, error->message, TRUE);
}

static void
show_problem (CsApplication *self, const GError *error)
{
  /* A new practice that was made but can't be opened must not be made twice. */
  if (self->kind == CS_OPEN_NEW)
    self->kind = CS_OPEN_LAST;
  if (error->domain != CS_STORE_ERROR && self->entry != NULL && self->entry->is_demo && self->session == NULL)
    cs_window_show_problem (self->window, _ ("The demo’s sandbox couldn’t be started"),
                            _ ("The demo practice talks to a small program that stands in for Xero on this "
                               "computer. Try again, or install Countersign anew."),
                            describe_demo_trouble (error), FALSE);
  else
    show_store_problem (self, error);
}

/* The registry's list shows the name that the practice gives itself. */
static void
on_session_changed (CsApplication *self, guint change, CsSession *session)
{
  const char *name = cs_session_get_settings (session)->practice_name;

  if (!(change & CS_CHANGE_SETTINGS) || self->entry == NULL || *name == '\0'
      || g_str_equal (name, self->entry->name))
    return;
  g_set_str (&self->entry->name, name);
  dex_future_disown (cs_practices_rename (self->data_folder, self->clock, &self->entry->id, name));
}

/* Whatever came of it, the window shows that. */
static void
show_opened (CsApplication *self, const GValue *value, const GError *error)
{
  if (value == NULL)
    show_problem (self, error);
  else if (!G_VALUE_HOLDS_OBJECT (value))
    cs_window_show_first_run (self->window);
  else
    cs_window_set_session (self->window, self->session);
  if (gtk_widget_get_visible (GTK_WIDGET (self->window)))
    return;
  /* Not on the stack of a fiber, which may be what this is called on. */
  g_clear_handle_id (&self->patience_timer, g_source_remove);
  self->patience_timer = g_idle_add_full (G_PRIORITY_HIGH, cs_application_present_idle, self, NULL);
}

static DexFuture *
opened (DexFuture *future, gpointer data)
{
  CsApplication *self = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->window == NULL || cs_error_is_cancelled (error))
    return NULL;
  if (value != NULL && G_VALUE_HOLDS_OBJECT (value))
    g_set_object (&self->session, g_value_get_object (value));
  show_opened (self, value, error);
  if (self->session == NULL)
    return NULL;
  self->bus = cs_desk_bus_export (self->session, "window", NULL, NULL);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (on_session_changed), self,
                           G_CONNECT_SWAPPED);
  dex_future_disown (cs_practices_mark_opened (self->data_folder, self->clock, &self->entry->id));
  self->notice = cs_notice_new (G_APPLICATION (self), GTK_WINDOW (self->window), self->session);
  if (self->kind == CS_OPEN_NEW)
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.connect", NULL);
  if (gtk_widget_get_visible (GTK_WIDGET (self->window)))
    cs_application_do_wanted (self);
  return NULL;
}

/* The practice is open, and what stands in for its ledger is gone. */
static void
restart_demo (CsApplication *self)
{
  if (self->demo == NULL || !cs_demo_is_gone (self->demo))
    return;
  dex_clear (&self->opening);
  self->opening = dex_future_finally (cs_demo_start (self->demo), demo_started_again, self, NULL);
}

/* What is being waited for. */
void
cs_application_show_opening (CsApplication *self)
{
  cs_window_show_opening (self->window, self->kind == CS_OPEN_DEMO ? _ ("Setting up the demo practice…")
                                                                   : _ ("Opening your practice…"));
}

void
cs_application_open (CsApplication *self, CsOpenKind kind, const char *new_name)
{
  g_assert (CS_IS_APPLICATION (self));

  if (self->is_closing || (self->opening != NULL && dex_future_is_pending (self->opening)))
    return;
  if (self->session != NULL)
    {
      restart_demo (self);
      return;
    }
  self->kind = kind;
  g_set_str (&self->new_name, new_name);
  if (gtk_widget_get_visible (GTK_WIDGET (self->window)))
    cs_application_show_opening (self);
  dex_clear (&self->opening);
  self->opening
      = dex_future_finally (cs_spawn (open_fiber, g_object_ref (self), g_object_unref), opened, self, NULL);
}

/* --- closing --- */

static gboolean
on_slow (gpointer data)
{
  CsApplication *self = data;

  self->slow_timer = 0;
  cs_window_show_opening (self->window, _ ("Finishing what is being written…"));
  return G_SOURCE_REMOVE;
}

/* A disk that doesn't answer must not keep the session from ending; what was committed stays committed. */
static gboolean
on_late (gpointer data)
{
  CsApplication *self = data;

  self->late_timer = 0;
  g_warning ("The practice did not close within %d seconds", LATE_CLOSE_SECONDS);
  cs_window_show_problem (self->window, _ ("The disk doesn’t answer"),
                          _ ("Countersign is still waiting for a write to end. Wait a little longer, or "
                             "quit: what was confirmed to you is safe."),
                          NULL, FALSE);
  return G_SOURCE_REMOVE;
}

static DexFuture *
closed (DexFuture *future, gpointer data)
{
  CsApplication *self = data;
  g_autoptr (GError) error = NULL;
  DexFuture *stopping;

  g_clear_handle_id (&self->slow_timer, g_source_remove);
  g_clear_handle_id (&self->late_timer, g_source_remove);
  if (dex_future_get_value (future, &error) == NULL)
    g_warning ("Closing the practice: %s", error->message);
  g_clear_pointer (&self->bus, cs_desk_bus_free);
  g_clear_pointer (&self->notice, cs_notice_free);
  g_clear_object (&self->session);
  if (self->demo == NULL)
    return NULL;
  stopping = cs_demo_stop (self->demo);
  g_clear_object (&self->demo);
  cs_application_end_offer (self);
  return stopping;
}

/* Once, an edit that can't be written keeps the window open; who then asks again knows what is lost. */
static gboolean
keeps_open (CsApplication *self, const GError *error)
{
  if (error == NULL || self->was_warned)
    return FALSE;
  self->was_warned = TRUE;
  self->is_closing = FALSE;
  g_clear_handle_id (&self->slow_timer, g_source_remove);
  g_clear_handle_id (&self->late_timer, g_source_remove);
  cs_window_show_practice (self->window);
  cs_window_say (self->window, _ ("Your last edit couldn’t be saved. Mend that, or close again to drop it."));
  /* Closing has stopped whoever was trying it again. */
  if (self->demo != NULL && cs_demo_is_gone (self->demo))
    offer_demo (self);
  return TRUE;
}

static DexFuture *
flushed (DexFuture *future, gpointer data)
{
  CsApplication *self = data;
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (keeps_open (self, error))
    return NULL;
  future = self->session != NULL ? cs_session_close (self->session) : dex_future_new_for_boolean (TRUE);
  return dex_future_finally (dex_future_finally (future, closed, self, NULL), self->and_then, self, NULL);
}

/* Has what was typed written, closes the practice, and then does @and_then, whatever came of it. */
void
cs_application_close (CsApplication *self, DexFutureCallback and_then)
{
  g_assert (CS_IS_APPLICATION (self));

  dex_clear (&self->opening);
  self->slow_timer = g_timeout_add (SLOW_CLOSE_MS, on_slow, self);
  self->late_timer = g_timeout_add_seconds (LATE_CLOSE_SECONDS, on_late, self);
  self->is_closing = TRUE;
  self->and_then = and_then;
  dex_clear (&self->closing);
  self->closing = dex_future_finally (cs_window_flush (self->window), flushed, self, NULL);
}

static void
end (CsApplication *self)
{
  g_clear_handle_id (&self->slow_timer, g_source_remove);
  g_clear_handle_id (&self->late_timer, g_source_remove);
  g_clear_pointer (&self->notice, cs_notice_free);
  if (self->window != NULL)
    {
      cs_desk_settings_remember_window (GTK_WINDOW (self->window));
      cs_window_set_session (self->window, NULL);
      gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
    }
  g_application_quit (G_APPLICATION (self));
}

static DexFuture *
end_when_closed (DexFuture *future, gpointer data)
{
  end (data);
  return NULL;
}

void
cs_application_quit (CsApplication *self)
{
  g_assert (CS_IS_APPLICATION (self));

  if (self->window == NULL)
    g_application_quit (G_APPLICATION (self));
  else if (!self->is_closing)
    cs_application_close (self, end_when_closed);
  else if (self->late_timer == 0)
    end (self); /* asked again after the page that says why it takes so long */
}

static DexFuture *
thrown_away (DexFuture *future, gpointer data)
{
  CsApplication *self = data;
  g_autoptr (GError) error = NULL;

  self->is_closing = FALSE;
  if (dex_future_get_value (future, &error) == NULL)
    cs_window_show_problem (self->window, _ ("The demo practice couldn’t be thrown away"),
                            _ ("Nothing else was touched. Try again, or delete its folder yourself."),
                            error->message, TRUE);
  else
    cs_window_show_first_run (self->window);
  return NULL;
}

static DexFuture *
remove_when_closed (DexFuture *future, gpointer data)
{
  CsApplication *self = data;

  cs_window_set_session (self->window, NULL);
  return dex_future_finally (cs_practices_remove (self->data_folder, self->clock, &self->entry->id),
                             thrown_away, self, NULL);
}

void
cs_application_throw_away_demo (CsApplication *self)
{
  g_assert (CS_IS_APPLICATION (self));

  if (self->session == NULL || self->is_closing || !self->entry->is_demo)
    return;
  cs_application_close (self, remove_when_closed);
}
