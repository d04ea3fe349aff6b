/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may be typed into the preferences: each answers NULL when it is fine, else what is wrong, translated.
 */
const char *cs_settings_check_name (const char *name);
const char *cs_settings_check_actor (const char *name);
const char *cs_settings_check_prefix (const char *prefix);
const char *cs_settings_check_client_id (const char *client_id);

G_END_DECLS
