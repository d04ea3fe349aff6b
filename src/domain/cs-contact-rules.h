/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the ledger would refuse of a contact, said while it is typed. NULL: nothing wrong. (transfer none) */
const char *cs_contact_rules_check_name (const char *name);
const char *cs_contact_rules_check_email (const char *email); /* empty is fine */
const char *cs_contact_rules_check_phone (const char *phone);
char *cs_contact_rules_tidy_name (const char *name); /* trimmed, no double spaces; (transfer full) */

G_END_DECLS
