/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-ageing-bar.h"
#include "cs-debtor-export.h"
#include "cs-exporter.h"
#include "cs-format.h"
#include "cs-invoice-browser-private.h"
#include "cs-late-menu.h"

#include <glib/gi18n-lib.h>

/* What is chosen where several are, else what is shown. */

static DexFuture *
read_entries (GObject *source, const guint32 *keys, gsize n_keys)
{
  return cs_invoice_review_read (CS_INVOICE_REVIEW (source), keys, n_keys);
}

static GArray *
choose_keys (CsInvoiceBrowser *self, gboolean *is_chosen)
{
  GArray *chosen = cs_invoice_browser_dup_chosen (self);

  *is_chosen = chosen->len > 1;
  if (*is_chosen)
    return chosen;
  g_array_unref (chosen);
  return cs_invoice_review_copy_keys (self->review);
}

static void
add_part (GString *all, const char *part)
{
  if (all->len > 0)
    g_string_append (all, " · ");
  g_string_append (all, part);
}

/* The filter in words. */
static char *
describe (CsInvoiceBrowser *self, gboolean is_chosen)
{
  GString *all = g_string_new (cs_invoices_shown_get_title (self->filter->shown));
  g_autofree char *from = cs_format_date (self->filter->from);
  g_autofree char *to = cs_format_date (self->filter->to);
  g_autofree char *search = NULL;
  g_autofree char *dates = NULL;

  if (self->filter->ageing != CS_AGEING_ANY)
    add_part (all, cs_ageing_words (self->filter->ageing));
  if (*self->filter->search != '\0')
    {
      /* Translators: %s is what a person searched for. */
      search = g_strdup_printf (_ ("search “%s”"), self->filter->search);
      add_part (all, search);
    }
  if (*from != '\0' || *to != '\0')
    {
      /* Translators: two dates, one of which may be empty. */
      dates = g_strdup_printf (_ ("dated %1$s – %2$s"), from, to);
      add_part (all, dates);
    }
  if (is_chosen)
    add_part (all, _ ("those that were chosen"));
  return g_string_free_and_steal (all);
}

/* Of which day the ages are, and of whom where not of all. */
static char *
describe_debtors (CsInvoiceBrowser *self)
{
  const char *search = cs_debtor_list_get_search (cs_debtors_view_get_list (self->debtors));
  g_autofree char *today = cs_format_date (cs_session_get_today (self->session));
  GString *all = g_string_new (NULL);
  g_autofree char *words = g_strdup_printf (_ ("search “%s”"), search);

  /* Translators: %s is the day by which it is told what is overdue. */
  g_string_append_printf (all, _ ("by age on %s"), today);
  if (*search != '\0')
    add_part (all, words);
  return g_string_free_and_steal (all);
}

static CsListExport *
make_export (gpointer data)
{
  CsInvoiceBrowser *self = data;
  const CsConnection *connection = cs_session_get_connection (self->session);
  gint64 synced_ms = cs_session_get_synced_ms (self->session);
  g_autofree char *moment = synced_ms > 0
                                ? cs_format_moment (synced_ms, cs_session_get_time_zone (self->session))
                                : g_strdup ("");
  /* Translators: %s is a moment: the list is as it was then in Xero. */
  g_autofree char *footnote
      = synced_ms > 0 ? g_strdup_printf (_ ("As in Xero on %s"), moment) : g_strdup ("");
  gboolean is_chosen = FALSE;
  GArray *keys = self->is_debtors ? NULL : choose_keys (self, &is_chosen);
  g_autofree char *about = self->is_debtors ? describe_debtors (self) : describe (self, is_chosen);
  /* Translators: the head of a printed list: whose invoices. */
  g_autofree char *title
      = g_strdup_printf (self->is_debtors ? _ ("Aged receivables of %s") : _ ("Invoices of %s"),
                         cs_session_get_practice (self->session)->name);
  CsExportWords words = {
    .title = title, .about = about, .footnote = footnote, .today = cs_session_get_today (self->session)
  };

  if (connection != NULL)
    words.base = connection->currency;
  if (self->is_debtors)
    return cs_debtor_export_new (cs_debtor_list_get_shown (cs_debtors_view_get_list (self->debtors)), &words);
  return cs_list_export_new (&cs_export_kind_invoices, G_OBJECT (self->review), read_entries, keys, &words);
}

/* Called once the browser has its review and selection. */
void
cs_invoice_browser_add_export (CsInvoiceBrowser *self)
{
  CsExporter *exporter = cs_exporter_attach (GTK_WIDGET (self), make_export, self);

  cs_late_menu_attach (self->export_button, cs_exporter_get_menu (exporter));
}
