/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-proposal-editor.h"
#include "cs-store-shape.h"

G_BEGIN_DECLS

/* Shared by cs-proposal-editor.c (reading, saving) and cs-proposal-lines.c (what an edit does). */
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
};

G_END_DECLS
