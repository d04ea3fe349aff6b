/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-health-dialog.h"

#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-grant-health.h"

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

struct _CsHealthDialog
{
  AdwDialog parent_instance;
  AdwBanner *banner;
  AdwActionRow *organisation_row;
  AdwActionRow *login_row;
  AdwActionRow *read_row;
  AdwActionRow *renewed_row;
  AdwActionRow *ends_row;
  AdwActionRow *day_row;
  AdwActionRow *minute_row;
  AdwPreferencesGroup *scopes_group;

  CsSession *session;
  GSignalGroup *signals;
  GPtrArray *scope_rows; /* unowned */
  DexFuture *reading;
  DexFuture *renewing;
  gboolean is_renewing;
  guint update; /* idle */
  char *failed; /* what the last refresh by hand, or the keyring, said; NULL when it went well */
};

G_DEFINE_FINAL_TYPE (CsHealthDialog, cs_health_dialog, ADW_TYPE_DIALOG)

/* --- words --- */

static char *
format_moment (CsHealthDialog *self, gint64 instant_ms)
{
  return instant_ms != 0 ? cs_format_moment (instant_ms, cs_session_get_time_zone (self->session)) : NULL;
}

static char *
format_date (CsHealthDialog *self, gint64 instant_ms)
{
  return cs_format_date (cs_date_from_instant (instant_ms, cs_session_get_time_zone (self->session)));
}

static void
set_words (AdwActionRow *row, const char *words)
{
  adw_action_row_set_subtitle (row, words != NULL && *words != '\0' ? words : _ ("Not known yet"));
}

static void
set_moment (CsHealthDialog *self, AdwActionRow *row, gint64 instant_ms)
{
  g_autofree char *words = format_moment (self, instant_ms);

  set_words (row, words);
}

static void
show_end (CsHealthDialog *self, const CsGrantHealth *health)
{
  gint64 left_ms = health->ends_ms - cs_clock_now_ms (cs_session_get_clock (self->session));
  guint days = (guint)CLAMP (left_ms / DAY_MS, 0, 60);
  g_autofree char *date = NULL;
  g_autofree char *words = NULL;

  if (health->ends_ms == 0)
    {
      set_words (self->ends_row, NULL);
      return;
    }
  date = format_date (self, health->ends_ms);
  /* Translators: %s is a date, %u a number of days. */
  words = g_strdup_printf (ngettext ("%s, %'u day left", "%s, %'u days left", days), date, days);
  set_words (self->ends_row, words);
}

static void
show_count (AdwActionRow *row, int count, const char *unknown)
{
  g_autofree char *words = NULL;

  if (count >= 0)
    words = g_strdup_printf (ngettext ("%'d left", "%'d left", (gulong)count), count);
  adw_action_row_set_subtitle (row, words != NULL ? words : unknown);
}

/* A name is text, never markup, and the rows are set so; here it is joined with what Xero keeps beside it. */
static void
show_organisation (CsHealthDialog *self, const char *country)
{
  const CsConnection *connection = cs_session_get_connection (self->session);
  g_autofree char *words = NULL;

  if (connection == NULL)
    return;
  if (country != NULL && *country != '\0')
    /* Translators: an organisation, the code of its country, the code of its currency. */
    words = g_strdup_printf (_ ("%s (%s, %s)"), connection->tenant_name, country, connection->currency.code);
  set_words (self->organisation_row, words != NULL ? words : connection->tenant_name);
  set_words (self->login_row, connection->login_name);
}

static void
show_scopes (CsHealthDialog *self)
{
  const CsConnection *connection = cs_session_get_connection (self->session);
  g_auto (GStrv) scopes = NULL;

  for (guint i = 0; i < self->scope_rows->len; i++)
    adw_preferences_group_remove (self->scopes_group, g_ptr_array_index (self->scope_rows, i));
  g_ptr_array_set_size (self->scope_rows, 0);
  if (connection == NULL)
    return;
  scopes = g_strsplit (connection->scopes, " ", -1);
  for (guint i = 0; scopes[i] != NULL; i++)
    {
      const char *words = cs_grant_scope_words (scopes[i]);
      GtkWidget *row = NULL;

      if (words == NULL)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
      adw_preferences_group_add (self->scopes_group, row);
      g_ptr_array_add (self->scope_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->scopes_group), self->scope_rows->len > 0);
}

/* --- what needs a person --- */

static char *
state_words (CsHealthDialog *self, const CsGrantHealth *health)
{
  g_autofree char *date = NULL;

  switch (cs_session_get_link_state (self->session))
    {
    case CS_LINK_SIGN_IN_NEEDED:
      return g_strdup (_ ("Xero has ended the permission: sign in again. Nothing is lost."));
    case CS_LINK_VAULT_LOCKED:
      return g_strdup (_ ("The keyring that holds the permission is locked or missing."));
    case CS_LINK_OFFLINE:
      if (health == NULL || !health->is_old)
        return g_strdup (
            _ ("Xero can’t be reached. The permission isn’t affected: it goes on once the network is back."));
      break;
    case CS_LINK_UNWELL:
      if (health == NULL || !health->is_old)
        return g_strdup (
            _ ("Xero can be reached, but isn’t answering properly. Nothing has to be done here: it is "
               "tried again by itself, and what was entered is kept."));
      break;
    case CS_LINK_CONNECTED:
    case CS_LINK_NONE:
    case CS_LINK_DISCONNECTED:
    default:
      break;
    }
  if (health == NULL || !health->is_old)
    return g_strdup (self->failed);
  date = format_date (self, health->ends_ms);
  /* Translators: %s is a date. */
  return g_strdup_printf (_ ("The permission was not renewed for 50 days. Sign in again before %s."), date);
}

