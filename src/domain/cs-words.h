/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Searching as a person means it: "cafe hu" finds "Huia Café". */
char *cs_words_fold (const char *text);
gboolean cs_words_match (const char *query, const char *const *texts, gsize n_texts);

G_END_DECLS
