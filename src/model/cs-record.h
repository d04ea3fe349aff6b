/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A row of a list: something with an id that stays, and content that changes. Signal "changed". */
#define CS_TYPE_RECORD (cs_record_get_type ())
G_DECLARE_INTERFACE (CsRecord, cs_record, CS, RECORD, GObject)

struct _CsRecordInterface
{
  GTypeInterface parent;

  const char *(*get_id) (CsRecord *self);
  /* Takes over what @fresh, of the same type and id, holds; TRUE when that is news. */
  gboolean (*adopt) (CsRecord *self, CsRecord *fresh);
};

const char *cs_record_get_id (CsRecord *self);
gboolean cs_record_adopt (CsRecord *self, CsRecord *fresh);
void cs_record_emit_changed (CsRecord *self);

G_END_DECLS
