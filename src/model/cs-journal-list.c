/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-journal-list.h"
#include "cs-operation-private.h"

static gpointer
read_journal (CsStore *store, gpointer data, GError **error)
{
  return cs_operation_list (store, NULL, error);
}

static const CsRecordSource source = { CS_CHANGE_JOURNAL, read_journal, cs_journal_item_new };

/** cs_journal_list_new: Returns: (transfer full): the journal of @session's practice */
CsRecordList *
cs_journal_list_new (CsSession *session)
{
  return cs_record_list_new (session, &source);
}
