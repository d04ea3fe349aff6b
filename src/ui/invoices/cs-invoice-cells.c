/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-cells.h"

#include "cs-invoice-row.h"
#include "cs-payments-button.h"
#include "cs-state-pill.h"

#include <glib/gi18n-lib.h>

#define NUMBER_CHARACTERS 9
#define PIN_CHARACTERS 2
#define SPACE_BETWEEN 6

static const CsLedgerInvoice *
get (gpointer item)
{
  return cs_invoice_row_get (CS_INVOICE_ROW (item));
}

/* --- the star --- */

static gboolean
is_pinned (gpointer item)
{
  const CsInvoiceEntry *entry = cs_invoice_row_get_entry (CS_INVOICE_ROW (item));

  return entry != NULL && entry->is_pinned;
}

static CsPill
describe_pin (gpointer item, gpointer data, char **words)
{
  if (!is_pinned (item))
    return (CsPill){ NULL, "cs-unpinned-symbolic", "" };
  return (CsPill){ _ ("Pinned"), "starred-symbolic", "accent" };
}

static void
show_pin (GtkWidget *button, gpointer item, gpointer data)
{
  const CsLedgerInvoice *invoice = get (item);
  g_autofree char *label = NULL;

  gtk_button_set_icon_name (GTK_BUTTON (button),
                            is_pinned (item) ? "starred-symbolic" : "cs-unpinned-symbolic");
  if (is_pinned (item))
    gtk_widget_add_css_class (button, "pinned");
  else
    gtk_widget_remove_css_class (button, "pinned");
  gtk_widget_set_sensitive (button, invoice != NULL);
  if (invoice != NULL)
    label
        = g_strdup_printf (is_pinned (item) ? _ ("Unpin invoice %s") : _ ("Pin invoice %s"), invoice->number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : _ ("Pin"), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u",
                                    cs_invoice_row_get_key (CS_INVOICE_ROW (item)));
}

static GtkWidget *
make_pin (gpointer data)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("cs-unpinned-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "cell-button");
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", 0u);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "invoices.pin-key");
  return button;
}

/** cs_invoice_pin_column_new: Returns: (transfer full): a star on each row that pins it (V-09) */
GtkColumnViewColumn *
cs_invoice_pin_column_new (void)
{
  return cs_cells_column_new (_ ("Pin"), &(CsCells){ .kind = CS_CELL_ICON,
                                                     .characters = PIN_CHARACTERS,
                                                     .pill = describe_pin,
                                                     .make = make_pin,
                                                     .show = show_pin });
}

/* --- the number --- */

static char *
describe_number (gpointer item, gpointer data)
{
  return get (item) != NULL ? g_strdup (get (item)->number) : NULL;
}

static gboolean
is_news (gpointer item)
{
  return cs_invoice_row_get_is_news (CS_INVOICE_ROW (item));
}

static char *
describe_news (gpointer item, gpointer data)
{
  return is_news (item) ? g_strdup (_ ("Changed by the last refresh")) : NULL;
}

static void
show_number (GtkWidget *button, gpointer item, gpointer data)
{
  const CsLedgerInvoice *invoice = get (item);
  GtkWidget *text = gtk_button_get_child (GTK_BUTTON (button));
  g_autofree char *label = NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (text), invoice != NULL ? invoice->number : "");
  gtk_widget_set_visible (button, invoice != NULL && *invoice->number != '\0');
  if (is_news (item))
    gtk_widget_add_css_class (button, "news");
  else
    gtk_widget_remove_css_class (button, "news");
  if (invoice != NULL)
    /* Translators: what the number of an invoice does when it is clicked. */
    label = g_strdup_printf (_ ("Open invoice %s in Xero"), invoice->number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  is_news (item) ? _ ("Changed by the last refresh") : "", -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u",
                                    cs_invoice_row_get_key (CS_INVOICE_ROW (item)));
}

static GtkWidget *
make_number (gpointer data)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_LINK, NULL);
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "cell-link");
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", 0u);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "invoices.open-key");
  return button;
}

/** cs_invoice_number_column_new: Returns: (transfer full): numbers that open in Xero (V-15) */
GtkColumnViewColumn *
cs_invoice_number_column_new (void)
{
  return cs_cells_column_new (_ ("Number"), &(CsCells){ .kind = CS_CELL_LINK,
                                                        .characters = NUMBER_CHARACTERS,
                                                        .text = describe_number,
                                                        .note = describe_news,
                                                        .is_strong = is_news,
                                                        .make = make_number,
                                                        .show = show_number });
}

/* --- the state --- */

static CsPill
describe_state (gpointer item, gpointer session, char **words)
{
  const CsLedgerInvoice *invoice = get (item);
  CsDate today = cs_session_get_today (session);

  if (invoice == NULL)
    return (CsPill){ NULL, NULL, "" };
  *words = cs_pill_words_for_invoice (invoice, today);
  return cs_pill_for_invoice (invoice, today);
}

static char *
describe_payments (gpointer item, gpointer session)
{
  const CsInvoiceEntry *entry = cs_invoice_row_get_entry (CS_INVOICE_ROW (item));

  return entry != NULL && entry->n_payments > 0 ? cs_payments_button_words (entry->n_payments) : NULL;
}

/* What the ledger itself calls it, for who knows it by that [K-10]. */
static char *
describe_status (gpointer item, gpointer session)
{
  return get (item) != NULL ? g_strdup (cs_ledger_status_to_string (get (item)->status)) : NULL;
}

static void
show_state (GtkWidget *box, gpointer item, gpointer session)
{
  const CsInvoiceEntry *entry = cs_invoice_row_get_entry (CS_INVOICE_ROW (item));
  GtkWidget *pill = gtk_widget_get_first_child (box);
  GtkWidget *payments = gtk_widget_get_next_sibling (pill);
  g_autofree char *words = NULL;
  CsPill state = describe_state (item, session, &words);

  /* One that is not read yet shows nothing of the one before. */
  gtk_widget_set_visible (pill, entry != NULL);
  cs_payments_button_set (CS_PAYMENTS_BUTTON (payments), entry != NULL ? entry->invoice->remote_id : NULL,
                          entry != NULL ? entry->n_payments : 0);
  if (entry != NULL)
    cs_state_pill_set_words (CS_STATE_PILL (pill), state, words);
}

static GtkWidget *
make_state (gpointer session)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACE_BETWEEN);

  gtk_box_append (GTK_BOX (box), cs_state_pill_new ());
  gtk_box_append (GTK_BOX (box), cs_payments_button_new (session));
  return box;
}

/** cs_invoice_status_column_new: Returns: (transfer full): what it is, and its payments to look at (V-17) */
GtkColumnViewColumn *
cs_invoice_status_column_new (CsSession *session)
{
  return cs_cells_column_new (_ ("Status"), &(CsCells){ .kind = CS_CELL_PILL,
                                                        .pill = describe_state,
                                                        .beside = describe_payments,
                                                        .note = describe_status,
                                                        .data = session,
                                                        .make = make_state,
                                                        .show = show_state });
}
