/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-sync-page.h"

#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-session-schedule.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

struct _CsSyncPage
{
  AdwPreferencesPage parent_instance;
  AdwComboRow *when_row;
  AdwEntryRow *push_at_row;
  AdwEntryRow *pull_at_row;
  GtkLabel *next_label;
  GtkLabel *error_label;
  CsSession *session;
  gboolean is_loading;
};

G_DEFINE_FINAL_TYPE (CsSyncPage, cs_sync_page, ADW_TYPE_PREFERENCES_PAGE)

/* The order of the strings in the template is that of CsPushWhen. */

static char *
format_time (int minutes)
{
  return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
}

static gboolean
parse_time (const char *text, int *minutes)
{
  int hour = 0, minute = 0;
  char rest = '\0';

  if (sscanf (text, "%2d:%2d%c", &hour, &minute, &rest) != 2 || hour < 0 || hour > 23 || minute < 0
      || minute > 59)
    return FALSE;
  *minutes = hour * 60 + minute;
  return TRUE;
}

static char *
describe_next (CsSyncPage *self)
{
  GTimeZone *zone = cs_session_get_time_zone (self->session);
  CsDate today = cs_session_get_today (self->session);
  gint64 next_ms = cs_session_get_next_push_ms (self->session);
  g_autofree char *time = NULL;
  g_autofree char *date = NULL;
  CsDate day;

  if (next_ms == G_MAXINT64)
    return g_strdup (_ ("Nothing goes by itself: choose Push now."));
  if (cs_session_get_schedule (self->session)->push_when == CS_PUSH_IMMEDIATELY)
    return g_strdup (_ ("Goes as soon as its hold is over."));
  day = cs_date_from_instant (next_ms, zone);
  time = cs_format_time_of_day (next_ms, zone);
  if (cs_date_compare (day, today) <= 0)
    /* Translators: %s is a time, "17:00". */
    return g_strdup_printf (_ ("Next: today %s"), time);
  if (cs_date_compare (day, cs_date_add_days (today, 1)) == 0)
    /* Translators: %s is a time, "17:00". */
    return g_strdup_printf (_ ("Next: tomorrow %s"), time);
  date = cs_format_date (day);
  /* Translators: a date and a time. */
  return g_strdup_printf (_ ("Next: %1$s %2$s"), date, time);
}

static void
show_error (CsSyncPage *self, const char *words)
{
  gtk_label_set_text (self->error_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), *words != '\0');
}

static void
load (CsSyncPage *self)
{
  const CsSchedule *schedule = cs_session_get_schedule (self->session);
  g_autofree char *push_at = format_time (schedule->push_at);
  g_autofree char *pull_at = format_time (schedule->pull_at);
  g_autofree char *next = describe_next (self);

  self->is_loading = TRUE;
  adw_combo_row_set_selected (self->when_row, schedule->push_when);
  gtk_editable_set_text (GTK_EDITABLE (self->push_at_row), push_at);
  gtk_editable_set_text (GTK_EDITABLE (self->pull_at_row), pull_at);
  gtk_widget_set_visible (GTK_WIDGET (self->push_at_row), schedule->push_when == CS_PUSH_DAILY);
  gtk_label_set_text (self->next_label, next);
  self->is_loading = FALSE;
}

static void
saved_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    show_error (object, error->message);
}

static void
changed_cb (CsSyncPage *self)
{
  g_autoptr (CsSchedule) schedule = NULL;

  if (self->is_loading || self->session == NULL)
    return;
  schedule = cs_schedule_copy (cs_session_get_schedule (self->session));
  schedule->push_when = (CsPushWhen)adw_combo_row_get_selected (self->when_row);
  gtk_widget_set_visible (GTK_WIDGET (self->push_at_row), schedule->push_when == CS_PUSH_DAILY);
  if (!parse_time (gtk_editable_get_text (GTK_EDITABLE (self->push_at_row)), &schedule->push_at)
      || !parse_time (gtk_editable_get_text (GTK_EDITABLE (self->pull_at_row)), &schedule->pull_at))
    {
      show_error (self, _ ("Write the time as hours and minutes, such as 17:00."));
      return;
    }
  show_error (self, "");
  cs_follow_up_to_the_end (cs_session_save_schedule (self->session, schedule), self, saved_cb, NULL, NULL);
}

static void
session_changed_cb (CsSyncPage *self, guint change)
{
  if ((change & CS_CHANGE_SETTINGS) != 0)
    load (self);
}

static void
cs_sync_page_dispose (GObject *object)
{
  CsSyncPage *self = CS_SYNC_PAGE (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_SYNC_PAGE);
  G_OBJECT_CLASS (cs_sync_page_parent_class)->dispose (object);
}

static void
cs_sync_page_class_init (CsSyncPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_sync_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/settings/cs-sync-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsSyncPage, when_row);
  gtk_widget_class_bind_template_child (widget_class, CsSyncPage, push_at_row);
  gtk_widget_class_bind_template_child (widget_class, CsSyncPage, pull_at_row);
  gtk_widget_class_bind_template_child (widget_class, CsSyncPage, next_label);
  gtk_widget_class_bind_template_child (widget_class, CsSyncPage, error_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
cs_sync_page_init (CsSyncPage *self)
{
  self->is_loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_sync_page_new: Returns: (transfer floating): when @session's practice pushes and pulls */
AdwPreferencesPage *
cs_sync_page_new (CsSession *session)
{
  CsSyncPage *self = g_object_new (CS_TYPE_SYNC_PAGE, NULL);

  self->session = g_object_ref (session);
  load (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  return ADW_PREFERENCES_PAGE (self);
}
