/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-health.h"

#include "cs-grant-health.h"
#include "cs-work.h"

#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

static char *
connected_words (gint64 synced_ms, gint64 now_ms)
{
  gint64 age = now_ms - synced_ms;
  guint count;

  if (synced_ms == 0)
    return g_strdup (_ ("Connected, not read yet"));
  if (age < MINUTE_MS)
    return g_strdup (_ ("Connected, just now"));
  if (age < HOUR_MS)
    {
      count = (guint)(age / MINUTE_MS);
      return g_strdup_printf (ngettext ("Connected, %'u minute ago", "Connected, %'u minutes ago", count),
                              count);
    }
  if (age < DAY_MS)
    {
      count = (guint)(age / HOUR_MS);
      return g_strdup_printf (ngettext ("Connected, %'u hour ago", "Connected, %'u hours ago", count), count);
    }
  count = (guint)(age / DAY_MS);
  return g_strdup_printf (ngettext ("Connected, %'u day ago", "Connected, %'u days ago", count), count);
}

/* What is at hand is as old as that; all of it can be looked at and worked with [B-01]. */
static char *
offline_words (gint64 synced_ms, gint64 now_ms)
{
  gint64 age = now_ms - synced_ms;
  guint count;

  if (synced_ms == 0)
    return g_strdup (_ ("Offline, not read yet"));
  if (age < MINUTE_MS)
    return g_strdup (_ ("Offline, read just now"));
  if (age < HOUR_MS)
    {
      count = (guint)(age / MINUTE_MS);
      return g_strdup_printf (
          ngettext ("Offline, read %'u minute ago", "Offline, read %'u minutes ago", count), count);
    }
  if (age < DAY_MS)
    {
      count = (guint)(age / HOUR_MS);
      return g_strdup_printf (ngettext ("Offline, read %'u hour ago", "Offline, read %'u hours ago", count),
                              count);
    }
  count = (guint)(age / DAY_MS);
  return g_strdup_printf (ngettext ("Offline, read %'u day ago", "Offline, read %'u days ago", count), count);
}

static char *
exact_moment (gint64 synced_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *moment = NULL;

  if (synced_ms == 0 || !(utc = g_date_time_new_from_unix_utc (synced_ms / 1000)))
    return NULL;
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
  if (!(moment = g_date_time_format (local, "%c %Z")))
    return NULL;
  /* Translators: %s is a date, a time and a time zone. */
  return g_strdup_printf (_ ("Last read from Xero on %s"), moment);
}

static char *
activity_words (CsActivity activity, guint progress)
{
  switch (activity)
    {
    case CS_ACTIVITY_PULLING:
      if (progress == 0)
        return g_strdup (_ ("Reading from Xero…"));
      return g_strdup_printf (
          ngettext ("Reading from Xero… %'u record", "Reading from Xero… %'u records", progress), progress);
    case CS_ACTIVITY_PUSHING:
      return g_strdup (_ ("Sending to Xero…"));
    case CS_ACTIVITY_IDLE:
    default:
      return NULL;
    }
}

/* Whoever reads it wants to know whether to do something: it is tried again by itself, and when. */
static char *
unwell_words (gint64 again_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = again_ms > 0 ? g_date_time_new_from_unix_utc (again_ms / 1000) : NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *time = NULL;

  if (utc == NULL)
    return g_strdup (_ ("Not answering properly"));
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
  time = g_date_time_format (local, "%H:%M");
  /* Translators: a state, as in "Xero: Not answering properly"; %s is a time of day. */
  return g_strdup_printf (_ ("Not answering properly, tried again at %s"), time);
}

static void
describe_state (CsHealth *health, CsLinkState state, gint64 synced_ms, gint64 now_ms)
{
  health->action_name = "win.connect";
  switch (state)
    {
    case CS_LINK_CONNECTED:
      health->words = connected_words (synced_ms, now_ms);
      health->icon_name = "cs-connected-symbolic";
      health->style_class = "success";
      health->action_name = NULL;
      break;
    case CS_LINK_OFFLINE:
      health->words = offline_words (synced_ms, now_ms);
      health->icon_name = "network-offline-symbolic";
      health->style_class = "warning";
      health->button_label = _ ("Try again");
      health->action_name = "win.sync";
      break;
    case CS_LINK_UNWELL:
      health->icon_name = "network-error-symbolic";
      health->style_class = "warning";
      health->button_label = _ ("Try again");
      health->action_name = "win.sync";
      break;
    case CS_LINK_SIGN_IN_NEEDED:
      health->words = g_strdup (_ ("Sign in needed"));
      health->icon_name = "dialog-password-symbolic";
      health->style_class = "warning";
      health->button_label = _ ("Sign in…");
      break;
    case CS_LINK_VAULT_LOCKED:
      health->words = g_strdup (_ ("Keyring is locked"));
      health->icon_name = "changes-prevent-symbolic";
      health->style_class = "warning";
      health->button_label = _ ("Unlock");
      health->action_name = "win.sync";
      break;
    case CS_LINK_DISCONNECTED:
      health->words = g_strdup (_ ("Disconnected"));
      health->icon_name = "network-idle-symbolic";
      health->style_class = "dim-label";
      health->button_label = _ ("Connect…");
      break;
    case CS_LINK_NONE:
    default:
      health->words = g_strdup (_ ("Not connected"));
      health->icon_name = "network-idle-symbolic";
      health->style_class = "dim-label";
      health->button_label = _ ("Connect…");
      break;
    }
}

