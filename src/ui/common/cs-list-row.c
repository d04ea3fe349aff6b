/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-list-row.h"
#include "cs-follow.h"
#include "cs-state-pill.h"

#include <glib/gi18n-lib.h>

#define SPACE_BETWEEN 6
#define SPACE_BETWEEN_LINES 3
#define MARGIN_ACROSS 7
#define MARGIN_ALONG 12

/* A list makes hundreds of them, so they are made without a template, and with no widget that has nothing to
 * show yet. */
struct _CsListRow
{
  GtkBox parent_instance;
  GtkBox *first_line;
  GtkBox *second_line;
  GtkLabel *title_label;
  GtkLabel *badge_label; /* (nullable): it never had one */
  GtkLabel *amount_label;
  GtkLabel *subtitle_label;
  CsStatePill *pill; /* (nullable): it never had one */
  char *state;       /* what the pill says */
};

G_DEFINE_FINAL_TYPE (CsListRow, cs_list_row, GTK_TYPE_BOX)

static void
cs_list_row_finalize (GObject *object)
{
  g_clear_pointer (&CS_LIST_ROW (object)->state, g_free);
  G_OBJECT_CLASS (cs_list_row_parent_class)->finalize (object);
}

static void
cs_list_row_class_init (CsListRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_list_row_finalize;
}

static GtkBox *
append_line (CsListRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACE_BETWEEN);

  gtk_box_append (GTK_BOX (self), line);
  return GTK_BOX (line);
}

static GtkLabel *
append_label (GtkBox *line, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_box_append (line, label);
  return GTK_LABEL (label);
}

static void
dim (GtkLabel *label)
{
  gtk_widget_add_css_class (GTK_WIDGET (label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (label), "dimmed");
}

static void
cs_list_row_init (CsListRow *self)
{
  self->state = g_strdup ("");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), SPACE_BETWEEN_LINES);
  gtk_widget_set_margin_top (GTK_WIDGET (self), MARGIN_ACROSS);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), MARGIN_ACROSS);
  gtk_widget_set_margin_start (GTK_WIDGET (self), MARGIN_ALONG);
  gtk_widget_set_margin_end (GTK_WIDGET (self), MARGIN_ALONG);

  self->first_line = append_line (self);
  self->title_label = append_label (self->first_line, 0);
  gtk_label_set_ellipsize (self->title_label, PANGO_ELLIPSIZE_END);
  self->amount_label = append_label (self->first_line, 1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->amount_label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->amount_label), "numeric");

  self->second_line = append_line (self);
  self->subtitle_label = append_label (self->second_line, 0);
  gtk_label_set_ellipsize (self->subtitle_label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->subtitle_label), TRUE);
  dim (self->subtitle_label);
}

/** cs_list_row_set_texts: shows them; an empty one takes no room. */
void
cs_list_row_set_texts (CsListRow *self, const char *title, const char *subtitle, const char *amount)
{
  g_return_if_fail (CS_IS_LIST_ROW (self));

  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->subtitle_label, subtitle);
  gtk_label_set_text (self->amount_label, amount);
  gtk_widget_set_visible (GTK_WIDGET (self->amount_label), *amount != '\0');
}

/** cs_list_row_set_pill: shows a state; @words: (nullable): the pill's own; "" hides it */
void
cs_list_row_set_pill (CsListRow *self, CsPill pill, const char *words)
{
  g_return_if_fail (CS_IS_LIST_ROW (self));

  g_set_str (&self->state, words != NULL ? words : pill.word);
  if (self->pill != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->pill), *self->state != '\0');
  if (*self->state == '\0')
    return;
  if (self->pill == NULL)
    {
      self->pill = CS_STATE_PILL (cs_state_pill_new ());
      gtk_widget_set_halign (GTK_WIDGET (self->pill), GTK_ALIGN_END);
      gtk_box_append (self->second_line, GTK_WIDGET (self->pill));
    }
  cs_state_pill_set_words (self->pill, pill, self->state);
}

/** cs_list_row_set_badge: shows where a record is from. */
void
cs_list_row_set_badge (CsListRow *self, const char *badge, const char *tooltip)
{
  g_return_if_fail (CS_IS_LIST_ROW (self) && badge != NULL);

  if (self->badge_label == NULL)
    {
      if (*badge == '\0')
        return;
      self->badge_label = GTK_LABEL (gtk_label_new (NULL));
      gtk_widget_set_valign (GTK_WIDGET (self->badge_label), GTK_ALIGN_CENTER);
      dim (self->badge_label);
      gtk_box_insert_child_after (self->first_line, GTK_WIDGET (self->badge_label),
                                  GTK_WIDGET (self->title_label));
    }
  gtk_label_set_text (self->badge_label, badge);
  cs_follow_set_tooltip (GTK_WIDGET (self->badge_label), tooltip != NULL ? tooltip : "");
  gtk_widget_set_visible (GTK_WIDGET (self->badge_label), *badge != '\0');
}

/** cs_list_row_describe: Returns: (transfer full): all that the row says */
char *
cs_list_row_describe (CsListRow *self)
{
  const char *texts[]
      = { gtk_label_get_text (self->title_label),
          self->badge_label != NULL ? gtk_label_get_text (self->badge_label) : "",
          gtk_label_get_text (self->amount_label), self->state, gtk_label_get_text (self->subtitle_label) };
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (*texts[i] == '\0')
        continue;
      if (all->len > 0)
        g_string_append (all, ", ");
      g_string_append (all, texts[i]);
    }
  return g_string_free_and_steal (all);
}

typedef struct
{
  CsListRowBind bind;
  gpointer data;
} Factory;

static void
fill (GtkListItem *list_item, gpointer item)
{
  const Factory *factory = g_object_get_data (G_OBJECT (list_item), "cs-factory");
  CsListRow *row = CS_LIST_ROW (gtk_list_item_get_child (list_item));
  g_autofree char *label = NULL;

  factory->bind (row, item, factory->data);
  label = cs_list_row_describe (row);
  gtk_list_item_set_accessible_label (list_item, label);
}

static void
setup_cb (GtkListItemFactory *signals, GtkListItem *list_item, gpointer data)
{
  g_object_set_data (G_OBJECT (list_item), "cs-factory", data);
  gtk_list_item_set_child (list_item, g_object_new (CS_TYPE_LIST_ROW, NULL));
}

static void
bind_cb (GtkListItemFactory *signals, GtkListItem *list_item, gpointer data)
{
  cs_follow_bind (list_item, fill);
}

static void
unbind_cb (GtkListItemFactory *signals, GtkListItem *list_item, gpointer data)
{
  cs_follow_unbind (list_item);
}

/** cs_list_row_factory_new: Returns: (transfer full): makes rows that @bind fills */
GtkListItemFactory *
cs_list_row_factory_new (CsListRowBind bind, gpointer data)
{
  GtkListItemFactory *signals = gtk_signal_list_item_factory_new ();
  Factory *factory = g_new (Factory, 1);

  *factory = (Factory){ bind, data };
  g_object_set_data_full (G_OBJECT (signals), "cs-factory", factory, g_free);
  g_signal_connect (signals, "setup", G_CALLBACK (setup_cb), factory);
  g_signal_connect (signals, "bind", G_CALLBACK (bind_cb), factory);
  g_signal_connect (signals, "unbind", G_CALLBACK (unbind_cb), factory);
  return signals;
}
