/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-help-dialog.h"

#include "cs-help-topics.h"
#include "cs-words.h"

#include <glib/gi18n-lib.h>

struct _CsHelpDialog
{
  AdwDialog parent_instance;
  AdwNavigationSplitView *split;
  GtkEditable *search;
  GtkStack *found;
  GtkListBox *topics;
  AdwNavigationPage *topic_page;
  GtkScrolledWindow *scroller;
  GtkBox *blocks;

  const CsHelpTopic *topic; /* (nullable): the one that is read */
};

G_DEFINE_FINAL_TYPE (CsHelpDialog, cs_help_dialog, ADW_TYPE_DIALOG)

/* --- the topic that is read --- */

/* It can be reached by Tab, so that the text scrolls with the keyboard, and a part of it can be copied. */
static GtkWidget *
make_label (const char *text, GtkAccessibleRole role, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, "wrap", TRUE,
                                   "xalign", 0.0, "hexpand", TRUE, "selectable", TRUE, NULL);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* Of a list: its number or dot, which is read out with the text. */
static GtkWidget *
make_item (const char *mark, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *number = gtk_label_new (mark);

  gtk_widget_set_valign (number, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (number), 2);
  gtk_label_set_xalign (GTK_LABEL (number), 1.0f);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), make_label (text, GTK_ACCESSIBLE_ROLE_LABEL, NULL));
  return box;
}

static GtkWidget *
make_block (const CsHelpBlock *block, guint *step)
{
  g_autofree char *mark = NULL;

  if (block->kind == CS_HELP_HEADING)
    *step = 0;
  switch (block->kind)
    {
    case CS_HELP_HEADING:
      return make_label (_ (block->text), GTK_ACCESSIBLE_ROLE_HEADING, "heading");
    case CS_HELP_STEP:
      mark = g_strdup_printf ("%u.", ++*step);
      return make_item (mark, _ (block->text));
    case CS_HELP_POINT:
      return make_item ("•", _ (block->text));
    case CS_HELP_TEXT:
    default:
      return make_label (_ (block->text), GTK_ACCESSIBLE_ROLE_LABEL, NULL);
    }
}

/* A button of the window has no place behind a dialog: what it leads to shall be seen. */
static void
go_cb (CsHelpDialog *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autoptr (GVariant) target = NULL;
  g_autofree char *action = NULL;

  if (self->topic == NULL || root == NULL
      || !g_action_parse_detailed_name (self->topic->go_action, &action, &target, NULL))
    return;
  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action_variant (root, action, target);
}

static void
add_button (CsHelpDialog *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ (self->topic->go_label));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 12);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->blocks, button);
}

static void
clear_topic (CsHelpDialog *self)
{
  GtkWidget *child;

  self->topic = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->blocks))) != NULL)
    gtk_box_remove (self->blocks, child);
  adw_navigation_page_set_title (self->topic_page, _ ("Help"));
}

static void
show_topic (CsHelpDialog *self, const CsHelpTopic *topic)
{
  guint step = 0;

  if (self->topic == topic)
    return;
  clear_topic (self);
  self->topic = topic;
  adw_navigation_page_set_title (self->topic_page, _ (topic->title));
  for (gsize i = 0; i < topic->n_blocks; i++)
    gtk_box_append (self->blocks, make_block (&topic->blocks[i], &step));
  if (topic->go_action != NULL)
    add_button (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* --- the list --- */

static const CsHelpTopic *
get_topic (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "cs-topic");
}

static void
row_selected_cb (CsHelpDialog *self, GtkListBoxRow *row)
{
  if (row != NULL)
    show_topic (self, get_topic (row));
}

static void
row_activated_cb (CsHelpDialog *self, GtkListBoxRow *row)
{
  show_topic (self, get_topic (row));
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

/* Words may be in several of a topic's paragraphs: it is found by all of them together. */
static gboolean
matches (const CsHelpTopic *topic, const char *query)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  g_ptr_array_add (texts, (gpointer)_ (topic->title));
  for (gsize i = 0; i < topic->n_blocks; i++)
    g_ptr_array_add (texts, (gpointer)_ (topic->blocks[i].text));
  return cs_words_match (query, (const char *const *)texts->pdata, texts->len);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  return matches (get_topic (row), gtk_editable_get_text (CS_HELP_DIALOG (data)->search));
}

static GtkListBoxRow *
find_first (CsHelpDialog *self)
{
  const char *query = gtk_editable_get_text (self->search);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->topics, i)) != NULL; i++)
    if (matches (get_topic (row), query))
      return row;
  return NULL;
}

static void
search_changed_cb (CsHelpDialog *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->topics);
  GtkListBoxRow *first = find_first (self);

  gtk_list_box_invalidate_filter (self->topics);
  gtk_stack_set_visible_child_name (self->found, first != NULL ? "topics" : "none");
  /* What the words are not in is no answer to them. */
  if (first == NULL)
    {
      gtk_list_box_select_row (self->topics, NULL);
      clear_topic (self);
    }
  if (first != NULL
      && (selected == NULL || !matches (get_topic (selected), gtk_editable_get_text (self->search))))
    gtk_list_box_select_row (self->topics, first);
}

static void
search_activated_cb (CsHelpDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->topics);

  if (row != NULL && find_first (self) != NULL)
    row_activated_cb (self, row);
}

/* Escape: away with the words, then with the dialog. */
static void
search_stopped_cb (CsHelpDialog *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static GtkWidget *
make_row (const CsHelpTopic *topic)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (_ (topic->title));

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data (G_OBJECT (row), "cs-topic", (gpointer)topic);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (topic->title), -1);
  return row;
}

static void
cs_help_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_HELP_DIALOG);
  G_OBJECT_CLASS (cs_help_dialog_parent_class)->dispose (object);
}

static void
cs_help_dialog_class_init (CsHelpDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_help_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/help/cs-help-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsHelpDialog, split);
  gtk_widget_class_bind_template_child (widget_class, CsHelpDialog, search);
  gtk_widget_class_bind_template_child (widget_class, CsHelpDialog, found);
  gtk_widget_class_bind_template_child (widget_class, CsHelpDialog, topics);
  gtk_widget_class_bind_template_child (widget_class, CsHelpDialog, topic_page);
  gtk_widget_class_bind_template_child (widget_class, CsHelpDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, CsHelpDialog, blocks);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
cs_help_dialog_init (CsHelpDialog *self)
{
  gsize n_topics = 0;
  const CsHelpTopic *topics = cs_help_topics_list (&n_topics);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < n_topics; i++)
    gtk_list_box_append (self->topics, make_row (&topics[i]));
  gtk_list_box_set_filter_func (self->topics, filter_cb, self, NULL);
}

/**
 * cs_help_dialog_new:
 * @subject: (nullable): the name of the page, or the type of the dialog, that is looked at
 *
 * Returns: (transfer floating): the help, open at what fits @subject
 */
CsHelpDialog *
cs_help_dialog_new (const char *subject)
{
  CsHelpDialog *self = g_object_new (CS_TYPE_HELP_DIALOG, NULL);
  const CsHelpTopic *topic = cs_help_topics_for (subject);
  gsize n_topics = 0;

  gtk_list_box_select_row (self->topics, gtk_list_box_get_row_at_index (
                                             self->topics, (int)(topic - cs_help_topics_list (&n_topics))));
  return self;
}
