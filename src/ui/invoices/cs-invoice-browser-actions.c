/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-browser-private.h"

#include "cs-columns.h"
#include "cs-follow-up.h"
#include "cs-session-review.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

/* No more are pinned at once: whoever chose a million by mistake is not kept waiting for it. */
#define PINS_AT_ONCE_MAX 1000

/* --- pins: what is meant is read first, since it may not be on screen --- */

typedef struct
{
  char *ids; /* with a comma between them */
  gboolean is_pinned;
} Pinning;

static void
pinning_free (gpointer data)
{
  Pinning *pinning = data;

  g_free (pinning->ids);
  g_free (pinning);
}

static void
pinned_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceBrowser *self = object;
  const Pinning *pinning = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = g_strsplit (pinning->ids, ",", -1);
  guint n = g_strv_length (ids);
  g_autofree char *words = NULL;
  g_autofree char *undo = NULL;

  if (!cs_settled_check (settled, &error))
    {
      cs_show_error (GTK_WIDGET (self), error);
      return;
    }
  words = g_strdup_printf (pinning->is_pinned ? ngettext ("%'u invoice pinned", "%'u invoices pinned", n)
                                              : ngettext ("%'u invoice unpinned", "%'u invoices unpinned", n),
                           n);
  undo = g_strconcat (pinning->is_pinned ? "invoices.unpin-ids::" : "invoices.pin-ids::", pinning->ids, NULL);
  cs_toast_undo (GTK_WIDGET (self), words, undo);
}

static void
done_cb (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error))
    cs_show_error (GTK_WIDGET (object), error);
}

static DexFuture *
pin (CsInvoiceBrowser *self, const char *ids, gboolean is_pinned)
{
  g_auto (GStrv) each = g_strsplit (ids, ",", -1);

  return cs_session_pin_invoices (self->session, (const char *const *)each, is_pinned);
}

/* The first of them decides which way it goes. */
static void
read_for_pin_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceBrowser *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = cs_settled_steal_record (settled, &error);
  g_autoptr (GString) ids = g_string_new (NULL);
  Pinning *pinning;

  if (entries == NULL || entries->len == 0)
    return;
  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? "," : "",
                            ((CsInvoiceEntry *)entries->pdata[i])->invoice->remote_id);
  pinning = g_new0 (Pinning, 1);
  pinning->ids = g_strdup (ids->str);
  pinning->is_pinned = !((CsInvoiceEntry *)entries->pdata[0])->is_pinned;
  cs_follow_up_to_the_end (pin (self, ids->str, pinning->is_pinned), self, pinned_cb, pinning, pinning_free);
}

static void
pin_keys (CsInvoiceBrowser *self, const guint32 *keys, gsize n_keys)
{
  cs_follow_up_to_the_end (cs_invoice_review_read (self->review, keys, n_keys), self, read_for_pin_cb, NULL,
                           NULL);
}

static void
pin_key_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  guint32 key = g_variant_get_uint32 (parameter);

  pin_keys (data, &key, 1);
}

static void
pin_chosen_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsInvoiceBrowser *self = data;
  g_autoptr (GArray) chosen = cs_invoice_browser_dup_chosen (self);

  if (chosen->len > 0)
    pin_keys (self, (const guint32 *)(gpointer)chosen->data, MIN (chosen->len, PINS_AT_ONCE_MAX));
}

static void
pin_ids_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cs_follow_up_to_the_end (pin (data, g_variant_get_string (parameter, NULL), TRUE), data, done_cb, NULL,
                           NULL);
}

static void
unpin_ids_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cs_follow_up_to_the_end (pin (data, g_variant_get_string (parameter, NULL), FALSE), data, done_cb, NULL,
                           NULL);
}

/* --- in Xero --- */

static void
read_for_open_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsInvoiceBrowser *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = cs_settled_steal_record (settled, &error);
  g_autofree char *link = NULL;

  if (entries == NULL || entries->len == 0)
    return;
  link = cs_session_get_invoice_link (self->session,
                                      ((CsInvoiceEntry *)entries->pdata[0])->invoice->remote_id);
  if (link == NULL)
    {
      cs_toast (GTK_WIDGET (self),
                _ ("Xero has not told yet where its invoices are. Refresh, then try again."));
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-uri", "s", link);
}

static void
open_key_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsInvoiceBrowser *self = data;
  guint32 key = g_variant_get_uint32 (parameter);

  cs_follow_up_to_the_end (cs_invoice_review_read (self->review, &key, 1), self, read_for_open_cb, NULL,
                           NULL);
}

static void
open_chosen_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsInvoiceBrowser *self = data;
  g_autoptr (CsInvoiceRow) row = cs_invoice_selection_get_lead_row (self->selection);

  if (row != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (self->actions), "open-key",
                                    g_variant_new_uint32 (cs_invoice_row_get_key (row)));
}

/** cs_invoice_browser_add_actions: what a person does with invoices. */
void
cs_invoice_browser_add_actions (CsInvoiceBrowser *self)
{
  static const GActionEntry entries[] = { { "pin-key", pin_key_cb, "u", NULL, NULL, { 0 } },
                                          { "open-key", open_key_cb, "u", NULL, NULL, { 0 } },
                                          { "pin", pin_chosen_cb, NULL, NULL, NULL, { 0 } },
                                          { "pin-ids", pin_ids_cb, "s", NULL, NULL, { 0 } },
                                          { "unpin-ids", unpin_ids_cb, "s", NULL, NULL, { 0 } },
                                          { "open", open_chosen_cb, NULL, NULL, NULL, { 0 } } };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}

/* --- keys --- */

static void
scroll_to (CsInvoiceBrowser *self, GtkWidget *view, guint position)
{
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    cs_growing_list_finish (cs_invoice_selection_get_rows (self->selection));
  if (CS_IS_COLUMNS (view))
    cs_columns_scroll_to (CS_COLUMNS (view), position, GTK_LIST_SCROLL_FOCUS);
  else
    gtk_list_view_scroll_to (GTK_LIST_VIEW (view), position, GTK_LIST_SCROLL_FOCUS, NULL);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, gpointer data)
{
  CsInvoiceBrowser *self = data;
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_j:
    case GDK_KEY_k:
      if (cs_invoice_selection_move (self->selection, key == GDK_KEY_j ? 1 : -1))
        scroll_to (self, view, cs_invoice_selection_get_lead (self->selection));
      return GDK_EVENT_STOP;
    case GDK_KEY_p:
      gtk_widget_activate_action (GTK_WIDGET (self), "invoices.pin", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_d:
      gtk_widget_activate_action (GTK_WIDGET (self), "invoices.show", "s",
                                  cs_invoices_shown_to_string (CS_INVOICES_DRAFT));
      return GDK_EVENT_STOP;
    case GDK_KEY_w:
      return gtk_widget_activate_action (GTK_WIDGET (self), "invoices.debtors", NULL);
    case GDK_KEY_Escape:
      return cs_invoice_browser_go_back (self);
    case GDK_KEY_o:
      gtk_widget_activate_action (GTK_WIDGET (self), "invoices.open", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_slash:
      cs_invoice_browser_focus_search (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_question:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.shortcuts", NULL);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/** cs_invoice_browser_attach_keys: gives @view the keys of a review: j, k, p, d, w, o, / and ?. */
void
cs_invoice_browser_attach_keys (CsInvoiceBrowser *self, GtkWidget *view)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (view, keys);
}
