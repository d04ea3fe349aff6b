/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an error says to a person: days and money as the person writes them, which below model nobody knows.
 */
char *cs_error_words (const GError *error);

G_END_DECLS
