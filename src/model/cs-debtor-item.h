/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-debtor.h"
#include "cs-record.h"

G_BEGIN_DECLS

/* A row of the aged receivables. It may be made on any thread. */
#define CS_TYPE_DEBTOR_ITEM (cs_debtor_item_get_type ())
G_DECLARE_FINAL_TYPE (CsDebtorItem, cs_debtor_item, CS, DEBTOR_ITEM, GObject)

CsRecord *cs_debtor_item_new (CsDebtor *debtor); /* (transfer full): held */
CsDebtor *cs_debtor_item_get (CsDebtorItem *self);

G_END_DECLS
