/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-preview.h"

#define MONTHS_AHEAD 12

/** cs_preview_free: */
void
cs_preview_free (CsPreview *preview)
{
  if (preview == NULL)
    return;
  g_free (preview->contact_name);
  g_clear_pointer (&preview->now, g_ptr_array_unref);
  g_clear_pointer (&preview->later, g_array_unref);
  g_free (preview);
}

/** cs_preview_group: Returns: (transfer full): of #CsPreviewSeries */
GArray *
cs_preview_group (GPtrArray *planned, guint start)
{
  GArray *series = g_array_new (FALSE, FALSE, sizeof (CsPreviewSeries));

  for (guint i = start; i < planned->len; i++)
    {
      const CsPlannedInvoice *invoice = planned->pdata[i];
      CsPreviewSeries *last
          = series->len > 0 ? &g_array_index (series, CsPreviewSeries, series->len - 1) : NULL;

      if (last != NULL && cs_money_equal (last->each, invoice->totals.total))
        {
          last->last = invoice->date;
          last->count++;
        }
      else
        {
          CsPreviewSeries fresh = { invoice->date, invoice->date, 1, invoice->totals.total };

          g_array_append_val (series, fresh);
        }
    }
  return series;
}

static CsContactFate
foretell_contact (const CsClient *client, CsMatch known)
{
  if (client != NULL && *client->remote_contact_id != '\0')
    return CS_CONTACT_LINKED;
  if (cs_match_links_by_itself (known))
    return CS_CONTACT_EXISTING;
  return known == CS_MATCH_NAME ? CS_CONTACT_NAME_TAKEN : CS_CONTACT_NEW;
}

/**
 * cs_preview_new:
 * @proposal: as it stands
 * @client: (nullable): whom it is for
 * @known: how far the ledger has a contact that may be @client
 * @settings: the practice's
 * @accepted_on: the day of the acceptance
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what accepting it would do
 */
CsPreview *
cs_preview_new (const CsProposal *proposal,
                const CsClient *client,
                CsMatch known,
                const CsSettings *settings,
                CsDate accepted_on,
                GError **error)
{
  g_autoptr (GPtrArray) planned = NULL;
  CsPreview *preview;
  int year, month, day;
  guint n_now = 0;

  g_return_val_if_fail (proposal != NULL && settings != NULL, NULL);

  cs_date_get_parts (accepted_on, &year, &month, &day);
  planned = cs_proposal_plan_invoices (proposal, accepted_on,
                                       cs_date_add_months (accepted_on, MONTHS_AHEAD, day), error);
  if (planned == NULL)
    return NULL;
  preview = g_new0 (CsPreview, 1);
  preview->contact_name = g_strdup (client != NULL ? client->name : "");
  preview->contact_fate = foretell_contact (client, known);
  preview->authorise = proposal->authorise;
  while (n_now < planned->len
         && cs_date_compare (((CsPlannedInvoice *)planned->pdata[n_now])->date, accepted_on) <= 0)
    n_now++;
  preview->later = cs_preview_group (planned, n_now);
  preview->now = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_planned_invoice_free);
  for (guint i = 0; i < n_now; i++)
    {
      CsPlannedInvoice *invoice = g_ptr_array_steal_index (planned, 0);

      g_free (invoice->number);
      invoice->number = cs_settings_format_number (settings, settings->number_next + i);
      g_ptr_array_add (preview->now, invoice);
    }
  return preview;
}
