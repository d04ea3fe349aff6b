/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-query.h"

/* Lists of an organisation's settings: rows of plain tables, never paged, with `where` and `order`
 * (xero-accounting 5.1, 11). */

#define SANDBOX_SETTINGS_UPDATED_MS ((gint64)1577836800000) /* of every row: 1 January 2020 */

typedef struct
{
  const char *plural;
  SandboxQueryRules rules;
  void (*write) (const SandboxCall *call, gconstpointer row, SandboxJson *json);
  gboolean (*is) (const SandboxCall *call, gconstpointer row, const char *id); /* for a single GET */
  gboolean modified_since; /* whether the endpoint knows If-Modified-Since */
} SandboxSettingsList;

/* Takes `rows`; the path's element, if there is one, picks one of them. */
void sandbox_settings_list_serve (const SandboxCall *call, const SandboxSettingsList *list, GPtrArray *rows);
void sandbox_settings_write_id (const SandboxCall *call,
                                const char *member,
                                const char *kind,
                                const char *name,
                                SandboxJson *json);
gboolean sandbox_settings_id_is (const SandboxCall *call, const char *kind, const char *name, const char *id);
