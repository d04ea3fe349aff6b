/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "sandbox-assumptions.h"
#include "sandbox-organisation.h"
#include "sandbox-practice.h"

/* All that one sandbox holds. */

typedef struct _SandboxIdentity SandboxIdentity;
typedef struct _SandboxLimits SandboxLimits;
typedef struct _SandboxReplays SandboxReplays;
typedef struct _SandboxFaults SandboxFaults;

#define SANDBOX_LOG_MAX 10000

typedef struct
{
  gint64 at_ms;
  char *method;
  char *path;
  char *idempotency_key;
  guint status; /* 0: the socket was cut, or no answer was ever given */
} SandboxLogEntry;

typedef struct
{
  SandboxClock clock;
  char *profile;
  guint seed;
  int today; /* on which the practice was made: it belongs to the seed */
  GPtrArray *organisations;
  char *practice_size; /* demo, empty, or CLIENTS:JOBS (sandbox-practice-demo.c) */
  GPtrArray *practices;
  SandboxIdentity *identity;
  SandboxLimits *limits;
  SandboxReplays *replays;
  SandboxFaults *faults;
  gboolean assumptions[SANDBOX_ASSUMPTIONS];
  gint64 skew_ms;      /* of the answer that is being written: a fault (sandbox-faults.h) */
  GQueue log;          /* of SandboxLogEntry, oldest first */
  guint requests;      /* all that were seen, the log being bounded */
  guint writes;        /* Accounting PUT and POST that were seen, refused ones included */
  GHashTable *secrets; /* value → kind; NULL unless --remember-secrets asked for them (sandbox-secrets.c) */
} SandboxWorld;

SandboxWorld *sandbox_world_new (const char *profile, const char *practice_size, guint seed);
void sandbox_world_free (SandboxWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxWorld, sandbox_world_free)

SandboxOrganisation *sandbox_world_organisation (SandboxWorld *self, const char *id);
SandboxPractice *sandbox_world_practice (SandboxWorld *self, const char *id);
gboolean sandbox_world_fill (SandboxWorld *self, GError **error);
void sandbox_world_log (SandboxWorld *self,
                        const char *method,
                        const char *path,
                        const char *idempotency_key,
                        guint status);
