/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-journal-item.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* What was, is and will be written to the ledger: what needs a person, what waits, what goes, what is done;
 * and the calls that it took. Property "n-blocked" (guint): how many need a person. */
#define CS_TYPE_ACTIVITY_PAGE (cs_activity_page_get_type ())
G_DECLARE_FINAL_TYPE (CsActivityPage, cs_activity_page, CS, ACTIVITY_PAGE, AdwBin)

GtkWidget *cs_activity_page_new (CsSession *session);
void cs_activity_page_show (CsActivityPage *self, const CsUuid *id);
void cs_activity_page_focus_search (CsActivityPage *self);
/* For what is on the page. (transfer none) */
CsSession *cs_activity_page_get_session (CsActivityPage *self);
CsJournalItem *cs_activity_page_find (CsActivityPage *self, const char *id); /* (nullable) */

G_END_DECLS
