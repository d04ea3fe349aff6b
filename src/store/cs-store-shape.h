/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-shape-check.h"
#include "cs-store.h"

G_BEGIN_DECLS

/* What a client has of its own; everything inherited where nothing was saved. */
CsShape *cs_store_get_client_shape (CsStore *store, const CsUuid *client_id, GError **error);
gboolean
cs_store_save_client_shape (CsStore *store, const CsUuid *client_id, const CsShape *shape, GError **error);
/* The same; @before: what it replaces. @expected (nullable): only where this stands, else STALE. */
gboolean cs_store_replace_client_shape (CsStore *store,
                                        const CsUuid *client_id,
                                        const CsShape *expected,
                                        const CsShape *shape,
                                        CsShape **before,
                                        GError **error);
/* Of char *: what the next @count invoices of a series would be numbered; "": the practice's. */
GPtrArray *cs_store_list_next_numbers (CsStore *store, const char *series, guint count, GError **error);

/* What the mirror of the one ledger knows of the organisation, and the practice's lock date. */
typedef struct
{
  CsShapeWorld world;
  CsLedgerOrganisation *organisation; /* (nullable): owned */
} CsShapeFacts;
CsShapeFacts *cs_store_get_shape_facts (CsStore *store, GError **error);
void cs_shape_facts_free (CsShapeFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsShapeFacts, cs_shape_facts_free)

G_END_DECLS
