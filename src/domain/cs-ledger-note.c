/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-ledger-note.h"

/** cs_ledger_note_new: Returns: (transfer full): an entry without a time and with empty strings */
CsLedgerNote *
cs_ledger_note_new (void)
{
  CsLedgerNote *note = g_new0 (CsLedgerNote, 1);

  note->change = g_strdup ("");
  note->user = g_strdup ("");
  note->details = g_strdup ("");
  return note;
}

/** cs_ledger_note_free: @note: (transfer full) (nullable): an entry */
void
cs_ledger_note_free (CsLedgerNote *note)
{
  if (note == NULL)
    return;
  g_free (note->change);
  g_free (note->user);
  g_free (note->details);
  g_free (note);
}
