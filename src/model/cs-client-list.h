/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-client-item.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* Of CsClientItem: every client that is not archived, by name. */
CsRecordList *cs_client_list_new (CsSession *session);

G_END_DECLS
