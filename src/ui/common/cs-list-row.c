/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-list-row.h"
#include "cs-follow.h"
#include "cs-state-pill.h"

#include <glib/gi18n-lib.h>

struct _CsListRow
{
  AdwBin parent_instance;
  GtkLabel *title_label;
  GtkLabel *badge_label;
  GtkLabel *amount_label;
  GtkLabel *subtitle_label;
  CsStatePill *pill;
  char *state; /* what the pill says */
};

G_DEFINE_FINAL_TYPE (CsListRow, cs_list_row, ADW_TYPE_BIN)

static void
cs_list_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_LIST_ROW);
  G_OBJECT_CLASS (cs_list_row_parent_class)->dispose (object);
}

static void
cs_list_row_finalize (GObject *object)
{
  g_clear_pointer (&CS_LIST_ROW (object)->state, g_free);
  G_OBJECT_CLASS (cs_list_row_parent_class)->finalize (object);
}

static void
cs_list_row_class_init (CsListRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_list_row_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_list_row_finalize;
  g_type_ensure (CS_TYPE_STATE_PILL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/countersign/Countersign/ui/common/cs-list-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsListRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, CsListRow, badge_label);
  gtk_widget_class_bind_template_child (widget_class, CsListRow, amount_label);
  gtk_widget_class_bind_template_child (widget_class, CsListRow, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, CsListRow, pill);
}

static void
cs_list_row_init (CsListRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->state = g_strdup ("");
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

/** cs_list_row_set_pill: shows a state. */
void
cs_list_row_set_pill (CsListRow *self, CsPill pill, const char *words)
{
  g_return_if_fail (CS_IS_LIST_ROW (self));

  g_set_str (&self->state, words != NULL ? words : pill.word);
  cs_state_pill_set_words (self->pill, pill, self->state);
  gtk_widget_set_visible (GTK_WIDGET (self->pill), TRUE);
}

/** cs_list_row_set_badge: shows where a record is from. */
void
cs_list_row_set_badge (CsListRow *self, const char *badge, const char *tooltip)
{
  g_return_if_fail (CS_IS_LIST_ROW (self));

  gtk_label_set_text (self->badge_label, badge);
  cs_follow_set_tooltip (GTK_WIDGET (self->badge_label), tooltip != NULL ? tooltip : "");
  gtk_widget_set_visible (GTK_WIDGET (self->badge_label), *badge != '\0');
}

/** cs_list_row_describe: Returns: (transfer full): all that the row says */
char *
cs_list_row_describe (CsListRow *self)
{
  const char *texts[]
      = { gtk_label_get_text (self->title_label), gtk_label_get_text (self->badge_label),
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
