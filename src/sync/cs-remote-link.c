/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-remote-link.h"

#include <glib/gi18n-lib.h>

#include "cs-pacer.h"

struct _CsRemoteLink
{
  grefcount references;
  CsTimer timer;
  CsHosts *hosts;
  CsHttp *http;
  CsGrant *grant;
  CsXero *xero;
  CsLedger *ledger;
  CsXpm *xpm;        /* (nullable): of a link to a practice manager, which has no ledger */
  CsRequestLog *log; /* (nullable) */
  CsPacer pacer;
  DexPromise *answered; /* resolved and replaced whenever a call comes back */
};

/* A clock that is set back meanwhile must not park a call for ever. */
#define WAIT_MAX_MS G_GINT64_CONSTANT (3600000)
/* A read waits out a minute's limit; a day's it does not sit through: the pull ends, says until when, and
 * goes on from there (xero-accounting.md 3.2). */
#define PARK_MS G_GINT64_CONSTANT (300000)

typedef struct
{
  CsRemoteLink *link;
  gboolean is_push;
} Acquire;

static void
acquire_free (Acquire *acquire)
{
  cs_remote_link_unref (acquire->link);
  g_free (acquire);
}

static DexFuture *
refuse_to_sit (CsRemoteLink *link, gint64 wake_ms)
{
  g_autoptr (GDateTime) wake = g_date_time_new_from_unix_local (wake_ms / 1000);
  g_autofree char *when = wake != NULL ? g_date_time_format (wake, "%X") : g_strdup ("");

  return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_USED_UP,
                                /* Translators: %s is a time of day. */
                                _ ("Today’s calls to Xero are used up, but for those kept back for sending. "
                                   "Reading goes on at %s; what "
                                   "was read is kept."),
                                when);
}

static DexFuture *
acquire_fiber (gpointer data)
{
  Acquire *acquire = data;
  CsRemoteLink *link = acquire->link;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      gint64 now_ms = cs_timer_now_ms (&link->timer);
      gint64 wake_ms = 0;
      DexFuture *wait = NULL;

      switch (cs_pacer_ask (&link->pacer, acquire->is_push, now_ms, &wake_ms))
        {
        case CS_PACE_GO:
          /* A permit that nobody takes would never be given back. */
          if (!cs_is_waited_for ())
            return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody waits any more");
          cs_pacer_sent (&link->pacer, now_ms);
          return dex_future_new_for_boolean (TRUE);
        case CS_PACE_IN_FLIGHT_FULL:
          wait = DEX_FUTURE (dex_ref (link->answered));
          break;
        case CS_PACE_WAIT:
        default:
          if (!acquire->is_push && wake_ms - now_ms > PARK_MS)
            return refuse_to_sit (link, wake_ms);
          wait = cs_timer_wait_until (&link->timer, wake_ms, WAIT_MAX_MS);
          break;
        }
      /* A time-out rejects by design: it only says that the wait is over. */
      if (!cs_await (wait, &error) && cs_error_is_cancelled (error))
        return cs_future_new_take_error (g_steal_pointer (&error));
    }
}

static DexFuture *
link_acquire (gboolean is_push, gpointer data)
{
  Acquire *acquire = g_new0 (Acquire, 1);

  acquire->link = cs_remote_link_ref (data);
  acquire->is_push = is_push;
  return cs_spawn (acquire_fiber, acquire, (GDestroyNotify)acquire_free);
}

static void
link_answered (const CsHttpResponse *response, gpointer data)
{
  CsRemoteLink *link = data;
  CsPacerWord word = CS_PACER_WORD_NONE;
  g_autoptr (DexPromise) answered = g_steal_pointer (&link->answered);

  if (response != NULL)
    word = (CsPacerWord){ response->minute_remaining, response->day_remaining, response->app_minute_remaining,
                          response->retry_after_ms };
  cs_pacer_answered (&link->pacer, &word, cs_timer_now_ms (&link->timer));
  link->answered = dex_promise_new ();
  dex_promise_resolve_boolean (answered, TRUE);
}

static void
link_record (const CsHttpRecord *record, gpointer data)
{
  CsRemoteLink *link = data;

  if (link->log != NULL)
    cs_request_log_add (link->log, record);
}

static DexFuture *
link_authorise (gboolean stale, gpointer data)
{
  CsRemoteLink *link = data;

  return cs_grant_get_access_token (link->grant, stale);
}

