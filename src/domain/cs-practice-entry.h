/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-uuid.h"

G_BEGIN_DECLS

/* Which practices exist on this desk, and which are demos (the registry keeps them). */
typedef struct
{
  CsUuid id;
  char *name;
  char *folder; /* absolute, 0700: practices/<uuid> under the data folder */
  gboolean is_demo;
  gint64 created_ms;
  gint64 opened_ms; /* 0: never */
} CsPracticeEntry;

void cs_practice_entry_free (CsPracticeEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPracticeEntry, cs_practice_entry_free)
CsPracticeEntry *cs_practice_entry_copy (const CsPracticeEntry *entry);

G_END_DECLS
