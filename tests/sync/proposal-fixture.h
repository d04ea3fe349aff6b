/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-fixture.h"

#include "cs-store-journal.h"

G_BEGIN_DECLS

/* A practice at the sandbox with a proposal, and what its journal comes to. All of it fails the test where it
 * can't be done. */
/* Connected, and what is accepted goes at once. */
CsSession *proposal_fixture_open (SandboxFixture *fixture);
CsClient *proposal_fixture_save_client (CsSession *session, const char *name);
/* Two services upfront, 1,357.22 with tax, and one a month. */
CsUuid proposal_fixture_save (CsSession *session, const CsClient *client);
/* How long an acceptance can be taken back. */
void proposal_fixture_set_hold (CsSession *session, int seconds);
void proposal_fixture_accept (CsSession *session, CsUuid proposal); /* on paper, today */
/* A new client and its proposal, accepted. */
CsUuid proposal_fixture_accept_for (CsSession *session, const char *name);
/* (transfer full) (element-type CsJournalEntry): its rows */
GPtrArray *proposal_fixture_read_journal (CsSession *session, const CsUuid *proposal);
/* Until @n of its rows are in @state; else the test fails and says where each is. */
void proposal_fixture_wait_for_journal (CsSession *session, CsUuid proposal, CsJournalState state, guint n);
/* What was found at the ledger in place of the invoice of that row. */
void proposal_fixture_assert_found (CsSession *session, const CsUuid *id, CsFoundKind kind);

G_END_DECLS
