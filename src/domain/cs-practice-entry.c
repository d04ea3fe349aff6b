/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-practice-entry.h"

/**
 * cs_practice_entry_free:
 * @entry: (transfer full) (nullable): an entry
 */
void
cs_practice_entry_free (CsPracticeEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->name);
  g_free (entry->folder);
  g_free (entry);
}

/**
 * cs_practice_entry_copy:
 * @entry: an entry
 *
 * Returns: (transfer full): the same, sharing nothing with @entry
 */
CsPracticeEntry *
cs_practice_entry_copy (const CsPracticeEntry *entry)
{
  CsPracticeEntry *copy = g_memdup2 (entry, sizeof *entry);

  copy->name = g_strdup (entry->name);
  copy->folder = g_strdup (entry->folder);
  return copy;
}
