/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-saved-view.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* The views of invoices that people named, and how the list was left. Signal "changed". */
#define CS_TYPE_SAVED_VIEWS (cs_saved_views_get_type ())
G_DECLARE_FINAL_TYPE (CsSavedViews, cs_saved_views, CS, SAVED_VIEWS, GObject)

CsSavedViews *cs_saved_views_new (CsSession *session);
gboolean cs_saved_views_is_loaded (CsSavedViews *self);
GPtrArray *cs_saved_views_get (CsSavedViews *self);          /* (transfer none) of CsSavedView, by name */
const char *cs_saved_views_get_columns (CsSavedViews *self); /* as the list wrote them; "" */
const CsSavedView *cs_saved_views_find (CsSavedViews *self, const char *id); /* (nullable) */
void cs_saved_views_remember_columns (CsSavedViews *self, const char *columns);

G_END_DECLS
