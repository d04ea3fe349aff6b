/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One entry of a record's history at the ledger: who did what, and when. */
typedef struct
{
  gint64 at_ms;  /* UTC; 0: the ledger did not say */
  char *change;  /* the ledger's word: "Created", "Paid", "Note" */
  char *user;    /* as the ledger calls them; "System Generated" for programs */
  char *details; /* may be "" */
} CsLedgerNote;

CsLedgerNote *cs_ledger_note_new (void);
void cs_ledger_note_free (CsLedgerNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLedgerNote, cs_ledger_note_free)

G_END_DECLS
