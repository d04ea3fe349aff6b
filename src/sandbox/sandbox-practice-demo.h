/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-practice.h"

#include <gio/gio.h>

/* The made-up practices: the same for the same seed, size and date. */

gboolean
sandbox_practice_demo_fill (GPtrArray *practices, const char *size, guint seed, int today, GError **error);

/* What only Practice Manager knows (sandbox-practice-demo-names.c); each ended by a NULL name. */
typedef struct
{
  const char *name;
  const char *email;
  const char *phone;
} SandboxDemoStaff;

typedef struct
{
  const char *name;
  const char *tasks;      /* index of a base task, times ten minutes; separated by spaces: "2:18 3:6" */
  const char *milestones; /* days after the start, then words, separated by |: "30:Draft ready|60:Filed" */
} SandboxDemoTemplate;

typedef struct
{
  const char *name;
  const char *first_name;
  const char *last_name;
  gboolean prospect;
  gboolean archived;
  gboolean deleted;
} SandboxDemoClient;

extern const SandboxDemoStaff sandbox_demo_staff[];
extern const char *const sandbox_demo_categories[];
extern const SandboxDemoTemplate sandbox_demo_templates[];
extern const SandboxDemoClient sandbox_demo_clients[];
