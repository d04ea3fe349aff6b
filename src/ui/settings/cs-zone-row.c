/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-zone-row.h"

#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-ledger-zone.h"
#include "cs-organisation-zone.h"

#include <glib/gi18n-lib.h>

struct _CsZoneRow
{
  AdwComboRow parent_instance;
  CsSession *session;
  char *organisation; /* (nullable): the organisation's zone, IANA */
  DexFuture *reading;
};

G_DEFINE_FINAL_TYPE (CsZoneRow, cs_zone_row, ADW_TYPE_COMBO_ROW)

/* Beside the name of the zone there is no room for sentences: they stand over the row. */
static void
say (CsZoneRow *self, const char *words)
{
  GtkWidget *group = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_GROUP);

  if (group != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

/* What time it is there tells a zone better than its name. */
static void
tell (CsZoneRow *self)
{
  const char *zone = cs_zone_row_get_zone (self);
  gint64 now_ms = 0;
  g_autoptr (GTimeZone) there = NULL;
  g_autofree char *time = NULL;
  g_autofree char *words = NULL;

  if (self->session == NULL || *zone == '\0')
    return;
  now_ms = cs_clock_now_ms (cs_session_get_clock (self->session));
  there = g_time_zone_new_identifier (zone);
  time = cs_format_time_of_day (now_ms, there);
  if (self->organisation != NULL && !cs_zone_same_days (zone, self->organisation, now_ms))
    /* Translators: a time of the day, and a time zone such as "Pacific/Auckland". */
    words
        = g_strdup_printf (_ ("It is %1$s there. The organisation in Xero is in %2$s, where a day begins at "
                              "another hour: invoices carry the day of the zone chosen here."),
                           time, self->organisation);
  else
    /* Translators: a time of the day. */
    words = g_strdup_printf (_ ("It is %s there. Invoices carry the day of this zone."), time);
  say (self, words);
}

static void
cs_zone_row_dispose (GObject *object)
{
  CsZoneRow *self = CS_ZONE_ROW (object);

  dex_clear (&self->reading);
  g_clear_object (&self->session);
  g_clear_pointer (&self->organisation, g_free);
  G_OBJECT_CLASS (cs_zone_row_parent_class)->dispose (object);
}

static void
cs_zone_row_class_init (CsZoneRowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = cs_zone_row_dispose;
}

static void
cs_zone_row_init (CsZoneRow *self)
{
  g_autoptr (GtkExpression) name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  /* There are hundreds: whoever looks for one types a part of it. */
  adw_combo_row_set_expression (ADW_COMBO_ROW (self), name);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (self), TRUE);
  adw_combo_row_set_search_match_mode (ADW_COMBO_ROW (self), GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  g_signal_connect (self, "notify::selected", G_CALLBACK (tell), NULL);
}

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsZoneRow *self = object;
  g_autofree char *word = cs_settled_steal_record (settled, NULL);

  dex_clear (&self->reading);
  g_set_str (&self->organisation, word != NULL ? cs_ledger_zone_to_iana (word) : NULL);
  tell (self);
}

/** cs_zone_row_set_up: shows the zone of @session's practice; one that isn't listed is listed for it. */
void
cs_zone_row_set_up (CsZoneRow *self, CsSession *session)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (cs_zone_list_names ());
  const char *zone = cs_session_get_settings (session)->time_zone;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint selected = 0;

  g_return_if_fail (CS_IS_ZONE_ROW (self));

  while (selected < n_items && g_strcmp0 (gtk_string_list_get_string (list, selected), zone) != 0)
    selected++;
  if (selected == n_items)
    gtk_string_list_append (list, zone);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  g_set_object (&self->session, session);
  tell (self);
  self->reading = cs_follow_up (cs_organisation_zone_read (session), self, read_cb, NULL, NULL);
}

/** cs_zone_row_get_zone: Returns: (transfer none): the zone that is chosen, "" before there is one */
const char *
cs_zone_row_get_zone (CsZoneRow *self)
{
  GtkStringObject *chosen;

  g_return_val_if_fail (CS_IS_ZONE_ROW (self), "");

  chosen = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));
  return chosen != NULL ? gtk_string_object_get_string (chosen) : "";
}
