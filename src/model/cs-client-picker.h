/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-contact-item.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* Of CsContactItem: the clients, and the ledger's contacts that are no client yet, by name [C-02]; with a
 * practice manager connected its clients in their place. */
CsRecordList *cs_client_picker_new (CsSession *session);
/* The same of clients and contacts alone. */
CsRecordList *cs_contact_picker_new (CsSession *session);

G_END_DECLS
