/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-settings.h"
#include "cs-store.h"

G_BEGIN_DECLS

CsSettings *cs_store_get_settings (CsStore *store, GError **error);
gboolean cs_store_save_settings (CsStore *store, const CsSettings *settings, GError **error);
/* The same; @before: what it replaces. */
gboolean
cs_store_replace_settings (CsStore *store, const CsSettings *settings, CsSettings **before, GError **error);
/* Undoes what one save changed of what shapes invoices. */
gboolean cs_store_restore_settings_shape (CsStore *store,
                                          const CsSettings *before,
                                          const CsSettings *after,
                                          GError **error);

G_END_DECLS
