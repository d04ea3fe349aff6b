/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-cells.h"

#include "cs-follow.h"
#include "cs-invoice-row.h"
#include "cs-payments-button.h"
#include "cs-state-pill.h"

#include <glib/gi18n-lib.h>

#define NUMBER_CHARACTERS 9
#define SPACE_BETWEEN 6

static void
fill_pin (GtkListItem *cell, gpointer item)
{
  CsInvoiceRow *row = item;
  GtkWidget *button = gtk_list_item_get_child (cell);
  const CsInvoiceEntry *entry = cs_invoice_row_get_entry (row);
  gboolean is_pinned = entry != NULL && entry->is_pinned;
  g_autofree char *label = NULL;

  if (is_pinned != gtk_widget_has_css_class (button, "pinned"))
    gtk_button_set_icon_name (GTK_BUTTON (button), is_pinned ? "starred-symbolic" : "cs-unpinned-symbolic");
  if (is_pinned)
    gtk_widget_add_css_class (button, "pinned");
  else
    gtk_widget_remove_css_class (button, "pinned");
  gtk_widget_set_sensitive (button, entry != NULL);
  if (entry != NULL)
    label
        = g_strdup_printf (is_pinned ? _ ("Unpin invoice %s") : _ ("Pin invoice %s"), entry->invoice->number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : _ ("Pin"), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", cs_invoice_row_get_key (row));
}

static void
setup_pin (GtkColumnViewCell *cell)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("cs-unpinned-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "cell-button");
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", 0u);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "invoices.pin-key");
  gtk_column_view_cell_set_child (cell, button);
}

static void
fill_number (GtkListItem *cell, gpointer item)
{
  CsInvoiceRow *row = item;
  GtkWidget *button = gtk_list_item_get_child (cell);
  GtkWidget *text = gtk_button_get_child (GTK_BUTTON (button));
  const CsLedgerInvoice *invoice = cs_invoice_row_get (row);
  g_autofree char *label = NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (text), invoice != NULL ? invoice->number : "");
  gtk_widget_set_visible (button, invoice != NULL && *invoice->number != '\0');
  if (cs_invoice_row_get_is_news (row))
    gtk_widget_add_css_class (button, "news");
  else
    gtk_widget_remove_css_class (button, "news");
  if (invoice != NULL)
    /* Translators: what the number of an invoice does when it is clicked. */
    label = g_strdup_printf (_ ("Open invoice %s in Xero"), invoice->number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  cs_invoice_row_get_is_news (row) ? _ ("Changed by the last refresh") : "",
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", cs_invoice_row_get_key (row));
}

static void
setup_number (GtkColumnViewCell *cell)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_LINK, NULL);
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), NUMBER_CHARACTERS);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), NUMBER_CHARACTERS);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "cell-link");
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", 0u);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "invoices.open-key");
  gtk_column_view_cell_set_child (cell, button);
}

static CsSession *
get_session (gpointer cell)
{
  return g_object_get_data (G_OBJECT (cell), "cs-session");
}

/* Most invoices have none, so its button is made for the first that has some. */
static void
fill_payments (GtkBox *box, CsSession *session, const CsInvoiceEntry *entry)
{
  GtkWidget *payments = gtk_widget_get_next_sibling (gtk_widget_get_first_child (GTK_WIDGET (box)));
  guint n_payments = entry != NULL ? entry->n_payments : 0;

  if (payments == NULL && n_payments == 0)
    return;
  if (payments == NULL)
    {
      payments = cs_payments_button_new (session);
      gtk_box_append (box, payments);
    }
  cs_payments_button_set (CS_PAYMENTS_BUTTON (payments), n_payments > 0 ? entry->invoice->remote_id : NULL,
                          n_payments);
}

static void
fill_status (GtkListItem *cell, gpointer item)
{
  CsInvoiceRow *row = item;
  GtkWidget *box = gtk_list_item_get_child (cell);
  GtkWidget *pill = gtk_widget_get_first_child (box);
  const CsInvoiceEntry *entry = cs_invoice_row_get_entry (row);
  CsDate today = cs_session_get_today (get_session (cell));
  g_autofree char *words = NULL;

  gtk_widget_set_visible (pill, entry != NULL);
  fill_payments (GTK_BOX (box), get_session (cell), entry);
  if (entry == NULL)
    return;
  words = cs_pill_words_for_invoice (entry->invoice, today);
  cs_state_pill_set_words (CS_STATE_PILL (pill), cs_pill_for_invoice (entry->invoice, today), words);
  /* What the ledger itself calls it, for who knows it by that [K-10]. */
  cs_follow_set_tooltip (pill, cs_ledger_status_to_string (entry->invoice->status));
}

static void
setup_status (GtkColumnViewCell *cell)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACE_BETWEEN);

  gtk_box_append (GTK_BOX (box), cs_state_pill_new ());
  gtk_column_view_cell_set_child (cell, box);
}

static void
setup_cb (GtkListItemFactory *factory, GtkColumnViewCell *cell, gpointer fill)
{
  g_object_set_data (G_OBJECT (cell), "cs-session", g_object_get_data (G_OBJECT (factory), "cs-session"));
  if (fill == (gpointer)fill_pin)
    setup_pin (cell);
  else if (fill == (gpointer)fill_status)
    setup_status (cell);
  else
    setup_number (cell);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *cell, gpointer fill)
{
  cs_follow_bind (cell, (CsFollowFill)fill);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *cell, gpointer fill)
{
  cs_follow_unbind (cell);
}

static GtkColumnViewColumn *
make_column (const char *title, CsFollowFill fill, CsSession *session)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  if (session != NULL)
    g_object_set_data_full (G_OBJECT (factory), "cs-session", g_object_ref (session), g_object_unref);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer)fill);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer)fill);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return gtk_column_view_column_new (title, factory);
}

/** cs_invoice_pin_column_new: Returns: (transfer full): a star on each row that pins it (V-09) */
GtkColumnViewColumn *
cs_invoice_pin_column_new (void)
{
  return make_column (_ ("Pin"), fill_pin, NULL);
}

/** cs_invoice_number_column_new: Returns: (transfer full): numbers that open in Xero (V-15) */
GtkColumnViewColumn *
cs_invoice_number_column_new (void)
{
  return make_column (_ ("Number"), fill_number, NULL);
}

/** cs_invoice_status_column_new: Returns: (transfer full): what it is, and its payments to look at (V-17) */
GtkColumnViewColumn *
cs_invoice_status_column_new (CsSession *session)
{
  return make_column (_ ("Status"), fill_status, session);
}
