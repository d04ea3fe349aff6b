/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-journal-item.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* Of CsJournalItem: all that was, is and will be written to the ledger, newest first. */
CsRecordList *cs_journal_list_new (CsSession *session);

G_END_DECLS