static CsRemoteLink *
link_new (const CsTimer *timer)
{
  CsRemoteLink *link = g_new0 (CsRemoteLink, 1);

  g_ref_count_init (&link->references);
  link->timer = *timer;
  link->answered = dex_promise_new ();
  cs_pacer_init (&link->pacer);
  return link;
}

/**
 * cs_remote_link_new:
 * @hosts: where the ledger lives; loopback hosts are a demo practice's
 * @grant_id: under which the vault keeps the tokens
 * @client_id: of the app the grant was given to
 * @vault: the practice's keyring items
 * @timer: copied; its clock must outlive the link
 *
 * Returns: (transfer full): a link without a tenant yet
 */
CsRemoteLink *
cs_remote_link_new (const CsHosts *hosts,
                    const char *grant_id,
                    const char *client_id,
                    CsVault *vault,
                    const CsTimer *timer)
{
  CsRemoteLink *link = link_new (timer);
  CsHttpHooks hooks
      = { .acquire = link_acquire, .answered = link_answered, .record = link_record, .data = link };

  link->hosts = cs_hosts_copy (hosts);
  link->http = cs_http_new (hosts->is_loopback, timer->clock);
  link->grant = cs_grant_new (hosts, grant_id, client_id, vault, link->http, timer->clock);
  /* The link owns the pipeline, so the pipeline's pointer back to it stays good. */
  cs_http_set_hooks (link->http, &hooks);
  cs_http_set_authorise (link->http, link_authorise, link);
  return link;
}

/** cs_remote_link_new_for_ledger: Returns: (transfer full): a link to @ledger, which does without a grant */
CsRemoteLink *
cs_remote_link_new_for_ledger (CsLedger *ledger, const CsTimer *timer)
{
  CsRemoteLink *link = link_new (timer);

  link->ledger = cs_ledger_ref (ledger);
  return link;
}

/** cs_remote_link_ref: Returns: (transfer full): @link */
CsRemoteLink *
cs_remote_link_ref (CsRemoteLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  g_ref_count_inc (&link->references);
  return link;
}

/** cs_remote_link_unref: lets go of the pipeline and the tokens in memory with the last reference. */
void
cs_remote_link_unref (CsRemoteLink *link)
{
  CsHttpHooks none = { 0 };

  g_return_if_fail (link != NULL);

  if (!g_ref_count_dec (&link->references))
    return;
  if (link->http != NULL)
    {
      cs_http_set_hooks (link->http, &none);
      cs_http_set_authorise (link->http, NULL, NULL);
    }
  g_clear_pointer (&link->ledger, cs_ledger_unref);
  g_clear_pointer (&link->xero, cs_xero_unref);
  g_clear_pointer (&link->xpm, cs_xpm_unref);
  g_clear_pointer (&link->grant, cs_grant_unref);
  g_clear_pointer (&link->http, cs_http_unref);
  g_clear_pointer (&link->hosts, cs_hosts_free);
  g_clear_pointer (&link->log, cs_request_log_unref);
  dex_clear (&link->answered);
  g_free (link);
}

/** cs_remote_link_set_log: each call from here on is told to @log (nullable). */
void
cs_remote_link_set_log (CsRemoteLink *link, CsRequestLog *log)
{
  g_return_if_fail (link != NULL);

  g_clear_pointer (&link->log, cs_request_log_unref);
  link->log = log != NULL ? cs_request_log_ref (log) : NULL;
}

/** cs_remote_link_set_tenant: @tenant_id is the organisation that every ledger call names from here on. */
void
cs_remote_link_set_tenant (CsRemoteLink *link, const char *tenant_id)
{
  g_return_if_fail (link != NULL);
  g_return_if_fail (tenant_id != NULL);

  if (link->http == NULL)
    return;
  g_clear_pointer (&link->ledger, cs_ledger_unref);
  g_clear_pointer (&link->xero, cs_xero_unref);
  link->xero = cs_xero_new (link->http, link->hosts, tenant_id);
  link->ledger = cs_xero_ledger_new (link->xero, link->grant);
}

/** cs_remote_link_set_practice: @tenant_id is the practice of Practice Manager that every call names from
 * here on; a list of all its clients takes minutes (xpm.md 1.6) */
