/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What shapes invoices was saved: says so, with Undo, which does nothing where it was changed since. Says
 * nothing where both are the same. @from: what stays for as long as the words do. */
void cs_shape_undo_offer_practice (GtkWidget *from,
                                   CsSession *session,
                                   const CsSettings *before,
                                   const CsSettings *after);
/* The same once @saving has settled, or else what went wrong, though nobody else waits for it. */
void cs_shape_undo_follow_practice (GtkWidget *from,
                                    CsSession *session,
                                    DexFuture *saving,
                                    const CsSettings *after);
void cs_shape_undo_offer_client (GtkWidget *from,
                                 CsSession *session,
                                 const CsClient *client,
                                 const CsShape *before,
                                 const CsShape *after);

G_END_DECLS
