/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-import-item.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* A list of clients on its way in, as a spreadsheet saved it, and those that are here on their way out, so
 * that the one can be made of the other [C-06, U-29]. */

/* Resolves to a GPtrArray of CsImportRow (cs_await_record): what @file would do here. Nothing is written. */
DexFuture *cs_client_importer_read (CsSession *session, GFile *file) G_GNUC_WARN_UNUSED_RESULT;
/* Saves @items (of CsImportItem), all or none; to the end. Resolves to a GPtrArray of CsClient: given to
 * cs_session_save_clients(), they take it back. */
DexFuture *cs_client_importer_run (CsSession *session, GPtrArray *items) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a GBytes: every client that is not archived, as CSV. */
DexFuture *cs_client_importer_export (CsSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
