/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* History and notes of a record (xero-accounting 9.7): added to, never changed. */

typedef struct
{
  char record_id[SANDBOX_ID_SIZE];
  gint64 at_ms;
  char *details;
} SandboxNote;

SandboxNote *sandbox_notes_add (SandboxOrganisation *organisation,
                                const char *record_id,
                                const char *details,
                                gint64 at_ms);
void sandbox_notes_serve_invoice (const SandboxCall *call, const SandboxInvoice *invoice);
void sandbox_notes_serve (const SandboxCall *call, const char *record_id);
