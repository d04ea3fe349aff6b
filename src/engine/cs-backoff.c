/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-journal-engine.h"

/**
 * cs_backoff_ms:
 * @attempts: how many failed in a row before this failure; 0 after the first
 * @jitter: 0 to 1, drawn by the caller
 *
 * Exponential with full jitter (design.md section 5, "Retry"): anything from nothing to
 * %CS_BACKOFF_BASE_MS × 2^@attempts, which is capped at %CS_BACKOFF_MAX_MS.
 *
 * Returns: how long to wait, in milliseconds
 */
gint64
cs_backoff_ms (guint attempts, double jitter)
{
  gint64 ceiling = CS_BACKOFF_MAX_MS;

  g_assert (jitter >= 0.0 && jitter <= 1.0);

  if (attempts < 30)
    ceiling = MIN (CS_BACKOFF_BASE_MS << attempts, CS_BACKOFF_MAX_MS);
  return (gint64)((double)ceiling * jitter);
}
