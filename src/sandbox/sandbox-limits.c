/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-limits.h"

#define MINUTE_MS 60000

typedef struct
{
  guint in_flight;
  gint64 minute_start_ms;
  guint minute_used;
  GQueue day; /* of instants (gint64 *), oldest first: the day is a rolling one */
} Tenant;

struct _SandboxLimits
{
  guint minute;
  guint day;
  guint app_minute;
  guint rows;
  GHashTable *tenants;
  gint64 app_minute_start_ms;
  guint app_minute_used;
};

static void
tenant_free (gpointer data)
{
  Tenant *tenant = data;

  g_queue_clear_full (&tenant->day, g_free);
  g_free (tenant);
}

SandboxLimits *
sandbox_limits_new (void)
{
  SandboxLimits *self = g_new0 (SandboxLimits, 1);

  self->minute = SANDBOX_LIMIT_MINUTE;
  self->day = SANDBOX_LIMIT_DAY;
  self->app_minute = SANDBOX_LIMIT_APP_MINUTE;
  self->rows = SANDBOX_LIMIT_ROWS;
  self->tenants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, tenant_free);
  return self;
}

void
sandbox_limits_free (SandboxLimits *self)
{
  g_hash_table_unref (self->tenants);
  g_free (self);
}

void
sandbox_limits_set (SandboxLimits *self, guint minute, guint day, guint app_minute)
{
  self->minute = minute;
  self->day = day;
  self->app_minute = app_minute;
}

void
sandbox_limits_set_rows (SandboxLimits *self, guint rows)
{
  self->rows = rows;
}

guint
sandbox_limits_get_rows (const SandboxLimits *self)
{
  return self->rows;
}

static Tenant *
get_tenant (SandboxLimits *self, const char *id)
{
  Tenant *tenant = g_hash_table_lookup (self->tenants, id);

  if (tenant == NULL)
    {
      tenant = g_new0 (Tenant, 1);
      g_queue_init (&tenant->day);
      g_hash_table_insert (self->tenants, g_strdup (id), tenant);
    }
  return tenant;
}

/* A minute is a window from its first call. A clock that was moved back starts a new one. */
static void
roll_minute (gint64 *start_ms, guint *used, gint64 now_ms)
{
  if (now_ms >= *start_ms && now_ms - *start_ms < MINUTE_MS)
    return;
  *start_ms = now_ms;
  *used = 0;
}

static void
roll_day (Tenant *tenant, gint64 now_ms)
{
  while (tenant->day.head != NULL && now_ms - *(gint64 *)tenant->day.head->data >= SANDBOX_DAY_MS)
    g_free (g_queue_pop_head (&tenant->day));
}

void
sandbox_limits_refuse (SandboxReply *reply, const char *problem, guint retry_after_seconds)
{
  g_autofree char *seconds = g_strdup_printf ("%u", retry_after_seconds);

  sandbox_reply_set (reply, SANDBOX_STATUS_TOO_MANY_REQUESTS, "text/plain; charset=utf-8", "");
  sandbox_reply_header (reply, "X-Rate-Limit-Problem", problem);
  if (retry_after_seconds > 0)
    sandbox_reply_header (reply, "Retry-After", seconds);
}

static void
add_number_header (SandboxReply *reply, const char *name, guint limit, guint used)
{
  g_autofree char *number = g_strdup_printf ("%u", limit > used ? limit - used : 0);

  sandbox_reply_header (reply, name, number);
}

/* FALSE: the reply is a 429 and nothing else may be done with the request. Refused calls are not counted. */
gboolean
sandbox_limits_enter (SandboxWorld *world, const char *tenant_id, gint64 now_ms, SandboxReply *reply)
{
  SandboxLimits *self = world->limits;
  Tenant *tenant = get_tenant (self, tenant_id);
  gboolean refused = TRUE;

  roll_minute (&tenant->minute_start_ms, &tenant->minute_used, now_ms);
  roll_minute (&self->app_minute_start_ms, &self->app_minute_used, now_ms);
  roll_day (tenant, now_ms);
  if (tenant->in_flight >= SANDBOX_LIMIT_CONCURRENT)
    sandbox_limits_refuse (reply, "concurrent",
                           world->assumptions[SANDBOX_ASSUME_CONCURRENT_RETRY_AFTER] ? 1 : 0);
  else if (tenant->day.length >= self->day)
    {
      gint64 oldest = tenant->day.head != NULL ? *(gint64 *)tenant->day.head->data : now_ms;

      sandbox_limits_refuse (reply, "day", (guint)((oldest + SANDBOX_DAY_MS - now_ms + 999) / 1000));
    }
  else if (tenant->minute_used >= self->minute)
    sandbox_limits_refuse (reply, "minute",
                           (guint)((tenant->minute_start_ms + MINUTE_MS - now_ms + 999) / 1000));
  else if (self->app_minute_used >= self->app_minute)
    sandbox_limits_refuse (reply,
                           world->assumptions[SANDBOX_ASSUME_APP_MINUTE_NAMED] ? "appminute" : "minute",
                           (guint)((self->app_minute_start_ms + MINUTE_MS - now_ms + 999) / 1000));
  else
    {
      refused = FALSE;
      tenant->in_flight++;
      tenant->minute_used++;
      self->app_minute_used++;
      g_queue_push_tail (&tenant->day, g_memdup2 (&now_ms, sizeof now_ms));
    }
  if (!refused && !world->assumptions[SANDBOX_ASSUME_PRACTICE_LIMIT_HEADERS]
      && sandbox_world_practice (world, tenant_id) != NULL)
    return TRUE;
  add_number_header (reply, "X-DayLimit-Remaining", self->day, tenant->day.length);
  add_number_header (reply, "X-MinLimit-Remaining", self->minute, tenant->minute_used);
  add_number_header (reply, "X-AppMinLimit-Remaining", self->app_minute, self->app_minute_used);
  return !refused;
}

void
sandbox_limits_leave (SandboxLimits *self, const char *tenant_id)
{
  Tenant *tenant = get_tenant (self, tenant_id);

  if (tenant->in_flight > 0)
    tenant->in_flight--;
}
