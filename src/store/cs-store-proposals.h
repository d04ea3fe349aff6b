/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-store.h"

G_BEGIN_DECLS

gboolean
cs_store_save_proposal (CsStore *store, CsProposal *proposal, GError **error); /* DRAFT or AWAITING only */
CsProposal *
cs_store_get_proposal (CsStore *store, const CsUuid *id, GError **error); /* with lines and acceptance */
GPtrArray *cs_store_list_proposals (CsStore *store, GError **error);      /* of CsProposal, newest first */
gboolean cs_store_delete_proposal (CsStore *store, const CsUuid *id, GError **error); /* a draft only */

/* In one transaction: freezes the agreement (canonical JSON and its SHA-256), makes the client active, plans
 * the invoices to a year ahead, and journals what is to be written now: the contact (unless the client is
 * linked) and the invoices dated @acceptance->accepted_on, held until now + hold. Twice is STATE. */
gboolean cs_store_accept_proposal (CsStore *store,
                                   const CsUuid *proposal_id,
                                   const CsAcceptance *acceptance,
                                   GError **error);
/* While everything is still held: as if it had not been accepted; STATE afterwards. */
gboolean cs_store_undo_acceptance (CsStore *store, const CsUuid *proposal_id, GError **error);
/* Ends the hold now. */
gboolean cs_store_release_acceptance (CsStore *store, const CsUuid *proposal_id, GError **error);

/* Of CsPlannedInvoice, by date; what was sent carries its number and remote id. */
GPtrArray *cs_store_list_planned (CsStore *store, const CsUuid *proposal_id, GError **error);
/* Journals the planned invoices of active proposals that are due on @today or became due since the last look,
 * at most a week ago; how many in *n_released. Earlier ones are catch-up, which a person releases one by one
 * [U-11]. */
gboolean cs_store_release_due (CsStore *store, CsDate today, guint *n_released, GError **error);
/* One that comes to another amount than was seen is STALE. */
gboolean cs_store_release_planned (CsStore *store, const CsPlannedSeen *seen, GError **error);

G_END_DECLS
