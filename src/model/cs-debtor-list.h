/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-debtor-item.h"
#include "cs-invoice-filter.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* The aged receivables of a scope: who owes what, since when. Gathered and put in order on the reader thread,
 * from the invoices in memory, while it is followed; an order or a search is asked of what was gathered, and
 * looks at no invoice. Property "state" (int CsListState). Signal "shown": the rows are as asked for. */
#define CS_TYPE_DEBTOR_LIST (cs_debtor_list_get_type ())
G_DECLARE_FINAL_TYPE (CsDebtorList, cs_debtor_list, CS, DEBTOR_LIST, GObject)

/* @scope: of which only that counts, and that is no proposal. It follows nothing yet. */
CsDebtorList *cs_debtor_list_new (CsSession *session, const CsInvoiceFilter *scope);
void cs_debtor_list_set_is_followed (CsDebtorList *self, gboolean is_followed); /* while it is looked at */
GListModel *cs_debtor_list_get_rows (CsDebtorList *self); /* of CsDebtorItem, totals among them */
CsListState cs_debtor_list_get_state (CsDebtorList *self);
const char *cs_debtor_list_get_problem (CsDebtorList *self); /* why it failed, "" */
guint cs_debtor_list_get_n_contacts (CsDebtorList *self);    /* of the scope, whatever is searched for */
guint cs_debtor_list_get_n_shown (CsDebtorList *self);       /* of these, those that are listed */
GPtrArray *cs_debtor_list_get_shown (CsDebtorList *self);    /* of CsDebtor; never changed: another comes */

void cs_debtor_list_set_order (CsDebtorList *self, CsDebtorColumn sort, gboolean is_descending);
void cs_debtor_list_get_order (CsDebtorList *self, CsDebtorColumn *sort, gboolean *is_descending);
void cs_debtor_list_set_search (CsDebtorList *self, const char *search);
const char *cs_debtor_list_get_search (CsDebtorList *self);
void cs_debtor_list_reload (CsDebtorList *self);
void cs_debtor_list_look_at_clock (CsDebtorList *self); /* once a minute: is it another day? */

G_END_DECLS
