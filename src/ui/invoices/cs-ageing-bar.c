/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-ageing-bar.h"
#include "cs-format.h"
#include "cs-share-bar.h"

#include <glib/gi18n-lib.h>

#define N_AGES (CS_AGEING_N - 1) /* without CS_AGEING_ANY, which is all of them */
#define SPACE 6

struct _CsAgeingBar
{
  AdwBin parent_instance;
  CsShareBar *bar;
  GtkToggleButton *buttons[N_AGES];
  GtkLabel *amounts[N_AGES];
  CsInvoiceAges ages;
  gboolean is_telling; /* the buttons follow, they do not ask */
};

G_DEFINE_FINAL_TYPE (CsAgeingBar, cs_ageing_bar, ADW_TYPE_BIN)

static guint chosen_signal;

/** cs_ageing_words: Returns: (transfer none): what a person calls this age */
const char *
cs_ageing_words (CsAgeing ageing)
{
  switch (ageing)
    {
    case CS_AGEING_CURRENT:
      return _ ("Not yet due");
    case CS_AGEING_1_30:
      return _ ("1–30 days");
    case CS_AGEING_31_60:
      return _ ("31–60 days");
    case CS_AGEING_61_90:
      return _ ("61–90 days");
    case CS_AGEING_OVER_90:
      return _ ("Over 90 days");
    case CS_AGEING_ANY:
    default:
      return _ ("Any age");
    }
}

static CsAgeing
get_ageing (guint part)
{
  return (CsAgeing)(part + CS_AGEING_CURRENT);
}

static char *
describe (CsAgeingBar *self, guint part)
{
  guint n = self->ages.n[get_ageing (part)];
  g_autofree char *amount = cs_format_money_with_currency (self->ages.balance[get_ageing (part)]);

  /* Translators: an age ("1–30 days"), an amount, a number of invoices. */
  return g_strdup_printf (ngettext ("%1$s: %2$s in %3$'u invoice", "%1$s: %2$s in %3$'u invoices", n),
                          cs_ageing_words (get_ageing (part)), amount, n);
}

static void
toggled_cb (CsAgeingBar *self, GtkToggleButton *button)
{
  CsAgeing chosen = CS_AGEING_ANY;

  if (self->is_telling)
    return;
  for (guint i = 0; i < N_AGES; i++)
    if (self->buttons[i] == button && gtk_toggle_button_get_active (button))
      chosen = get_ageing (i);
  cs_ageing_bar_set_chosen (self, chosen);
  g_signal_emit (self, chosen_signal, 0, (int)chosen);
}

static void
part_clicked_cb (CsAgeingBar *self, guint part)
{
  gtk_toggle_button_set_active (self->buttons[part], !gtk_toggle_button_get_active (self->buttons[part]));
}

static gboolean
tooltip_cb (CsAgeingBar *self, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  g_autofree char *words = NULL;
  guint part;

  if (by_keyboard || !cs_share_bar_get_part_at (self->bar, x, &part))
    return FALSE;
  words = describe (self, part);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static GtkWidget *
make_button (CsAgeingBar *self, guint part)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACE);
  GtkWidget *name = gtk_label_new (cs_ageing_words (get_ageing (part)));
  GtkWidget *amount = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "caption");
  gtk_label_set_xalign (GTK_LABEL (amount), 0);
  gtk_widget_add_css_class (amount, "numeric");
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (words), amount);
  gtk_box_append (GTK_BOX (box), cs_share_bar_new_swatch (part, N_AGES));
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "ageing");
  self->buttons[part] = GTK_TOGGLE_BUTTON (button);
  self->amounts[part] = GTK_LABEL (amount);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
cs_ageing_bar_class_init (CsAgeingBarClass *class)
{
  chosen_signal = g_signal_new ("chosen", CS_TYPE_AGEING_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
cs_ageing_bar_init (CsAgeingBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE);
  GtkWidget *wrap = adw_wrap_box_new ();
  GtkWidget *bar = cs_share_bar_new ();

  self->bar = CS_SHARE_BAR (bar);
  gtk_widget_set_has_tooltip (bar, TRUE);
  g_signal_connect_object (bar, "query-tooltip", G_CALLBACK (tooltip_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bar, "part-clicked", G_CALLBACK (part_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (wrap), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Owed by age"),
                                  -1);
  for (guint i = 0; i < N_AGES; i++)
    adw_wrap_box_append (ADW_WRAP_BOX (wrap), make_button (self, i));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), wrap);
  adw_bin_set_child (ADW_BIN (self), box);
}

/** cs_ageing_bar_new: Returns: (transfer floating): a bar of nothing */
GtkWidget *
cs_ageing_bar_new (void)
{
  return g_object_new (CS_TYPE_AGEING_BAR, NULL);
}

/** cs_ageing_bar_set: @ages: (nullable): copied; what is owed in one currency. */
void
cs_ageing_bar_set (CsAgeingBar *self, const CsInvoiceAges *ages)
{
  gint64 parts[N_AGES] = { 0 };

  g_return_if_fail (CS_IS_AGEING_BAR (self));

  if (ages != NULL)
    self->ages = *ages;
  else
    self->ages = (CsInvoiceAges){ 0 };
  for (guint i = 0; i < N_AGES; i++)
    {
      g_autofree char *words
          = ages != NULL ? describe (self, i) : g_strdup (cs_ageing_words (get_ageing (i)));
      g_autofree char *amount
          = ages != NULL ? cs_format_balance (ages->balance[get_ageing (i)]) : g_strdup ("–");

      parts[i] = self->ages.balance[get_ageing (i)].minor;
      gtk_label_set_text (self->amounts[i], amount);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->buttons[i]), words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
    }
  cs_share_bar_set (self->bar, parts, N_AGES);
}

/** cs_ageing_bar_set_chosen: shows that the list is of @ageing alone; does not say so to anybody. */
void
cs_ageing_bar_set_chosen (CsAgeingBar *self, CsAgeing ageing)
{
  g_return_if_fail (CS_IS_AGEING_BAR (self));

  self->is_telling = TRUE;
  for (guint i = 0; i < N_AGES; i++)
    gtk_toggle_button_set_active (self->buttons[i], get_ageing (i) == ageing);
  self->is_telling = FALSE;
  cs_share_bar_set_chosen (self->bar, ageing == CS_AGEING_ANY ? -1 : (int)ageing - CS_AGEING_CURRENT);
}