void
cs_remote_link_set_practice (CsRemoteLink *link, const char *tenant_id)
{
  g_return_if_fail (link != NULL && link->http != NULL);
  g_return_if_fail (tenant_id != NULL);

  g_clear_pointer (&link->xpm, cs_xpm_unref);
  link->xpm = cs_xpm_new (link->http, link->hosts, tenant_id);
  cs_http_set_timeout (link->http, CS_XPM_TIMEOUT_S);
}

/** cs_remote_link_get_xpm: Returns: (transfer none) (nullable): the practice, %NULL before one is set */
CsXpm *
cs_remote_link_get_xpm (CsRemoteLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  return link->xpm;
}

/** cs_remote_link_get_ledger: Returns: (transfer none) (nullable): the organisation, %NULL before a tenant is
 * set */
CsLedger *
cs_remote_link_get_ledger (CsRemoteLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  return link->ledger;
}

/** cs_remote_link_get_xero: Returns: (transfer none) (nullable): the adapter, %NULL before a tenant is set */
CsXero *
cs_remote_link_get_xero (CsRemoteLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  return link->xero;
}

/** cs_remote_link_get_grant: Returns: (transfer none): the keeper of the tokens */
CsGrant *
cs_remote_link_get_grant (CsRemoteLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  return link->grant;
}

/** cs_remote_link_get_http: Returns: (transfer none): the pipeline */
CsHttp *
cs_remote_link_get_http (CsRemoteLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  return link->http;
}

/** cs_remote_link_get_hosts: Returns: (transfer none): where it goes */
const CsHosts *
cs_remote_link_get_hosts (CsRemoteLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  return link->hosts;
}

/** cs_remote_link_get_push_permit_ms: Returns: from when on a write may go, UTC milliseconds; 0: at once */
gint64
cs_remote_link_get_push_permit_ms (CsRemoteLink *link)
{
  gint64 wake_ms = 0;

  g_return_val_if_fail (link != NULL, 0);

  return cs_pacer_ask (&link->pacer, TRUE, cs_timer_now_ms (&link->timer), &wake_ms) == CS_PACE_WAIT ? wake_ms
                                                                                                     : 0;
}

/**
 * cs_remote_link_expect_push:
 * @link: a link
 * @due_ms: when the next push may want to go, UTC milliseconds; G_MAXINT64: none is known of
 *
 * So that reads leave it room, and leave no more than that when there is none.
 */
void
cs_remote_link_expect_push (CsRemoteLink *link, gint64 due_ms)
{
  g_return_if_fail (link != NULL);

  cs_pacer_expect_push (&link->pacer, due_ms);
}

/** cs_remote_link_open_pace: for benchmarks, against a ledger without limits: nothing is left of the pace but
 * the calls in flight. */
void
cs_remote_link_open_pace (CsRemoteLink *link)
{
  g_return_if_fail (link != NULL);

  link->pacer.is_open = TRUE;
}

/** cs_remote_link_get_meter: fills in @meter, caller-allocated [B-21]. */
void
cs_remote_link_get_meter (CsRemoteLink *link, CsMeter *meter)
{
  CsPacerReading reading;

  g_return_if_fail (link != NULL && meter != NULL);

  reading = cs_pacer_read (&link->pacer, cs_timer_now_ms (&link->timer));
  *meter = (CsMeter){ .minute_used = reading.minute_used,
                      .minute_limit = CS_PACER_MINUTE_MAX,
                      .minute_remaining = reading.minute_remaining,
                      .day_used = reading.day_used,
                      .day_limit = reading.day_limit,
                      .day_remaining = reading.day_remaining,
                      .minute_reserved = reading.minute_reserved,
                      .day_reserved = reading.day_reserved,
                      .forecast_ms = reading.forecast_ms,
                      .parked_until_ms = reading.parked_until_ms };
}

/** cs_remote_link_get_minute_remaining: Returns: calls left in this minute as the ledger last said; -1 when
 * it has said nothing within the minute [B-21] */
int
cs_remote_link_get_minute_remaining (CsRemoteLink *link)
{
  g_return_val_if_fail (link != NULL, -1);

  return cs_timer_now_ms (&link->timer) - link->pacer.header_ms < 60 * 1000 ? link->pacer.minute_remaining
                                                                            : -1;
}

/** cs_remote_link_get_day_remaining: Returns: calls left today as the ledger last said; -1 when it has not
 * [B-21] */
int
cs_remote_link_get_day_remaining (CsRemoteLink *link)
{
  g_return_val_if_fail (link != NULL, -1);

  return link->pacer.day_remaining;
}
