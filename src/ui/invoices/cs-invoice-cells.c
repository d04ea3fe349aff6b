/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-cells.h"

#include "cs-invoice-row.h"
#include "cs-payments-button.h"

#include <glib/gi18n-lib.h>

#define NUMBER_CHARACTERS 11
#define PIN_CHARACTERS 2

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

  gtk_widget_set_sensitive (button, invoice != NULL);
  if (invoice != NULL)
    label
        = g_strdup_printf (is_pinned (item) ? _ ("Unpin invoice %s") : _ ("Pin invoice %s"), invoice->number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : _ ("Pin"), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u",
                                    cs_invoice_row_get_key (CS_INVOICE_ROW (item)));
}

/* What lies over a drawing shows nothing of its own but that it can be pressed. */
static GtkWidget *
make_button (GtkAccessibleRole role, const char *action)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "accessible-role", role, "focusable", FALSE, "valign",
                                    GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "cell-button");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", 0u);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_pin (gpointer data)
{
  return make_button (GTK_ACCESSIBLE_ROLE_BUTTON, "invoices.pin-key");
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
  g_autofree char *label = NULL;

  gtk_widget_set_visible (button, invoice != NULL && *invoice->number != '\0');
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
  return make_button (GTK_ACCESSIBLE_ROLE_LINK, "invoices.open-key");
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
show_payments (GtkWidget *button, gpointer item, gpointer session)
{
  const CsInvoiceEntry *entry = cs_invoice_row_get_entry (CS_INVOICE_ROW (item));

  /* Of one that is not read yet nothing is known, least of all what the one before had. */
  cs_payments_button_set (CS_PAYMENTS_BUTTON (button), entry != NULL ? entry->invoice->remote_id : NULL,
                          entry != NULL ? entry->n_payments : 0);
}

static GtkWidget *
make_payments (gpointer session)
{
  return cs_payments_button_new (session);
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
                                                        .make = make_payments,
                                                        .show = show_payments });
}
