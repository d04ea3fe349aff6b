/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-sync-words.h"

#include "cs-format.h"

#include <glib/gi18n-lib.h>

static char *
format_count (guint count)
{
  return cs_number_format_units (cs_number_format_get_default (), count, 0);
}

static char *
describe_count (const CsSyncProgress *progress)
{
  g_autofree char *done = format_count (progress->done);
  g_autofree char *expected = format_count (progress->expected);

  if (progress->stage == CS_SYNC_STAGE_SETTINGS)
    return g_strdup (_ ("Reading accounts and tax rates"));
  if (progress->stage == CS_SYNC_STAGE_CHECKING)
    return g_strdup (_ ("Checking that nothing is missing"));
  if (progress->expected > 0)
    /* Translators: two counts, the second of which is all that will be read. */
    return g_strdup_printf (
        ngettext ("%1$s of %2$s record read", "%1$s of %2$s records read", progress->expected), done,
        expected);
  return g_strdup_printf (ngettext ("%s record read", "%s records read", progress->done), done);
}

/** cs_sync_words_progress: Returns: (transfer full): how far it is, at which rate, and how long it takes */
char *
cs_sync_words_progress (const CsSyncProgress *progress, gint64 now_ms)
{
  g_autofree char *count = describe_count (progress);
  g_autofree char *speed = format_count (progress->per_second);
  g_autofree char *rate = NULL;
  g_autofree char *in = NULL;
  g_autofree char *left = NULL;

  if (progress->per_second == 0)
    return g_steal_pointer (&count);
  /* Translators: records in a second. */
  rate = g_strdup_printf (_ ("%s a second"), speed);
  if (progress->left_ms < 0 || progress->expected == 0)
    return g_strjoin (" · ", count, rate, NULL);
  in = cs_format_in (now_ms + progress->left_ms, now_ms);
  /* Translators: %s is "in 5 minutes" or "now". */
  left = g_strdup_printf (_ ("done %s"), in);
  return g_strjoin (" · ", count, rate, left, NULL);
}

/** cs_sync_words_fraction: Returns: how much of it is read, 0 to 1; negative: not known */
double
cs_sync_words_fraction (const CsSyncProgress *progress)
{
  if (progress->expected == 0)
    return -1;
  return MIN (1.0, (double)progress->done / progress->expected);
}
