/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-call.h"

/* How often and how many at once, for each app and organisation (xero-accounting 3). */

#define SANDBOX_STATUS_TOO_MANY_REQUESTS 429 /* libsoup has no name for it */

#define SANDBOX_LIMIT_CONCURRENT 5
#define SANDBOX_LIMIT_MINUTE 60
#define SANDBOX_LIMIT_DAY 5000
#define SANDBOX_LIMIT_APP_MINUTE 10000
#define SANDBOX_LIMIT_ROWS 100000 /* what a list may have to look through */

SandboxLimits *sandbox_limits_new (void);
void sandbox_limits_free (SandboxLimits *self);
void sandbox_limits_set (SandboxLimits *self, guint minute, guint day, guint app_minute);
void sandbox_limits_set_rows (SandboxLimits *self, guint rows);
guint sandbox_limits_get_rows (const SandboxLimits *self);
gboolean sandbox_limits_enter (SandboxWorld *world, const char *tenant, gint64 now_ms, SandboxReply *reply);
void sandbox_limits_leave (SandboxLimits *self, const char *tenant);
void sandbox_limits_refuse (SandboxReply *reply, const char *problem, guint retry_after_seconds);
