/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "cs-application-private.h"

#include "cs-practices.h"
#include "cs-process.h"
#include "cs-system-clock.h"

/* How long a window may take to come. */
#define PATIENCE_MS 250

G_DEFINE_FINAL_TYPE (CsApplication, cs_application, ADW_TYPE_APPLICATION)

/* --- actions --- */

static void
act_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cs_application_quit (data);
}

static void
act_explore_demo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cs_application_open (data, CS_OPEN_DEMO, NULL);
}

static void
act_create_practice (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cs_application_open (data, CS_OPEN_NEW, g_variant_get_string (parameter, NULL));
}

static void
act_try_again (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsApplication *self = data;

  /* Pressed, the offer is gone, whatever comes of it. */
  cs_application_end_offer (self);
  cs_application_open (self, self->kind, NULL);
}

static void
act_throw_away_demo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cs_application_throw_away_demo (data);
}

static void
act_show_folder (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsApplication *self = data;
  g_autoptr (GFile) folder
      = g_file_new_for_path (self->entry != NULL ? self->entry->folder : self->data_folder);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (folder);

  gtk_file_launcher_launch (launcher, GTK_WINDOW (self->window), NULL, NULL, NULL);
}

/* --- what the desktop asks for: its launcher's menu, a notification --- */

static const struct
{
  const char *name;
  const char *window_action;
} DESKTOP_ACTIONS[] = {
  { "new-proposal", "win.new-proposal::" },
  { "new-client", "win.new-client" },
  { "show-activity", "win.show-page::activity" },
};

