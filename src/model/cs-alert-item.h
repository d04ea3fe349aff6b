/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-alert.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* Something that only a person can settle. It goes from the list by itself once its cause is gone. */
#define CS_TYPE_ALERT_ITEM (cs_alert_item_get_type ())
G_DECLARE_FINAL_TYPE (CsAlertItem, cs_alert_item, CS, ALERT_ITEM, GObject)

CsRecord *cs_alert_item_new (gpointer alert); /* (transfer full) @alert, a CsAlert */
const CsAlert *cs_alert_item_get (CsAlertItem *self);
gboolean cs_alert_item_matches (CsAlertItem *self, const char *query);

/* The open ones, newest first; but one row that is blocked alone, which speaks for itself in the journal. */
CsRecordList *cs_alert_list_new (CsSession *session);

G_END_DECLS
