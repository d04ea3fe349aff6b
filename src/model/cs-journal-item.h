/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-record.h"
#include "cs-operation.h"

G_BEGIN_DECLS

/* Something that is, was or will be written to the ledger. */
#define CS_TYPE_JOURNAL_ITEM (cs_journal_item_get_type ())
G_DECLARE_FINAL_TYPE (CsJournalItem, cs_journal_item, CS, JOURNAL_ITEM, GObject)

CsRecord *cs_journal_item_new (gpointer operation); /* (transfer full) @operation, a CsOperation */
const CsOperation *cs_journal_item_get (CsJournalItem *self);
gboolean cs_journal_item_matches (CsJournalItem *self, const char *query);

G_END_DECLS
