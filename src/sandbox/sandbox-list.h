/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-query.h"

/* A list or a single record of any kind, as GET answers it (xero-accounting 5). */

typedef enum
{
  SANDBOX_DETAIL_SINGLE,
  SANDBOX_DETAIL_PAGED,
  SANDBOX_DETAIL_UNPAGED,
  SANDBOX_DETAIL_SUMMARY
} SandboxDetail;

typedef struct
{
  const char *plural;
  SandboxList list;
  SandboxQueryRules rules;
  void (*write) (const SandboxCall *call, gconstpointer record, SandboxDetail detail, SandboxJson *json);
  gboolean (*matches) (gconstpointer record, gconstpointer choice);
} SandboxListing;

/* `choice` is what the endpoint's own parameters let pass; NULL: all. */
void sandbox_list_serve (const SandboxCall *call,
                         const SandboxListing *listing,
                         gconstpointer choice,
                         gboolean forced_paging);
void sandbox_list_serve_single (const SandboxCall *call, const SandboxListing *listing, gconstpointer record);

/* The members of a comma separated parameter as a set, without case; NULL when it was not sent. */
GHashTable *sandbox_list_parameter (const SandboxCall *call, const char *name);
gboolean sandbox_list_names (GHashTable *set, const char *value);
