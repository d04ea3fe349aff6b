/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cs-client-import.h"

G_BEGIN_DECLS

/* A row of a list of clients that is about to be imported. Property: "is-chosen" (boolean), whether it will
 * be. */
#define CS_TYPE_IMPORT_ITEM (cs_import_item_get_type ())
G_DECLARE_FINAL_TYPE (CsImportItem, cs_import_item, CS, IMPORT_ITEM, GObject)

CsImportItem *cs_import_item_new (CsImportRow *row); /* (transfer full) @row */
const CsImportRow *cs_import_item_get (CsImportItem *self);
gboolean cs_import_item_get_is_chosen (CsImportItem *self);
void cs_import_item_set_is_chosen (CsImportItem *self, gboolean is_chosen);
char *cs_import_item_dup_title (CsImportItem *self); /* whom it is about */
char *cs_import_item_describe (CsImportItem *self);  /* what it would do, or why it doesn't */

G_END_DECLS
