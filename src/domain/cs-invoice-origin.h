/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-billing.h"
#include "cs-uuid.h"

G_BEGIN_DECLS

/* Which service of the agreement billed a line, by which rule and for which period [B-22]. */
typedef struct
{
  guint clause; /* the service's place in the agreement, from 1 */
  char *description;
  CsBillingRule rule;
  CsBillingPeriod period;
} CsInvoiceClause;

/* What we know of a ledger invoice beside the ledger's record: whose it is here, and why there is one. */
typedef struct
{
  CsUuid client_id; /* none: the contact is nobody's here */
  char *client_name;
  char *contact_email; /* of the ledger's contact: whom it would be sent to; "" */
  CsUuid proposal_id;  /* none: it was not made by a proposal */
  char *proposal_number;
  char *proposal_title;
  GPtrArray *clauses; /* of CsInvoiceClause, as the lines are */
  gint64 gone_ms;     /* when the ledger was found not to have it any more; 0: it has */
} CsInvoiceOrigin;

CsInvoiceClause *cs_invoice_clause_new (void);
void cs_invoice_clause_free (CsInvoiceClause *clause);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsInvoiceClause, cs_invoice_clause_free)
CsInvoiceOrigin *cs_invoice_origin_new (void);
void cs_invoice_origin_free (CsInvoiceOrigin *origin);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsInvoiceOrigin, cs_invoice_origin_free)

G_END_DECLS
