/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-record-list.h"

G_BEGIN_DECLS

/* One thing with all that its page shows of it, which reads itself, and again when the practice changed.
 * Signal "changed": it was read, or could not be. */
#define CS_TYPE_DETAIL (cs_detail_get_type ())
G_DECLARE_DERIVABLE_TYPE (CsDetail, cs_detail, CS, DETAIL, GObject)

struct _CsDetailClass
{
  GObjectClass parent_class;
  guint changes; /* of CsChange: what asks for a new read */
  /* (transfer full): resolves to the record of what is shown. */
  DexFuture *(*read) (CsDetail *self, CsSession *session);
  GDestroyNotify free_content;
};

CsListState cs_detail_get_state (CsDetail *self);
const char *cs_detail_get_problem (CsDetail *self);

/* For those that are one: to be begun once it is known what there is to read. */
void cs_detail_begin (CsDetail *self, CsSession *session);
gpointer
cs_detail_get_content (CsDetail *self); /* (transfer none) (nullable): as read last, until "changed" */

G_END_DECLS
