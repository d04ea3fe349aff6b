/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-client.h"
#include "cs-work-fields.h"

G_BEGIN_DECLS

/* K-1: which way a client's fields travel, and which of them. */
typedef enum
{
  CS_WORK_SYNC_OFF,
  CS_WORK_SYNC_FROM,
  CS_WORK_SYNC_TO,
  CS_WORK_SYNC_BOTH,
} CsWorkSync;

typedef enum
{
  CS_WORK_LEVEL_NOTHING,
  CS_WORK_LEVEL_NAME,
  CS_WORK_LEVEL_EVERYTHING,
} CsWorkLevel;

/* K-2: what becomes of a client that is only there. */
typedef enum
{
  CS_WORK_IMPORT_PICK, /* it is a record to choose from; a lead once somebody picks it */
  CS_WORK_IMPORT_LEADS,
  CS_WORK_IMPORT_ASK,
} CsWorkImport;

typedef enum
{
  CS_WORK_OUTCOME_SAME,     /* nothing to do */
  CS_WORK_OUTCOME_TAKE,     /* theirs comes here */
  CS_WORK_OUTCOME_GIVE,     /* ours goes there */
  CS_WORK_OUTCOME_APART,    /* one side was changed, and this direction does not carry it */
  CS_WORK_OUTCOME_CONFLICT, /* both were changed, and say different things: a person decides */
} CsWorkOutcome;

/* What the practice chose of all that. */
typedef struct
{
  CsWorkSync direction;          /* K-1 */
  CsWorkLevel level;             /* K-1 */
  CsWorkImport import;           /* K-2 */
  gboolean allows_ledger_import; /* K-3: beside a practice manager */
} CsWorkSettings;

/* What both sides, and the snapshot, are to hold afterwards. */
typedef struct
{
  CsWorkOutcome outcomes[CS_WORK_N_FIELDS];
  CsWorkFields *here;
  CsWorkFields *there;
  CsWorkFields *base;
  guint n_taken;
  guint n_given;
  guint n_conflicts;
} CsWorkMerge;

CsWorkMerge *cs_work_merge (const CsWorkFields *base,
                            const CsWorkFields *ours,
                            const CsWorkFields *theirs,
                            CsWorkSync direction,
                            CsWorkLevel level);
void cs_work_merge_free (CsWorkMerge *merge);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWorkMerge, cs_work_merge_free)
void cs_work_merge_resolve (CsWorkMerge *merge, CsWorkField field, gboolean take_theirs);

CsWorkFields *cs_work_fields_of_client (const CsClient *client);
gboolean cs_work_fields_to_client (const CsWorkFields *fields, CsClient *client);

const char *cs_work_sync_to_string (CsWorkSync sync);
gboolean cs_work_sync_parse (const char *text, CsWorkSync *sync, GError **error);
const char *cs_work_level_to_string (CsWorkLevel level);
gboolean cs_work_level_parse (const char *text, CsWorkLevel *level, GError **error);
const char *cs_work_import_to_string (CsWorkImport import);
gboolean cs_work_import_parse (const char *text, CsWorkImport *import, GError **error);

G_END_DECLS
