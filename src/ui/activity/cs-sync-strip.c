/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-sync-strip.h"

#include "cs-sync-words.h"

#include <glib/gi18n-lib.h>

/* A reading that is over sooner is not worth a move on screen. */
#define SHOW_AFTER_MS 1500
#define PULSE_MS 120

struct _CsSyncStrip
{
  AdwBin parent_instance;
  GtkRevealer *revealer;
  GtkProgressBar *bar;
  GtkLabel *words_label;
  GtkWidget *cancel_button;

  CsSession *session; /* whose ledger it follows … */
  CsWork *work;       /* … or (nullable) the practice manager beside it */
  guint timer;        /* until it is shown, then while its end isn't known */
};

G_DEFINE_FINAL_TYPE (CsSyncStrip, cs_sync_strip, ADW_TYPE_BIN)

static gboolean
pulse_cb (gpointer data)
{
  gtk_progress_bar_pulse (CS_SYNC_STRIP (data)->bar);
  return G_SOURCE_CONTINUE;
}

static void
show_progress (CsSyncStrip *self)
{
  const CsSyncProgress *progress = self->work != NULL ? cs_work_get_sync_progress (self->work)
                                                      : cs_session_get_sync_progress (self->session);
  double fraction = cs_sync_words_fraction (progress);
  g_autofree char *words
      = cs_sync_words_progress (progress, cs_clock_now_ms (cs_session_get_clock (self->session)));

  if (!gtk_revealer_get_reveal_child (self->revealer))
    return;
  gtk_label_set_text (self->words_label, words);
  if (fraction >= 0)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      gtk_progress_bar_set_fraction (self->bar, fraction);
    }
  else if (self->timer == 0)
    self->timer = g_timeout_add (PULSE_MS, pulse_cb, self);
}

static gboolean
show_cb (gpointer data)
{
  CsSyncStrip *self = data;

  self->timer = 0;
  gtk_widget_set_sensitive (self->cancel_button, TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  show_progress (self);
  return G_SOURCE_REMOVE;
}

static void
follow (CsSyncStrip *self)
{
  gboolean is_pulling = self->work != NULL ? cs_work_is_pulling (self->work)
                                           : cs_session_get_activity (self->session) == CS_ACTIVITY_PULLING;

  if (!is_pulling)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
    }
  else if (self->timer == 0 && !gtk_revealer_get_reveal_child (self->revealer))
    self->timer = g_timeout_add (SHOW_AFTER_MS, show_cb, self);
}

static void
cancel_cb (CsSyncStrip *self)
{
  gtk_widget_set_sensitive (self->cancel_button, FALSE);
  if (self->work != NULL)
    cs_work_cancel_pull (self->work);
  else
    cs_session_cancel_pull (self->session);
}

static void
cs_sync_strip_dispose (GObject *object)
{
  CsSyncStrip *self = CS_SYNC_STRIP (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  /* Before the template lets go of what is in it, or that would be unparented a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_SYNC_STRIP);
  g_clear_object (&self->session);
  g_clear_object (&self->work);
  G_OBJECT_CLASS (cs_sync_strip_parent_class)->dispose (object);
}

static void
cs_sync_strip_class_init (CsSyncStripClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_sync_strip_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/activity/cs-sync-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, CsSyncStrip, revealer);
  gtk_widget_class_bind_template_child (widget_class, CsSyncStrip, bar);
  gtk_widget_class_bind_template_child (widget_class, CsSyncStrip, words_label);
  gtk_widget_class_bind_template_child (widget_class, CsSyncStrip, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
cs_sync_strip_init (CsSyncStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_sync_strip_new: Returns: (transfer floating): follows the readings of @session */
GtkWidget *
cs_sync_strip_new (CsSession *session)
{
  CsSyncStrip *self = g_object_new (CS_TYPE_SYNC_STRIP, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::activity", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::progress", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  follow (self);
  return GTK_WIDGET (self);
}

/** cs_sync_strip_new_for_work: Returns: (transfer floating): follows the readings of the practice manager of
 * @session */
GtkWidget *
cs_sync_strip_new_for_work (CsSession *session)
{
  CsSyncStrip *self = g_object_new (CS_TYPE_SYNC_STRIP, NULL);

  self->session = g_object_ref (session);
  self->work = g_object_ref (cs_session_get_work (session));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reading from Practice Manager"), -1);
  g_signal_connect_object (self->work, "notify::is-pulling", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->work, "notify::progress", G_CALLBACK (show_progress), self,
                           G_CONNECT_SWAPPED);
  follow (self);
  return GTK_WIDGET (self);
}
