/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-operation.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* The journal, and the alerts above it, in the order in which a person wants it: what needs one, what waits,
 * what goes, what is over; each a section, newest first within. */
GListModel *cs_activity_list_new (CsRecordList *alerts, CsRecordList *journal); /* (transfer full) */
CsOperationGroup cs_activity_list_get_group (gpointer item);
CsOperationGroup cs_activity_list_get_shown_group (gpointer item);

/* The rows: a card for what needs a person, two lines for the rest. @session outlives the view. */
GtkListItemFactory *cs_activity_row_factory_new (CsSession *session);
GtkListItemFactory *cs_activity_header_factory_new (void);

G_END_DECLS
