/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-organisation.h"

/* The made-up practice: the same for the same seed, profile and date. */

gboolean
sandbox_demo_fill (GPtrArray *organisations, const char *profile, guint seed, int today, GError **error);

char *sandbox_demo_email (const char *name, guint number);
void sandbox_demo_random_id (GRand *random, char id[SANDBOX_ID_SIZE]);

/* Who the clients are (sandbox-demo-names.c). */
typedef struct
{
  const char *name;
  const char *first_name;
  const char *last_name;
  const char *city;
} SandboxDemoName;

extern const SandboxDemoName sandbox_demo_names_nz[]; /* ended by a NULL name */
extern const SandboxDemoName sandbox_demo_names_au[];

typedef struct
{
  const char *description;
  const char *account_code;
  gint64 unit_price;   /* ten-thousandths */
  gint64 quantity_max; /* whole units */
} SandboxDemoService;

extern const SandboxDemoService sandbox_demo_services[];
extern const guint sandbox_demo_n_services;
