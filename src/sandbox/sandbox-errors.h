/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* A write of several elements, and its answer in either of the two shapes of xero-accounting 7.2 and 7.3. */

typedef enum
{
  SANDBOX_WRITE_OK,
  SANDBOX_WRITE_REFUSED,   /* errors holds why; nothing was changed */
  SANDBOX_WRITE_MALFORMED, /* the whole request is refused with ErrorNumber 14; the first error says why */
  SANDBOX_WRITE_FORBIDDEN  /* the whole request is refused with 403: the person may not */
} SandboxWriteResult;

/* One element. On OK, `record` is what it became; on REFUSED what there is to echo, or NULL. */
typedef struct
{
  SandboxWriteResult result;
  GPtrArray *errors;
  GPtrArray *warnings;
  gpointer record;
  GDestroyNotify free_record; /* for a record that only echoes */
} SandboxOutcome;

typedef void (*SandboxApply) (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome);
typedef void (*SandboxWriteMembers) (const SandboxCall *call, gconstpointer record, SandboxJson *json);

void sandbox_outcome_refuse (SandboxOutcome *outcome, const char *format, ...) G_GNUC_PRINTF (2, 3);
void sandbox_outcome_forbid (SandboxOutcome *outcome);
void sandbox_outcome_malformed (SandboxOutcome *outcome, const char *message);
void sandbox_write_elements (const SandboxCall *call,
                             const char *plural,
                             SandboxApply apply,
                             SandboxWriteMembers write_members);
gboolean sandbox_id_check (SandboxOutcome *outcome, const char *id);