void
cs_application_do_wanted (CsApplication *self)
{
  g_autoptr (GVariant) target = NULL;
  g_autofree char *action = NULL;

  if (self->wanted == NULL || self->session == NULL || self->window == NULL)
    return;
  if (g_action_parse_detailed_name (self->wanted, &action, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (self->window), action, target);
  self->wanted = NULL;
}

static void
act_for_desktop (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsApplication *self = data;

  for (gsize i = 0; i < G_N_ELEMENTS (DESKTOP_ACTIONS); i++)
    if (g_str_equal (DESKTOP_ACTIONS[i].name, g_action_get_name (G_ACTION (action))))
      self->wanted = DESKTOP_ACTIONS[i].window_action;
  g_application_activate (G_APPLICATION (self));
  cs_application_do_wanted (self);
}

static const GActionEntry ACTIONS[] = {
  { "quit", act_quit, NULL, NULL, NULL, { 0 } },
  { "explore-demo", act_explore_demo, NULL, NULL, NULL, { 0 } },
  { "create-practice", act_create_practice, "s", NULL, NULL, { 0 } },
  { "try-again", act_try_again, NULL, NULL, NULL, { 0 } },
  { "throw-away-demo", act_throw_away_demo, NULL, NULL, NULL, { 0 } },
  { "show-folder", act_show_folder, NULL, NULL, NULL, { 0 } },
  { "new-proposal", act_for_desktop, NULL, NULL, NULL, { 0 } },
  { "new-client", act_for_desktop, NULL, NULL, NULL, { 0 } },
  { "show-activity", act_for_desktop, NULL, NULL, NULL, { 0 } },
};

static const struct
{
  const char *action;
  const char *keys[3];
} ACCELERATORS[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.show-page::proposals", { "<Alt>1" } },
  { "win.show-page::clients", { "<Alt>2" } },
  { "win.show-page::invoices", { "<Alt>3" } },
  { "win.show-page::activity", { "<Alt>4" } },
  { "win.show-page::jobs", { "<Alt>5" } },
  { "win.new", { "<Control>n" } },
  { "win.search", { "<Control>f" } },
  { "win.refresh", { "F5" } },
  { "win.sync", { "<Control>r" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.shortcuts", { "<Control>question" } },
  { "win.help", { "F1" } },
};

/* --- starting --- */

static gboolean
set_clock (CsApplication *self)
{
  gint64 offset_ms = 0, then_ms = 0;
  g_autoptr (GError) error = NULL;

  if (self->now != NULL)
    {
      if (!cs_instant_parse (self->now, &then_ms, &error))
        {
          g_printerr ("%s\n", error->message);
          return FALSE;
        }
      offset_ms = then_ms - g_get_real_time () / 1000;
    }
  self->clock = cs_system_clock_new (offset_ms);
  return TRUE;
}

void
cs_application_present (CsApplication *self)
{
  g_clear_handle_id (&self->patience_timer, g_source_remove);
  if (!gtk_widget_get_visible (GTK_WIDGET (self->window)) && self->opening != NULL
      && dex_future_is_pending (self->opening))
    cs_application_show_opening (self);
  gtk_window_present (GTK_WINDOW (self->window));
  cs_application_do_wanted (self);
}

gboolean
cs_application_present_idle (gpointer data)
{
  CsApplication *self = data;

  self->patience_timer = 0;
  if (self->window != NULL)
    cs_application_present (self);
  return G_SOURCE_REMOVE;
}

/* What is open within a moment is the first that the window shows; a page that says "Opening…" would only be
 * laid out and drawn to be replaced. */
static void
cs_application_activate (GApplication *application)
{
  CsApplication *self = CS_APPLICATION (application);

  if (self->is_closing)
    return;
  if (self->window != NULL)
    {
      cs_application_present (self);
      return;
    }
  self->window = cs_window_new (ADW_APPLICATION (self));
  if (self->width > 0 || self->height > 0)
    gtk_window_set_default_size (GTK_WINDOW (self->window), self->width > 0 ? self->width : -1,
                                 self->height > 0 ? self->height : -1);
  self->patience_timer = g_timeout_add (PATIENCE_MS, cs_application_present_idle, self);
  cs_application_open (self, self->is_demo ? CS_OPEN_DEMO : CS_OPEN_LAST, NULL);
}

/* At the end of a desktop session: as if a person quit, so that what is being written is finished. */
static gboolean
on_terminate (gpointer data)
{
  cs_application_quit (data);
  return G_SOURCE_CONTINUE;
}

/* With a theme in the environment libadwaita would bring no style of its own, and neither would what we
 * start. */
static void
begin_without_theme (void)
{
  if (g_strcmp0 (g_getenv ("GTK_THEME"), CS_EMPTY_THEME) != 0)
    return;
  gtk_init ();
  gtk_settings_get_default ();
  g_unsetenv ("GTK_THEME");
}

static void
cs_application_startup (GApplication *application)
{
  CsApplication *self = CS_APPLICATION (application);

  if (!self->is_demo)
    {
      self->ahead = cs_session_ahead_new (self->clock);
      self->found = cs_practices_find_last (self->data_folder, self->clock, self->ahead);
    }
  begin_without_theme ();
  G_APPLICATION_CLASS (cs_application_parent_class)->startup (application);

  /* Getting the focus isn't choosing the text: an error's words would stand there as if selected. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  g_unix_signal_add (SIGTERM, on_terminate, application);
  g_unix_signal_add (SIGINT, on_terminate, application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), ACTIONS, G_N_ELEMENTS (ACTIONS), application);
  for (gsize i = 0; i < G_N_ELEMENTS (ACCELERATORS); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), ACCELERATORS[i].action,
                                           ACCELERATORS[i].keys);
}

static int
cs_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  CsApplication *self = CS_APPLICATION (application);

  if (self->is_version)
    {
      g_print ("countersign %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (!self->is_demo && (self->sandbox != NULL || self->now != NULL))
    {
      /* A real practice speaks to the real ledger, at the real time. */
      g_printerr ("%s\n", _ ("--sandbox and --now are for the demo practice: use them with --demo."));
      return 2;
    }
  if (self->data_folder == NULL)
    self->data_folder = cs_process_get_data_folder ();
  return set_clock (self) ? -1 : 2;
}

static void
add_options (CsApplication *self)
{
  const GOptionEntry entries[]
      = { { "demo", 0, 0, G_OPTION_ARG_NONE, &self->is_demo, N_ ("Open the demo practice"), NULL },
          { "version", 0, 0, G_OPTION_ARG_NONE, &self->is_version, N_ ("Print the version and exit"), NULL },
          { "data-folder", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &self->data_folder,
            "Where practices are kept", "DIR" },
          { "sandbox", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &self->sandbox,
            "A sandbox that runs already", "ADDRESS" },
          { "now", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &self->now, "The moment to start at",
            "ISO" },
          { "width", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &self->width, "Width of the window", "N" },
          { "height", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &self->height, "Height of the window", "N" },
          G_OPTION_ENTRY_NULL };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_description (G_APPLICATION (self),
                                                _ ("Without a window: “countersign sync”, “countersign "
                                                   "status”, “countersign verify”; each has a --help."));
}

static void
cs_application_dispose (GObject *object)
{
  CsApplication *self = CS_APPLICATION (object);

  g_clear_handle_id (&self->patience_timer, g_source_remove);
  g_clear_handle_id (&self->slow_timer, g_source_remove);
  g_clear_handle_id (&self->late_timer, g_source_remove);
  dex_clear (&self->found);
  g_clear_pointer (&self->ahead, cs_session_ahead_unref);
  dex_clear (&self->opening);
  dex_clear (&self->closing);
  g_clear_pointer (&self->bus, cs_desk_bus_free);
  g_clear_pointer (&self->notice, cs_notice_free);
  g_clear_object (&self->session);
  g_clear_object (&self->demo);
  G_OBJECT_CLASS (cs_application_parent_class)->dispose (object);
}

static void
cs_application_finalize (GObject *object)
{
  CsApplication *self = CS_APPLICATION (object);

  g_clear_pointer (&self->entry, cs_practice_entry_free);
  g_clear_pointer (&self->clock, cs_system_clock_free);
  g_free (self->data_folder);
  g_free (self->sandbox);
  g_free (self->now);
  g_free (self->new_name);
  g_free (self->demo_address);
  G_OBJECT_CLASS (cs_application_parent_class)->finalize (object);
}

static void
cs_application_class_init (CsApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_application_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_application_finalize;
  application_class->activate = cs_application_activate;
  application_class->startup = cs_application_startup;
  application_class->handle_local_options = cs_application_handle_local_options;
}

static void
cs_application_init (CsApplication *self)
{
  add_options (self);
}

/**
 * cs_application_new:
 *
 * Returns: (transfer full): the application, to run
 */
CsApplication *
cs_application_new (void)
{
  return g_object_new (CS_TYPE_APPLICATION, "application-id", APPLICATION_ID, "resource-base-path",
                       "/io/github/countersign/Countersign", "flags", G_APPLICATION_DEFAULT_FLAGS, NULL);
}
