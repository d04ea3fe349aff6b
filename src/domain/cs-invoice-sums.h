/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-filter.h"

G_BEGIN_DECLS

/* What a scope's invoices come to: never one currency with another, and never what K-10 leaves out. */

/* V-05, V-06: the two boxes, each the sum of the list that it opens. */
typedef struct
{
  CsCurrency currency;
  guint n_unpaid;
  CsMoney unpaid;    /* still owed */
  CsMoney part_paid; /* of the same invoices, what is paid or credited already */
  guint n_paid;
  CsMoney paid; /* what the paid ones came to */
} CsInvoiceTotals;

typedef struct
{
  CsCurrency currency;
  guint n[CS_AGEING_N];         /* by CsAgeing; at CS_AGEING_ANY all of them */
  CsMoney balance[CS_AGEING_N]; /* the same */
} CsInvoiceAges;
void cs_invoice_ages_init (CsInvoiceAges *ages, CsCurrency currency);
void cs_invoice_ages_add (CsInvoiceAges *ages, CsAgeing ageing, guint n, gint64 minor);

typedef struct
{
  CsDate month; /* its first day */
  CsCurrency currency;
  CsMoney billed;   /* by the invoices' dates */
  CsMoney received; /* by the payments' dates */
} CsInvoiceMonth;

typedef struct
{
  guint n[CS_INVOICES_SHOWN_N]; /* by CsInvoicesShown, the search and the dates left aside */
  GArray *totals;               /* of CsInvoiceTotals, by currency code */
  GArray *ages;                 /* of CsInvoiceAges, by currency code */
  GArray *months; /* of CsInvoiceMonth, by month, then currency code; months without any are not in */
} CsInvoiceSums;

/* Of chosen rows. */
typedef struct
{
  CsCurrency currency;
  guint n;
  CsMoney balance; /* of what is approved; the rest owes nothing (K-10) */
  CsMoney total;   /* the same */
} CsInvoiceSelected;

CsInvoiceSums *cs_invoice_sums_new (void);
void cs_invoice_sums_free (CsInvoiceSums *sums);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsInvoiceSums, cs_invoice_sums_free)
void cs_invoice_sums_add (CsInvoiceSums *sums,
                          CsInvoiceView view,
                          gboolean is_pinned,
                          CsDate date,
                          CsAgeing ageing,
                          CsMoney total,
                          CsMoney balance);
/* Many at once, as far as neither their dates nor pins count. */
void cs_invoice_sums_add_many (CsInvoiceSums *sums,
                               CsInvoiceView view,
                               CsAgeing ageing,
                               guint n,
                               CsMoney total,
                               CsMoney balance);
void cs_invoice_sums_add_received (CsInvoiceSums *sums, CsDate month, CsMoney received);
void cs_invoice_sums_finish (CsInvoiceSums *sums); /* puts them in order */

G_END_DECLS
