/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-proposal-editor.h"
#include "cs-store-shape.h"

G_BEGIN_DECLS

/* Shared by cs-proposal-editor.c (reading, saving), cs-proposal-lines.c (what an edit does) and
 * cs-proposal-shaping.c (undoing what shapes its invoices). */
struct _CsProposalEditor
{
  GObject parent_instance;
  CsSession *session;
  CsUuid id;
  CsProposal *proposal; /* (nullable) until it was read */
  CsClient *client;
  CsMatch known;             /* how far the ledger has the client, while it is not linked */
  CsShapeFacts *facts;       /* (nullable) until it was read */
  GPtrArray *numbers;        /* (nullable): the next of the practice's series */
  GPtrArray *client_numbers; /* (nullable): of the client's own */
  CsListState state;
  char *problem;
  CsSaveState save_state;
  guint save_source;
  gboolean is_dirty;
  DexFuture *saving; /* shared by all who wait for it */
  gboolean is_stale;
  DexFuture *reading;
  CsProposalLine *removed_line;
  guint removed_index;
  GArray *unread; /* of Unread, see cs-proposal-missing.c; (nullable) */
  GArray *shaped; /* of Shaped, see cs-proposal-shaping.c; (nullable) */
  guint shaping;  /* which save of them is the last that can be undone */
  gboolean is_shaped;
};

/* It is all on disk: whether what shapes its invoices is another for it. */
gboolean cs_proposal_editor_settle_shapes (CsProposalEditor *self);
/* The lines that were noted are not there any more. */
void cs_proposal_editor_forget_shapes (CsProposalEditor *self);

G_END_DECLS