/* [U-22] Whatever else is well: nobody has renewed it for 50 days, and in ten it is gone. */
static void
describe_end (CsHealth *health, gint64 ends_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ends_ms / 1000);
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *date = NULL;

  if (utc == NULL)
    return;
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
  date = g_date_time_format (local, "%-d %B");
  g_free (health->words);
  /* Translators: %s is a day and a month. */
  health->words = g_strdup_printf (_ ("Sign in again before %s"), date);
  health->icon_name = "dialog-warning-symbolic";
  health->style_class = "warning";
  health->button_label = _ ("Sign in…");
  health->action_name = "win.sign-in-again";
}

/**
 * cs_health_new:
 * @state: how the connection is
 * @activity: what runs now
 * @progress: records read by the running pull
 * @synced_ms: when the last pull ended well, 0 for never
 * @now_ms: the time
 * @zone: (nullable): the practice's zone, else the desk's own
 * @again_ms: when it is asked again by itself, 0 for not known
 * @ends_ms: when the permission ends, if that is soon [U-22]; else 0
 * @problem: (nullable): the newest error of a background run, in words
 *
 * Returns: (transfer full): what to show of it
 */
CsHealth *
cs_health_new (CsLinkState state,
               CsActivity activity,
               guint progress,
               gint64 synced_ms,
               gint64 now_ms,
               GTimeZone *zone,
               gint64 again_ms,
               gint64 ends_ms,
               const char *problem)
{
  CsHealth *health = g_new0 (CsHealth, 1);
  g_autofree char *moment = exact_moment (synced_ms, zone);

  describe_state (health, state, synced_ms, now_ms);
  if (state == CS_LINK_UNWELL)
    health->words = unwell_words (again_ms, zone);
  if (ends_ms > 0 && (state == CS_LINK_CONNECTED || state == CS_LINK_OFFLINE || state == CS_LINK_UNWELL))
    describe_end (health, ends_ms, zone);
  health->activity = activity_words (activity, progress);
  if (problem == NULL || *problem == '\0')
    health->tooltip = g_steal_pointer (&moment);
  else if (moment == NULL)
    health->tooltip = g_strdup (problem);
  else
    health->tooltip = g_strjoin ("\n", problem, moment, NULL);
  return health;
}

/**
 * cs_health_new_for_session:
 * @session: an open practice
 *
 * Returns: (transfer full): the same, asked of @session
 */
CsHealth *
cs_health_new_for_session (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_health_new (cs_session_get_link_state (session), cs_session_get_activity (session),
                        cs_session_get_progress (session), cs_session_get_synced_ms (session),
                        cs_clock_now_ms (cs_session_get_clock (session)), cs_session_get_time_zone (session),
                        cs_session_get_next_look_ms (session), cs_session_get_grant_warning_ms (session),
                        cs_session_get_last_problem (session));
}

/**
 * cs_health_new_for_work:
 * @session: an open practice
 *
 * Returns: (transfer full): the same of its practice manager
 */
CsHealth *
cs_health_new_for_work (CsSession *session)
{
  CsWork *work;
  CsHealth *health;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  work = cs_session_get_work (session);
  health
      = cs_health_new (cs_work_get_link_state (work), CS_ACTIVITY_IDLE, 0, cs_work_get_synced_ms (work),
                       cs_clock_now_ms (cs_session_get_clock (session)), cs_session_get_time_zone (session),
                       cs_session_get_next_look_ms (session), 0, cs_work_get_last_problem (work));
  if (g_strcmp0 (health->action_name, "win.sync") == 0)
    health->action_name = "win.refresh-work";
  else if (health->action_name != NULL)
    health->action_name = "win.connect-work";
  return health;
}

void
cs_health_free (CsHealth *health)
{
  if (health == NULL)
    return;
  g_free (health->words);
  g_free (health->tooltip);
  g_free (health->activity);
  g_free (health);
}
