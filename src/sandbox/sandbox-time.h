/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The sandbox's own clock, which a test may move, and calendar days, which have no zone
 * (xero-accounting 6.2). */

#define SANDBOX_DAY_MS ((gint64)86400000)
#define SANDBOX_NO_DAY G_MININT

typedef struct
{
  gint64 offset_ms; /* what is added to the machine's clock; it runs on from there */
} SandboxClock;

gint64 sandbox_clock_now_ms (const SandboxClock *clock);
int sandbox_clock_today (const SandboxClock *clock);
void sandbox_clock_set_ms (SandboxClock *clock, gint64 now_ms);

int sandbox_day_from_ymd (int year, int month, int day);
gboolean sandbox_day_parse (const char *text, int *day);
void sandbox_day_append (GString *out, int day);
gboolean sandbox_instant_parse (const char *text, gint64 *ms);
void sandbox_instant_append (GString *out, gint64 ms);
