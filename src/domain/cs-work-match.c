/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-work-match.h"

/** cs_work_match_free: frees the record. */
void
cs_work_match_free (CsWorkMatch *match)
{
  if (match == NULL)
    return;
  cs_work_client_free (match->client);
  g_free (match->remote_id);
  g_free (match);
}

/** cs_work_new_free: frees the record. */
void
cs_work_new_free (CsWorkNew *only_there)
{
  if (only_there == NULL)
    return;
  cs_work_entry_free (only_there->entry);
  g_free (only_there->client_name);
  g_free (only_there->client_email);
  g_free (only_there);
}
