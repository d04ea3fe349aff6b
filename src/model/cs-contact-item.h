/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-record.h"
#include "cs-contact-choice.h"

G_BEGIN_DECLS

/* Whom a proposal can be for. */
#define CS_TYPE_CONTACT_ITEM (cs_contact_item_get_type ())
G_DECLARE_FINAL_TYPE (CsContactItem, cs_contact_item, CS, CONTACT_ITEM, GObject)

CsRecord *cs_contact_item_new (gpointer choice); /* (transfer full) @choice, a CsContactChoice */
const CsContactChoice *cs_contact_item_get (CsContactItem *self);
gboolean cs_contact_item_matches (CsContactItem *self, const char *query);

/* Of @items (of CsContactItem) the ledger's contact, no client yet, that has this very name or e-mail. */
const CsContactChoice *cs_contact_items_find (GListModel *items, const char *name, const char *email);

G_END_DECLS
