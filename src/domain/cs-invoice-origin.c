/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-origin.h"

/** cs_invoice_clause_new: Returns: (transfer full): a clause without words */
CsInvoiceClause *
cs_invoice_clause_new (void)
{
  CsInvoiceClause *clause = g_new0 (CsInvoiceClause, 1);

  clause->description = g_strdup ("");
  clause->period.start = clause->period.end = clause->period.invoice_date = CS_DATE_NONE;
  return clause;
}

/** cs_invoice_clause_free: @clause: (transfer full) (nullable): a clause */
void
cs_invoice_clause_free (CsInvoiceClause *clause)
{
  if (clause == NULL)
    return;
  g_free (clause->description);
  g_free (clause);
}

/** cs_invoice_origin_new: Returns: (transfer full): of an invoice that we know nothing more of */
CsInvoiceOrigin *
cs_invoice_origin_new (void)
{
  CsInvoiceOrigin *origin = g_new0 (CsInvoiceOrigin, 1);

  origin->client_name = g_strdup ("");
  origin->contact_email = g_strdup ("");
  origin->proposal_number = g_strdup ("");
  origin->proposal_title = g_strdup ("");
  origin->clauses = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_invoice_clause_free);
  return origin;
}

/** cs_invoice_origin_free: @origin: (transfer full) (nullable): an origin */
void
cs_invoice_origin_free (CsInvoiceOrigin *origin)
{
  if (origin == NULL)
    return;
  g_free (origin->client_name);
  g_free (origin->contact_email);
  g_free (origin->proposal_number);
  g_free (origin->proposal_title);
  g_ptr_array_unref (origin->clauses);
  g_free (origin);
}
