/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-connect.h"

G_BEGIN_DECLS

/* What the wizard's pages have in common, whatever is connected. */
void cs_connect_pages_add_escape (AdwDialog *dialog, AdwNavigationView *view);
void cs_connect_pages_spin (AdwStatusPage *page);
void cs_connect_pages_shorten_patience (CsConnect *connect);

G_END_DECLS
