/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-sums.h"

G_BEGIN_DECLS

/* What one contact owes in one currency: a row of the aged receivables. Or, without a contact, what all that
 * are listed owe in it. Once it is made it never changes, so that any thread may hold it. */
typedef struct
{
  gatomicrefcount references;
  gboolean is_total;
  char *contact_id;   /* GRefString: the ledger's; "" in a total, and where the ledger told none */
  char *contact_name; /* GRefString: as on its newest invoice that is owed */
  CsInvoiceAges ages; /* as the bar of ages counts them: K-9, K-10 */
  CsDate oldest_due;  /* CS_DATE_NONE: nothing of it is ever due */
} CsDebtor;

CsDebtor *cs_debtor_new (char *contact_id, char *contact_name, CsCurrency currency); /* GRefStrings, held */
CsDebtor *cs_debtor_ref (CsDebtor *debtor);
void cs_debtor_unref (CsDebtor *debtor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDebtor, cs_debtor_unref)
void cs_debtor_add (CsDebtor *debtor, CsAgeing ageing, CsDate due, gint64 minor); /* while it is made */
CsMoney cs_debtor_get_owed (const CsDebtor *debtor);
CsMoney cs_debtor_get_overdue (const CsDebtor *debtor); /* of that */
gboolean cs_debtor_equal (const CsDebtor *a, const CsDebtor *b);

typedef enum
{
  CS_DEBTOR_COLUMN_CONTACT,
  CS_DEBTOR_COLUMN_OWED,
  CS_DEBTOR_COLUMN_OVERDUE,
  CS_DEBTOR_COLUMN_CURRENT,
  CS_DEBTOR_COLUMN_1_30,
  CS_DEBTOR_COLUMN_31_60,
  CS_DEBTOR_COLUMN_61_90,
  CS_DEBTOR_COLUMN_OVER_90,
  CS_DEBTOR_COLUMN_N_INVOICES,
  CS_DEBTOR_COLUMN_OLDEST,
} CsDebtorColumn;
#define CS_DEBTOR_COLUMN_N (CS_DEBTOR_COLUMN_OLDEST + 1)
const char *cs_debtor_column_to_string (CsDebtorColumn column);
gboolean cs_debtor_column_parse (const char *text, CsDebtorColumn *column, GError **error);
CsAgeing cs_debtor_column_get_ageing (CsDebtorColumn column); /* CS_AGEING_ANY: it is of none alone */

/* How they are listed. */
typedef struct
{
  CsDebtorColumn sort;
  gboolean is_descending;
  CsCurrency first;   /* the practice's own comes before the others, which follow by code */
  const char *search; /* words of names; "" */
} CsDebtorOrder;
/* Of CsDebtor: the currencies one after the other, each in order and ending in its total. */
GPtrArray *cs_debtors_arrange (const GPtrArray *debtors, const CsDebtorOrder *order);

G_END_DECLS
