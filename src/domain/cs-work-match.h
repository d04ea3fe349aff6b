/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-match.h"
#include "cs-uuid.h"
#include "cs-work-records.h"

G_BEGIN_DECLS

/* Who may be the same here and at a practice manager, for a person to say [K-3, K-4]. */

/* A client there. */
typedef struct
{
  CsMatch match;
  char *remote_id;
  CsWorkClient *client;
} CsWorkMatch;
void cs_work_match_free (CsWorkMatch *match);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkMatch, cs_work_match_free)

/* One that is only there, and whom it may be here. */
typedef struct
{
  CsWorkEntry *entry;
  CsMatch match; /* CS_MATCH_NONE: it is nobody here */
  CsUuid client_id;
  char *client_name;
  char *client_email;
} CsWorkNew;
void cs_work_new_free (CsWorkNew *only_there);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkNew, cs_work_new_free)

G_END_DECLS
