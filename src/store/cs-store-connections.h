/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-connection.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* A tenant that was connected before keeps its connection id, so links survive a re-link. */
gboolean cs_store_save_connection (CsStore *store, CsConnection *connection, GError **error);
CsConnection *
cs_store_get_connection (CsStore *store, GError **error); /* the one ledger, NULL without error if none */
gboolean
cs_store_set_connection_state (CsStore *store, const CsUuid *id, CsConnectionState state, GError **error);
/* Nothing changes where another login has taken its place, or it was given up. */
gboolean cs_store_lose_grant (CsStore *store, const CsUuid *grant_id, GError **error);

/* A sign-in is noted before its tokens are kept; saving the connection that uses them ends that, too. */
gboolean cs_store_begin_sign_in (CsStore *store, const CsUuid *grant_id, GError **error);
gboolean cs_store_end_sign_in (CsStore *store, const CsUuid *grant_id, GError **error);
GArray *cs_store_list_sign_ins (CsStore *store, GError **error); /* of CsUuid: used by no connection */

/* Cursors: per connection and kind; moved only in the transaction that stores the page. */
typedef struct
{
  gint64 high_water_ms; /* the remote's clock; 0: from the start */
  guint page;           /* the page in progress, 0 when none */
  gint64 run;           /* a full read marks what it sees with its number; 0: none runs */
  gint64 full_ms;       /* when the last full read ended, by our clock; 0: never */
  char *plan;           /* (nullable): where the read in progress is, in the words of cs-pull-plan.h */
  gint64
      covered_ms; /* not stored: a full read brings every invoice as it was then or is later; 0: none does */
} CsCursor;
void cs_cursor_clear (CsCursor *cursor);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsCursor, cs_cursor_clear)
gboolean cs_store_get_cursor (CsStore *store,
                              const CsUuid *connection_id,
                              const char *kind,
                              CsCursor *cursor,
                              GError **error);

G_END_DECLS
