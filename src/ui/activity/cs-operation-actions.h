/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-operation.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* What a person can do about an operation. The page has the actions ("operation.retry" and so on, each for
 * the id of a row of the journal); whatever shows an operation on it has the buttons. */
void cs_operation_actions_install (GtkWidgetClass *page_class);

/* Puts into @box the buttons that fit; nothing moves while they stay the same. Hides an empty box. */
void cs_operation_actions_fill (AdwWrapBox *box, const CsOperation *operation, CsSession *session);

G_END_DECLS
