/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-invoice-table.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* What was last read of a ledger's invoices: never changes, and any thread may hold it. */
typedef struct
{
  gatomicrefcount references;
  CsUuid connection_id;
  CsInvoiceTable *table;
  CsRowSet *pinned;
  GArray *pinned_at; /* of guint32: where they stand in the table */
  CsRowSet *news;    /* what the last refresh changed */
  /* For the reader thread alone: the order that was last asked for. */
  CsInvoiceColumn sorted_by;
  gboolean is_descending;
  guint32 *sorted; /* (nullable) */
} CsInvoiceSnapshot;
CsInvoiceSnapshot *cs_invoice_snapshot_ref (CsInvoiceSnapshot *snapshot);
void cs_invoice_snapshot_unref (CsInvoiceSnapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsInvoiceSnapshot, cs_invoice_snapshot_unref)

/* A practice's invoices in memory, shared by whoever shows some of them, and gone with the last of them.
 * Reads itself anew when the session says so: a few changes cost a few rows. Signal "changed". */
#define CS_TYPE_INVOICE_MIRROR (cs_invoice_mirror_get_type ())
G_DECLARE_FINAL_TYPE (CsInvoiceMirror, cs_invoice_mirror, CS, INVOICE_MIRROR, GObject)

CsInvoiceMirror *cs_invoice_mirror_get (CsSession *session); /* (transfer full) */
void cs_invoice_mirror_begin (CsInvoiceMirror *self);
CsInvoiceSnapshot *cs_invoice_mirror_get_snapshot (CsInvoiceMirror *self); /* (nullable): not read yet */
const char *cs_invoice_mirror_get_problem (CsInvoiceMirror *self);         /* why the last read failed, "" */
void cs_invoice_mirror_reload (CsInvoiceMirror *self);

G_END_DECLS
