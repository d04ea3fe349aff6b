/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-desk-settings.h"

#define REFRESH_SECONDS_DEFAULT 60

/* g_settings_new() ends the program when the schema is missing, hence the question first. */
static GSettings *
desk_settings (void)
{
  static GSettings *settings;
  static gboolean asked;

  if (!asked)
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema = NULL;

      asked = TRUE;
      if (source != NULL)
        schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
      if (schema != NULL)
        settings = g_settings_new_full (schema, NULL, NULL);
    }
  return settings;
}

/**
 * cs_desk_settings_restore_window:
 * @window: a window that isn't shown yet
 *
 * Gives @window the size it had when it was last closed.
 */
void
cs_desk_settings_restore_window (GtkWindow *window)
{
  GSettings *settings = desk_settings ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  if (settings == NULL)
    return;
  gtk_window_set_default_size (window, g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
}

/**
 * cs_desk_settings_remember_window:
 * @window: a window that is about to close
 *
 * Keeps the size of @window for the next start.
 */
void
cs_desk_settings_remember_window (GtkWindow *window)
{
  GSettings *settings = desk_settings ();
  int width = 0, height = 0;

  g_return_if_fail (GTK_IS_WINDOW (window));

  if (settings == NULL)
    return;
  gtk_window_get_default_size (window, &width, &height);
  g_settings_delay (settings);
  /* Out of range is refused by GSettings with a warning: clamp to what the schema says. */
  g_settings_set_int (settings, "window-width", CLAMP (width, 360, 16384));
  g_settings_set_int (settings, "window-height", CLAMP (height, 294, 16384));
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
  g_settings_apply (settings);
}

/**
 * cs_desk_settings_dup_last_page:
 *
 * Returns: (transfer full): the name of the page that was shown last
 */
char *
cs_desk_settings_dup_last_page (void)
{
  GSettings *settings = desk_settings ();

  return settings != NULL ? g_settings_get_string (settings, "last-page") : g_strdup ("proposals");
}

/**
 * cs_desk_settings_set_last_page:
 * @page: one of the names that the schema lists
 *
 * Keeps @page for the next start.
 */
void
cs_desk_settings_set_last_page (const char *page)
{
  GSettings *settings = desk_settings ();

  g_return_if_fail (page != NULL);

  if (settings != NULL)
    g_settings_set_string (settings, "last-page", page);
}

/** cs_desk_settings_get_jobs_as_board: Returns: whether jobs are shown as a board */
gboolean
cs_desk_settings_get_jobs_as_board (void)
{
  GSettings *settings = desk_settings ();

  return settings != NULL && g_settings_get_boolean (settings, "jobs-as-board");
}

/** cs_desk_settings_set_jobs_as_board: keeps @as_board for the next time. */
void
cs_desk_settings_set_jobs_as_board (gboolean as_board)
{
  GSettings *settings = desk_settings ();

  if (settings != NULL)
    g_settings_set_boolean (settings, "jobs-as-board", as_board);
}

/** cs_desk_settings_dup_jobs_columns: Returns: (transfer full): as cs_columns_to_string() wrote it, "" */
char *
cs_desk_settings_dup_jobs_columns (void)
{
  GSettings *settings = desk_settings ();

  return settings != NULL ? g_settings_get_string (settings, "jobs-columns") : g_strdup ("");
}

/** cs_desk_settings_set_jobs_columns: keeps @columns for the next time. */
void
cs_desk_settings_set_jobs_columns (const char *columns)
{
  GSettings *settings = desk_settings ();

  g_return_if_fail (columns != NULL);

  if (settings != NULL)
    g_settings_set_string (settings, "jobs-columns", columns);
}

/** cs_desk_settings_dup_jobs_order: Returns: (transfer full): what jobs are in the order of, and which way */
char *
cs_desk_settings_dup_jobs_order (gboolean *is_descending)
{
  GSettings *settings = desk_settings ();
  g_autofree char *text = settings != NULL ? g_settings_get_string (settings, "jobs-order") : g_strdup ("");

  *is_descending = *text == '-';
  return g_strdup (text + (*is_descending ? 1 : 0));
}

/** cs_desk_settings_set_jobs_order: keeps it for the next time. */
void
cs_desk_settings_set_jobs_order (const char *order, gboolean is_descending)
{
  GSettings *settings = desk_settings ();
  g_autofree char *text = g_strconcat (is_descending ? "-" : "", order, NULL);

  if (settings != NULL)
    g_settings_set_string (settings, "jobs-order", text);
}

/**
 * cs_desk_settings_get_refresh_seconds:
 *
 * Returns: for so many seconds after the window got the focus, getting it again reads nothing
 */
guint
cs_desk_settings_get_refresh_seconds (void)
{
  GSettings *settings = desk_settings ();

  return settings != NULL ? (guint)g_settings_get_int (settings, "refresh-on-focus-seconds")
                          : REFRESH_SECONDS_DEFAULT;
}
