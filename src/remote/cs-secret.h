/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory that held a token, a code or a verifier is wiped before it is freed. Best effort: what a library
 * copies on its way is beyond our reach. */
void cs_secret_free (char *secret);
void cs_secret_clear (char **secret);
/* A local that is wiped when it goes out of scope. */
#define CS_AUTO_SECRET __attribute__ ((cleanup (cs_secret_clear)))

/* Bytes that are wiped with their last reference, whoever holds it. (transfer full) @data */
GBytes *cs_secret_bytes_new_take (gpointer data, gsize size);

/* Replaces each occurrence of @secret in @text. */
void cs_secret_scrub (char **text, const char *secret);

G_END_DECLS
