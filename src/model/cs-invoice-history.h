/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-record-list.h"

G_BEGIN_DECLS

/* What people and programs did to one invoice at the ledger. Read when asked for, and remembered as long as
 * the practice is open, so that it is at hand again, also without a network. Signal "changed". */
#define CS_TYPE_INVOICE_HISTORY (cs_invoice_history_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoiceHistory, cs_invoice_history, CS, INVOICE_HISTORY, GObject)

#define CS_INVOICE_HISTORIES_MAX 200 /* remembered at once */

CsInvoiceHistory *cs_invoice_history_new (CsSession *session, const char *remote_id);
void cs_invoice_history_load (CsInvoiceHistory *self); /* again, when it was read before */
gboolean cs_invoice_history_is_loading (CsInvoiceHistory *self);
GPtrArray *cs_invoice_history_get_notes (
    CsInvoiceHistory *self); /* (nullable) (transfer none): of CsLedgerNote, newest first */
gint64 cs_invoice_history_get_read_ms (CsInvoiceHistory *self);      /* when they were read; 0: never */
const char *cs_invoice_history_get_problem (CsInvoiceHistory *self); /* of the last try, "" */

G_END_DECLS
