/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-xero.h"

G_BEGIN_DECLS

/* What the login's role in the organisation may do (xero-accounting.md 11, Organisation/Actions): asked
 * before the first invoice is refused for it. */
typedef struct
{
  char *name; /* Xero's: "CreateContact" */
  gboolean is_allowed;
} CsXeroAction;
void cs_xero_action_free (CsXeroAction *action);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsXeroAction, cs_xero_action_free)

DexFuture *cs_xero_list_actions (CsXero *xero) G_GNUC_WARN_UNUSED_RESULT; /* array of CsXeroAction */
/* Only what Xero names and denies is denied: a list that lacks it says nothing. */
gboolean cs_xero_actions_deny (GPtrArray *actions, const char *name);

G_END_DECLS
