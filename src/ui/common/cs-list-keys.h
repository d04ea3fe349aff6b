/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-id-selection.h"

G_BEGIN_DECLS

/* j and k go down and up in @view (GtkListView or CsColumns over @selection), as the arrows do. */
void cs_list_keys_attach (GtkWidget *view, CsIdSelection *selection);
/* Down does in @search what Enter does there: both go to what was found, whatever stands between. */
void cs_list_keys_lead (GtkSearchEntry *search);

G_END_DECLS
