/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-operation.h"
#include "cs-store-journal.h"

G_BEGIN_DECLS

CsOperation *cs_operation_new_from_entry (const CsJournalEntry *entry);
/* Of CsOperation, newest first; of every proposal when @proposal_id is NULL. For the reader thread. */
GPtrArray *cs_operation_list (CsStore *store, const CsUuid *proposal_id, GError **error);

G_END_DECLS
