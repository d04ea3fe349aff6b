/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-agreement-row.h"

#include "cs-state-pill.h"

#define SPACE 6
#define MARGIN 12
#define ACTION_KEY "cs-action"

struct _CsAgreementRow
{
  AdwPreferencesRow parent_instance;
  CsUuid id;
  GtkLabel *title;
  GtkLabel *amount;
  GtkLabel *about;
  GtkLabel *outcome;
  GtkLabel *advice;
  AdwWrapBox *foot;
  GtkWidget *pill;
  GtkWidget *last_button; /* while its buttons are filled: the one before the next */
  gboolean had_focus;     /* when that began: one of them */
};

G_DEFINE_FINAL_TYPE (CsAgreementRow, cs_agreement_row, ADW_TYPE_PREFERENCES_ROW)

static GtkLabel *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, style);
    }
  return GTK_LABEL (label);
}

static void
cs_agreement_row_class_init (CsAgreementRowClass *class)
{
}

static void
make_foot (CsAgreementRow *self)
{
  self->foot = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->foot, SPACE);
  adw_wrap_box_set_line_spacing (self->foot, SPACE);
  self->pill = cs_state_pill_new ();
  gtk_widget_set_valign (self->pill, GTK_ALIGN_CENTER);
  adw_wrap_box_append (self->foot, self->pill);
}

static void
cs_agreement_row_init (CsAgreementRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACE);

  self->title = make_label (NULL);
  self->amount = GTK_LABEL (gtk_label_new (NULL));
  self->about = make_label ("dimmed");
  self->outcome = make_label ("dimmed");
  self->advice = make_label ("dimmed");
  make_foot (self);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->amount), "numeric");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->amount));
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->about));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->outcome));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->advice));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->foot));
  gtk_widget_set_margin_top (box, MARGIN);
  gtk_widget_set_margin_bottom (box, MARGIN);
  gtk_widget_set_margin_start (box, MARGIN);
  gtk_widget_set_margin_end (box, MARGIN);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

/** cs_agreement_row_new: Returns: (transfer floating): a row that says nothing yet; @id: what it is about, by
 * which it is found again */
CsAgreementRow *
cs_agreement_row_new (const CsUuid *id)
{
  CsAgreementRow *self = g_object_new (CS_TYPE_AGREEMENT_ROW, NULL);

  g_return_val_if_fail (id != NULL, self);

  self->id = *id;
  return self;
}

/** cs_agreement_row_get_id: Returns: (transfer none): what it is about */
const CsUuid *
cs_agreement_row_get_id (CsAgreementRow *self)
{
  g_return_val_if_fail (CS_IS_AGREEMENT_ROW (self), NULL);

  return &self->id;
}

/* What is the same is not said again, to a screen reader neither; nothing to say takes no room. */
static void
say (GtkLabel *label, const char *text)
{
  gboolean has_text = text != NULL && *text != '\0';

  if (has_text && !g_str_equal (gtk_label_get_text (label), text))
    gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), has_text);
}

/** cs_agreement_row_set_head: what and how much; @amount: (nullable); @about: (nullable): what else there is
 * to know about it */
void
cs_agreement_row_set_head (CsAgreementRow *self, const char *title, const char *amount, const char *about)
{
  g_return_if_fail (CS_IS_AGREEMENT_ROW (self) && title != NULL);

  if (!g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), title))
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  say (self->title, title);
  say (self->amount, amount);
  say (self->about, about);
}

/** cs_agreement_row_set_outcome: what came of it; @outcome: (nullable); @advice: (nullable): what to do */
void
cs_agreement_row_set_outcome (CsAgreementRow *self, const char *outcome, gboolean is_bad, const char *advice)
{
  g_return_if_fail (CS_IS_AGREEMENT_ROW (self));

  say (self->outcome, outcome);
  gtk_widget_remove_css_class (GTK_WIDGET (self->outcome), is_bad ? "dimmed" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->outcome), is_bad ? "error" : "dimmed");
  say (self->advice, advice);
}

/** cs_agreement_row_set_pill: how far it is */
void
cs_agreement_row_set_pill (CsAgreementRow *self, CsPill pill)
{
  g_return_if_fail (CS_IS_AGREEMENT_ROW (self));

  cs_state_pill_set (CS_STATE_PILL (self->pill), pill);
}

/* --- what can be done about it --- */

static gboolean
has_focus_within (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/** cs_agreement_row_start_buttons: */
void
cs_agreement_row_start_buttons (CsAgreementRow *self)
{
  g_return_if_fail (CS_IS_AGREEMENT_ROW (self));

  self->last_button = self->pill;
  self->had_focus = has_focus_within (GTK_WIDGET (self->foot));
}

static GtkWidget *
make_button (const char *label, const char *spoken, const char *detailed_action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_action_parse_detailed_name (detailed_action, &name, &target, &error))
    g_critical ("%s", error->message);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
  g_object_set_data_full (G_OBJECT (button), ACTION_KEY, g_strdup (detailed_action), g_free);
  if (spoken == NULL)
    return button;
  /* What is written on it would count before that. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return button;
}

static gboolean
is_button_of (GtkWidget *button, const char *label, const char *detailed_action)
{
  return g_str_equal (gtk_button_get_label (GTK_BUTTON (button)), label)
         && g_str_equal (g_object_get_data (G_OBJECT (button), ACTION_KEY), detailed_action);
}

/** cs_agreement_row_add_button: the next button; @spoken: (nullable): its name, where what is written on it
 * doesn't tell it from others of the list */
void
cs_agreement_row_add_button (CsAgreementRow *self,
                             const char *label,
                             const char *spoken,
                             const char *detailed_action)
{
  GtkWidget *found;
  GtkWidget *next;

  g_return_if_fail (CS_IS_AGREEMENT_ROW (self) && self->last_button != NULL);

  found = gtk_widget_get_next_sibling (self->last_button);
  while (found != NULL && !is_button_of (found, label, detailed_action))
    found = gtk_widget_get_next_sibling (found);
  if (found == NULL)
    {
      found = make_button (label, spoken, detailed_action);
      adw_wrap_box_insert_child_after (self->foot, found, self->last_button);
    }
  while ((next = gtk_widget_get_next_sibling (self->last_button)) != found)
    adw_wrap_box_remove (self->foot, next);
  self->last_button = found;
}

/** cs_agreement_row_end_buttons: whoever was on a button that is gone is on the row */
void
cs_agreement_row_end_buttons (CsAgreementRow *self)
{
  GtkWidget *next;

  g_return_if_fail (CS_IS_AGREEMENT_ROW (self) && self->last_button != NULL);

  while ((next = gtk_widget_get_next_sibling (self->last_button)) != NULL)
    adw_wrap_box_remove (self->foot, next);
  self->last_button = NULL;
  if (self->had_focus && !has_focus_within (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}
