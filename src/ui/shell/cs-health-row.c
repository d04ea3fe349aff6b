/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-health-row.h"

struct _CsHealthRow
{
  AdwBin parent_instance;
  GtkWidget *health;
  GtkImage *health_icon;
  GtkLabel *health_name;
  GtkLabel *health_words;
  GtkWidget *health_details;
  GtkButton *health_button;

  char *spoken; /* what the screen reader was told last */
};

G_DEFINE_FINAL_TYPE (CsHealthRow, cs_health_row, ADW_TYPE_BIN)

/* A change of state is worth a word to who doesn't see it; the passing minutes aren't. */
static void
announce_state (CsHealthRow *self, const CsHealth *health, const char *description)
{
  const char *key = health->icon_name;

  if (g_strcmp0 (self->spoken, key) == 0)
    return;
  if (self->spoken != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), description, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  g_set_str (&self->spoken, key);
}

static void
cs_health_row_dispose (GObject *object)
{
  CsHealthRow *self = CS_HEALTH_ROW (object);

  g_clear_pointer (&self->spoken, g_free);
  /* Before the template lets go of what is in it, or that would be unparented a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_HEALTH_ROW);
  G_OBJECT_CLASS (cs_health_row_parent_class)->dispose (object);
}

static void
cs_health_row_class_init (CsHealthRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_health_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/shell/cs-health-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsHealthRow, health);
  gtk_widget_class_bind_template_child (widget_class, CsHealthRow, health_icon);
  gtk_widget_class_bind_template_child (widget_class, CsHealthRow, health_name);
  gtk_widget_class_bind_template_child (widget_class, CsHealthRow, health_words);
  gtk_widget_class_bind_template_child (widget_class, CsHealthRow, health_details);
  gtk_widget_class_bind_template_child (widget_class, CsHealthRow, health_button);
}

static void
cs_health_row_init (CsHealthRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cs_health_row_show:
 * @self: the row
 * @name: of what is connected: "Xero"
 * @health: how that is
 * @details: the action that shows more of it, or makes a connection where there is none
 */
void
cs_health_row_show (CsHealthRow *self, const char *name, const CsHealth *health, const char *details)
{
  const char *classes[] = { health->style_class, NULL };
  /* Translators: what is connected, as in "Xero", and a state such as "Connected, just now" or "Offline, read
   * just now". */
  g_autofree char *description = g_strdup_printf (_ ("%1$s: %2$s"), name, health->words);
  /* Translators: a button; as before. */
  g_autofree char *label = g_strdup_printf (_ ("%1$s: %2$s. Details of the connection"), name, health->words);

  g_return_if_fail (CS_IS_HEALTH_ROW (self));

  gtk_image_set_from_icon_name (self->health_icon, health->icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->health_icon), classes);
  gtk_label_set_label (self->health_name, name);
  gtk_label_set_label (self->health_words, health->words);
  gtk_widget_set_tooltip_text (self->health, health->tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->health), GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  health->tooltip != NULL ? health->tooltip : "", -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->health_details), details);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->health_details), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self->health_button), health->button_label != NULL);
  if (health->button_label != NULL)
    gtk_button_set_label (self->health_button, health->button_label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->health_button), health->action_name);
  announce_state (self, health, description);
}
