/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-browser-private.h"

#include "cs-debtor-columns.h"

#include <glib/gi18n-lib.h>

/* Who owes what in the place of the invoices; from there to the invoices of one, and back. */

static void
show_state (CsInvoiceBrowser *self)
{
  g_action_change_state (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "debtors"),
                         g_variant_new_boolean (self->is_debtors));
  gtk_widget_set_visible (self->debtor_bar, self->everybody != NULL && !self->is_debtors);
  /* Of the day of the invoice, which ages don't ask for. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->dates_button), !self->is_debtors);
  cs_invoice_browser_show_hint (self);
  cs_invoice_browser_show_views (self);
  cs_invoice_browser_update (self);
  g_signal_emit_by_name (self, "debtors", self->is_debtors);
}

/** cs_invoice_browser_show_hint: says in the search what it finds. That amounts are found, too, nobody
 * guesses; a narrow window has no room to say so. */
void
cs_invoice_browser_show_hint (CsInvoiceBrowser *self)
{
  const char *hint
      = self->is_debtors ? _ ("Search contact") : _ ("Search number, contact, reference or amount");

  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (self->search_entry),
                                         self->is_narrow ? _ ("Search") : hint);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->search_entry), hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_PROPERTY_LABEL, hint,
                                  -1);
}

static void
show_search (CsInvoiceBrowser *self, const char *search)
{
  self->is_filling = TRUE;
  gtk_editable_set_text (self->search_entry, search);
  self->is_filling = FALSE;
}

/** cs_invoice_browser_leave_debtors: lists invoices again, those that the filter asks for. */
void
cs_invoice_browser_leave_debtors (CsInvoiceBrowser *self)
{
  if (!self->is_debtors)
    return;
  self->is_debtors = FALSE;
  cs_debtor_list_set_is_followed (cs_debtors_view_get_list (self->debtors), FALSE);
  show_search (self, self->filter->search);
  show_state (self);
}

/* The invoices of one of them, as the view of what is unpaid has them; of all, where it is a total. */
static void
chosen_cb (CsInvoiceBrowser *self, CsDebtorItem *item)
{
  const CsDebtor *debtor = cs_debtor_item_get (item);
  const char *ids[] = { debtor->contact_id, NULL };
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_copy (self->filter);

  filter->shown = CS_INVOICES_UNPAID;
  filter->ageing = CS_AGEING_ANY;
  filter->from = filter->to = CS_DATE_NONE;
  g_set_str (&filter->search, "");
  if (!debtor->is_total)
    {
      filter->scope = CS_INVOICE_SCOPE_CONTACTS;
      g_strfreev (filter->contact_ids);
      filter->contact_ids = g_strdupv ((char **)ids);
      self->everybody = cs_invoice_filter_copy (self->filter);
      gtk_label_set_text (self->debtor_label, cs_debtor_get_name (debtor));
    }
  g_clear_pointer (&self->saved_id, g_free);
  cs_invoice_browser_set_filter (self, filter);
  if (self->view != NULL)
    gtk_widget_grab_focus (self->view);
}

static void
ensure_debtors (CsInvoiceBrowser *self)
{
  if (self->debtors != NULL)
    return;
  self->debtors = CS_DEBTORS_VIEW (cs_debtors_view_new (self->session, self->filter));
  adw_bin_set_child (self->debtors_bin, GTK_WIDGET (self->debtors));
  g_signal_connect_object (self->debtors, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->debtors, "shown", G_CALLBACK (cs_invoice_browser_update), self,
                           G_CONNECT_SWAPPED);
  /* Of which width it is, it is told with the list of invoices. */
  if (self->view != NULL)
    cs_debtors_view_set_room (self->debtors, self->is_narrow, self->is_tight);
}

static void
enter_debtors (CsInvoiceBrowser *self)
{
  g_autoptr (CsInvoiceFilter) everybody = g_steal_pointer (&self->everybody);
  CsDebtorList *list;

  if (everybody != NULL)
    cs_invoice_browser_set_filter (self, everybody);
  ensure_debtors (self);
  list = cs_debtors_view_get_list (self->debtors);
  self->is_debtors = TRUE;
  show_search (self, cs_debtor_list_get_search (list));
  cs_debtor_list_set_is_followed (list, TRUE);
  show_state (self);
  cs_debtors_view_focus (self->debtors);
}

static void
debtors_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsInvoiceBrowser *self = data;

  if (!self->is_debtors)
    {
      enter_debtors (self);
      return;
    }
  cs_invoice_browser_leave_debtors (self);
  if (self->view != NULL)
    gtk_widget_grab_focus (self->view);
}

/** cs_invoice_browser_go_back: Returns: whether the invoices of one of them were listed, and all of them are
 * now */
gboolean
cs_invoice_browser_go_back (CsInvoiceBrowser *self)
{
  if (self->everybody == NULL || self->is_debtors)
    return FALSE;
  enter_debtors (self);
  return TRUE;
}

/** cs_invoice_browser_add_debtor_actions: the way there and back. */
void
cs_invoice_browser_add_debtor_actions (CsInvoiceBrowser *self)
{
  static const GActionEntry entries[] = { { "debtors", debtors_cb, NULL, "false", NULL, { 0 } } };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}

/** cs_invoice_browser_offer_debtors: where there is somebody to tell from somebody else: not of a client with
 * one contact, and not of a proposal. */
void
cs_invoice_browser_offer_debtors (CsInvoiceBrowser *self)
{
  const CsInvoiceFilter *filter = self->filter;
  gboolean has_contacts
      = filter->scope == CS_INVOICE_SCOPE_PRACTICE
        || (filter->scope == CS_INVOICE_SCOPE_CONTACTS && g_strv_length (filter->contact_ids) > 1);

  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "debtors")), has_contacts);
  cs_invoice_overview_set_has_contacts (self->overview, has_contacts);
}
