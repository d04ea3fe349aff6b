/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-record.h"

G_DEFINE_INTERFACE (CsRecord, cs_record, G_TYPE_OBJECT)

static guint changed_signal;

static void
cs_record_default_init (CsRecordInterface *interface)
{
  changed_signal
      = g_signal_new ("changed", CS_TYPE_RECORD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/** cs_record_get_id: Returns: (transfer none): the id, which never changes */
const char *
cs_record_get_id (CsRecord *self)
{
  g_return_val_if_fail (CS_IS_RECORD (self), NULL);

  return CS_RECORD_GET_IFACE (self)->get_id (self);
}

/**
 * cs_record_adopt:
 * @self: a row that is on screen
 * @fresh: the same record, as it was just read; empty afterwards
 *
 * Returns: whether something changed; "changed" was emitted then
 */
gboolean
cs_record_adopt (CsRecord *self, CsRecord *fresh)
{
  g_return_val_if_fail (CS_IS_RECORD (self), FALSE);
  g_assert (G_OBJECT_TYPE (self) == G_OBJECT_TYPE (fresh));

  if (!CS_RECORD_GET_IFACE (self)->adopt (self, fresh))
    return FALSE;
  cs_record_emit_changed (self);
  return TRUE;
}

/** cs_record_emit_changed: tells whoever shows @self to look at it again. */
void
cs_record_emit_changed (CsRecord *self)
{
  g_signal_emit (self, changed_signal, 0);
}