static void
show_banner (CsHealthDialog *self, const CsGrantHealth *health)
{
  g_autofree char *words = state_words (self, health);

  adw_banner_set_use_markup (self->banner, FALSE);
  adw_banner_set_title (self->banner, words != NULL ? words : "");
  adw_banner_set_revealed (self->banner, words != NULL);
}

static void
show_health (CsHealthDialog *self, const CsGrantHealth *health)
{
  show_organisation (self, health->country);
  set_moment (self, self->renewed_row, health->renewed_ms);
  show_end (self, health);
  show_count (self->day_row, health->day_remaining, _ ("Not known yet"));
  show_count (self->minute_row, health->minute_remaining, _ ("All: none was used just now"));
  show_banner (self, health);
}

static void
on_read (gpointer object, DexFuture *settled, gpointer data)
{
  CsHealthDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsGrantHealth) health = cs_settled_steal_record (settled, &error);

  if (health != NULL)
    show_health (self, health);
  else
    show_banner (self, NULL);
}

static void
update (CsHealthDialog *self)
{
  set_moment (self, self->read_row, cs_session_get_synced_ms (self->session));
  show_organisation (self, NULL);
  show_scopes (self);
  dex_clear (&self->reading);
  self->reading = cs_follow_up (cs_session_read_grant_health (self->session), self, on_read, NULL, NULL);
}

static gboolean
update_idle (gpointer data)
{
  CsHealthDialog *self = data;

  self->update = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* The signal may come from a fiber, whose stack is small, and which must not drop another one. */
static void
queue_update (CsHealthDialog *self)
{
  if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_DEFAULT, update_idle, self, NULL);
}

static void
on_session_changed (CsHealthDialog *self, guint change)
{
  if (change & (CS_CHANGE_CONNECTION | CS_CHANGE_LEDGER))
    queue_update (self);
}

/* --- buttons --- */

static void
on_renewed (gpointer object, DexFuture *settled, gpointer data)
{
  CsHealthDialog *self = object;
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    g_set_str (&self->failed, error->message);
  else
    g_clear_pointer (&self->failed, g_free);
  self->is_renewing = FALSE;
  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           self->failed != NULL ? self->failed : _ ("The permission is renewed"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  queue_update (self);
}

/* The row stays as it is while this goes on: made insensitive it would lose the focus, and Escape with it. */
static void
on_renew (CsHealthDialog *self)
{
  if (self->is_renewing)
    return;
  self->is_renewing = TRUE;
  dex_clear (&self->renewing);
  self->renewing = cs_follow_up (cs_session_renew_grant (self->session), self, on_renewed, NULL, NULL);
}

/* Never two dialogs on one another: this one goes first. */
static void
go_to (CsHealthDialog *self, const char *action)
{
  GtkWidget *window = gtk_widget_get_parent (GTK_WIDGET (self));

  g_object_ref (window);
  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action (window, action, NULL);
  g_object_unref (window);
}

static void
on_sign_in (CsHealthDialog *self)
{
  go_to (self, "win.sign-in-again");
}

static void
on_disconnect (CsHealthDialog *self)
{
  go_to (self, "win.disconnect");
}

/* --- the object --- */

static void
cs_health_dialog_dispose (GObject *object)
{
  CsHealthDialog *self = CS_HEALTH_DIALOG (object);

  g_clear_handle_id (&self->update, g_source_remove);
  dex_clear (&self->reading);
  dex_clear (&self->renewing);
  g_clear_object (&self->signals);
  g_clear_object (&self->session);
  g_clear_pointer (&self->scope_rows, g_ptr_array_unref);
  g_clear_pointer (&self->failed, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_HEALTH_DIALOG);
  G_OBJECT_CLASS (cs_health_dialog_parent_class)->dispose (object);
}

static void
cs_health_dialog_class_init (CsHealthDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_health_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/health/cs-health-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsHealthDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, CsHealthDialog, organisation_row);
  gtk_widget_class_bind_template_child (widget_class, CsHealthDialog, login_row);
  gtk_widget_class_bind_template_child (widget_class, CsHealthDialog, read_row);
  gtk_widget_class_bind_template_child (widget_class, CsHealthDialog, renewed_row);
  gtk_widget_class_bind_template_child (widget_class, CsHealthDialog, ends_row);
  gtk_widget_class_bind_template_child (widget_class, CsHealthDialog, day_row);
  gtk_widget_class_bind_template_child (widget_class, CsHealthDialog, minute_row);
  gtk_widget_class_bind_template_child (widget_class, CsHealthDialog, scopes_group);
  gtk_widget_class_bind_template_callback (widget_class, on_renew);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in);
  gtk_widget_class_bind_template_callback (widget_class, on_disconnect);
}

static void
cs_health_dialog_init (CsHealthDialog *self)
{
  self->scope_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (CS_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (on_session_changed), self);
  g_signal_group_connect_swapped (self->signals, "notify::link-state", G_CALLBACK (queue_update), self);
  g_signal_group_connect_swapped (self->signals, "notify::synced-ms", G_CALLBACK (queue_update), self);
}

/**
 * cs_health_dialog_new:
 * @session: a connected practice
 *
 * Returns: (transfer floating): how its connection is, to present
 */
CsHealthDialog *
cs_health_dialog_new (CsSession *session)
{
  CsHealthDialog *self;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  self = g_object_new (CS_TYPE_HEALTH_DIALOG, NULL);
  self->session = g_object_ref (session);
  g_signal_group_set_target (self->signals, session);
  update (self);
  return self;
}
