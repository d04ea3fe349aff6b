/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-state-pill.h"

#define SPACE_BETWEEN 4

/* A long list has hundreds of them: no more widgets than there is to see. */
struct _CsStatePill
{
  GtkBox parent_instance;
  GtkImage *icon;
  GtkLabel *word;
  const char *style;
};

G_DEFINE_FINAL_TYPE (CsStatePill, cs_state_pill, GTK_TYPE_BOX)

static void
cs_state_pill_class_init (CsStatePillClass *class)
{
}

static void
cs_state_pill_init (CsStatePill *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->style = "";
  gtk_box_set_spacing (GTK_BOX (self), SPACE_BETWEEN);
  gtk_widget_add_css_class (widget, "pill-state");
  gtk_widget_set_halign (widget, GTK_ALIGN_START);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  self->icon
      = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->word));
}

/** cs_state_pill_new: Returns: (transfer full): an empty pill */
GtkWidget *
cs_state_pill_new (void)
{
  return g_object_new (CS_TYPE_STATE_PILL, NULL);
}

/** cs_state_pill_set: shows @pill. */
void
cs_state_pill_set (CsStatePill *self, CsPill pill)
{
  cs_state_pill_set_words (self, pill, pill.word);
}

/** cs_state_pill_set_words: shows @pill with words that say more than its own. */
void
cs_state_pill_set_words (CsStatePill *self, CsPill pill, const char *words)
{
  g_return_if_fail (CS_IS_STATE_PILL (self));

  gtk_label_set_text (self->word, words);
  if (g_strcmp0 (gtk_image_get_icon_name (self->icon), pill.icon_name) != 0)
    gtk_image_set_from_icon_name (self->icon, pill.icon_name);
  if (g_str_equal (self->style, pill.style))
    return;
  if (*self->style != '\0')
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);
  self->style = g_intern_string (pill.style);
  if (*self->style != '\0')
    gtk_widget_add_css_class (GTK_WIDGET (self), self->style);
}
