/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-view.h"
#include "cs-uuid.h"

G_BEGIN_DECLS

/* Which invoices are asked for, and in which order: the question that a page of invoices answers. */

/* K-12: of whom. A contact is a client's entry in the ledger; a group or a person has several. */
typedef enum
{
  CS_INVOICE_SCOPE_PRACTICE,
  CS_INVOICE_SCOPE_CONTACTS,
  CS_INVOICE_SCOPE_PROPOSAL,
} CsInvoiceScope;

/* The saved views (V-10 to V-14), all there is, and what is in no total (K-10). */
typedef enum
{
  CS_INVOICES_ALL,
  CS_INVOICES_OPEN,
  CS_INVOICES_OVERDUE,
  CS_INVOICES_PAID,
  CS_INVOICES_UNPAID,
  CS_INVOICES_PINNED,
  CS_INVOICES_DRAFT,
  CS_INVOICES_SUBMITTED,
  CS_INVOICES_VOIDED,
  CS_INVOICES_DELETED,
} CsInvoicesShown;
#define CS_INVOICES_SHOWN_N (CS_INVOICES_DELETED + 1)

/* How long something owed is overdue, in days. */
typedef enum
{
  CS_AGEING_ANY,
  CS_AGEING_CURRENT, /* not at all: due today or later, or never */
  CS_AGEING_1_30,
  CS_AGEING_31_60,
  CS_AGEING_61_90,
  CS_AGEING_OVER_90,
} CsAgeing;
#define CS_AGEING_N (CS_AGEING_OVER_90 + 1)

typedef enum
{
  CS_INVOICE_COLUMN_PIN,
  CS_INVOICE_COLUMN_NUMBER,
  CS_INVOICE_COLUMN_DATE,
  CS_INVOICE_COLUMN_TYPE,
  CS_INVOICE_COLUMN_DUE,
  CS_INVOICE_COLUMN_CONTACT,
  CS_INVOICE_COLUMN_REFERENCE,
  CS_INVOICE_COLUMN_BALANCE,
  CS_INVOICE_COLUMN_TOTAL,
  CS_INVOICE_COLUMN_STATUS,
} CsInvoiceColumn;
#define CS_INVOICE_COLUMN_N (CS_INVOICE_COLUMN_STATUS + 1)

typedef struct
{
  CsInvoiceScope scope;
  GStrv contact_ids;  /* the ledger's ids; empty but for CS_INVOICE_SCOPE_CONTACTS */
  CsUuid proposal_id; /* none but for CS_INVOICE_SCOPE_PROPOSAL */
  CsInvoicesShown shown;
  CsAgeing ageing;
  char *search; /* as typed; "" */
  CsDate from;  /* of the invoice's date, both days in; CS_DATE_NONE: no bound */
  CsDate to;
  CsInvoiceColumn sort;
  gboolean is_descending;
} CsInvoiceFilter;

CsInvoiceFilter *cs_invoice_filter_new (void); /* V-03, V-04: what is open, newest first */
CsInvoiceFilter *cs_invoice_filter_new_for_contacts (const char *const *contact_ids);
CsInvoiceFilter *cs_invoice_filter_new_for_proposal (const CsUuid *proposal_id);
CsInvoiceFilter *cs_invoice_filter_copy (const CsInvoiceFilter *filter);
void cs_invoice_filter_free (CsInvoiceFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsInvoiceFilter, cs_invoice_filter_free)
gboolean cs_invoice_filter_equal (const CsInvoiceFilter *a, const CsInvoiceFilter *b);
gboolean cs_invoice_filter_is_narrowed (const CsInvoiceFilter *filter); /* search, dates or ageing */

/* For a saved view: one line, the same for the same filter. The scope is the place's and is no part of it. */
char *cs_invoice_filter_to_string (const CsInvoiceFilter *filter);
CsInvoiceFilter *cs_invoice_filter_parse (const char *text, GError **error);

const char *cs_invoices_shown_to_string (CsInvoicesShown shown);
gboolean cs_invoices_shown_parse (const char *text, CsInvoicesShown *shown, GError **error);
gboolean cs_ageing_parse (const char *text, CsAgeing *ageing, GError **error);
const char *cs_invoice_column_to_string (CsInvoiceColumn column);
gboolean cs_invoice_column_parse (const char *text, CsInvoiceColumn *column, GError **error);

G_END_DECLS
