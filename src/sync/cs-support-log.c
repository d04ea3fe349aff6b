/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-support-log.h"

/* More kinds than this come from no program of ours. */
#define KINDS_MAX 100

G_LOCK_DEFINE_STATIC (counts);
static GArray *counts; /* of CsLogCount */

static const char *
name_level (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "critical";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  if (level & G_LOG_LEVEL_MESSAGE)
    return "message";
  return NULL;
}

static const char *
find_domain (const GLogField *fields, gsize n_fields)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "GLIB_DOMAIN") && fields[i].length < 0)
      return g_intern_string (fields[i].value);
  return "";
}

static void
count (const char *domain, const char *level)
{
  CsLogCount fresh = { domain, level, 1, g_get_real_time () / 1000 };

  G_LOCK (counts);
  for (guint i = 0; counts != NULL && i < counts->len; i++)
    {
      CsLogCount *known = &g_array_index (counts, CsLogCount, i);

      if (known->domain != domain || known->level != level)
        continue;
      known->count++;
      known->last_ms = fresh.last_ms;
      fresh.count = 0;
      break;
    }
  if (counts == NULL)
    counts = g_array_new (FALSE, FALSE, sizeof (CsLogCount));
  if (fresh.count > 0 && counts->len < KINDS_MAX)
    g_array_append_val (counts, fresh);
  G_UNLOCK (counts);
}

static GLogWriterOutput
write_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  const char *name = name_level (level);

  if (name != NULL)
    count (find_domain (fields, n_fields), name);
  return g_log_writer_default (level, fields, n_fields, data);
}

/** cs_support_log_install: counts what is logged from here on; it is still written where it was. */
void
cs_support_log_install (void)
{
  g_log_set_writer_func (write_cb, NULL, NULL);
}

/** cs_support_log_get: Returns: (transfer full): of #CsLogCount: what was logged since the program started */
GArray *
cs_support_log_get (void)
{
  GArray *copy = NULL;

  G_LOCK (counts);
  copy = counts != NULL ? g_array_copy (counts) : g_array_new (FALSE, FALSE, sizeof (CsLogCount));
  G_UNLOCK (counts);
  return copy;
}
