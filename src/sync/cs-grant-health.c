/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-grant-health.h"

#include "cs-session-private.h"
#include "cs-store-ledger.h"

static const struct
{
  const char *scope;
  const char *words;
} scopes[] = {
  { "accounting.contacts", N_ ("Contacts: read and write") },
  { "accounting.contacts.read", N_ ("Contacts: read only") },
  { "accounting.invoices", N_ ("Invoices: read and write") },
  { "accounting.invoices.read", N_ ("Invoices: read only") },
  { "accounting.payments", N_ ("Payments: read and write") },
  { "accounting.payments.read", N_ ("Payments: read only") },
  { "accounting.transactions", N_ ("Invoices and payments: read and write") },
  { "accounting.transactions.read", N_ ("Invoices and payments: read only") },
  { "accounting.settings", N_ ("Settings: read and write") },
  { "accounting.settings.read", N_ ("Settings: read only") },
  { "email", N_ ("Your name and e-mail address") },
  { "offline_access", N_ ("Stay signed in") },
};

/** cs_grant_health_free: frees the record. */
void
cs_grant_health_free (CsGrantHealth *health)
{
  if (health == NULL)
    return;
  g_free (health->country);
  g_free (health);
}

/** cs_grant_scope_words: Returns: (nullable): what @scope lets the program do, in words */
const char *
cs_grant_scope_words (const char *scope)
{
  g_return_val_if_fail (scope != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    if (g_str_equal (scopes[i].scope, scope))
      return _ (scopes[i].words);
  return NULL;
}

static gboolean
is_old (CsSession *session, gint64 renewed_ms)
{
  return renewed_ms > 0 && cs_clock_now_ms (session->options->clock) - renewed_ms >= CS_GRANT_OLD_MS;
}

static gpointer
read_country_job (CsStore *store, gpointer data, GError **error)
{
  g_autoptr (CsLedgerOrganisation) organisation = cs_store_get_organisation (store, data, error);

  return organisation != NULL ? g_strdup (organisation->country_code) : NULL;
}

static DexFuture *
read_fiber (gpointer data)
{
  CsSession *session = data;
  g_autoptr (CsGrantHealth) health = g_new0 (CsGrantHealth, 1);
  g_autoptr (CsRemoteLink) link = session->link != NULL ? cs_remote_link_ref (session->link) : NULL;
  GError *error = NULL;

  health->minute_remaining = health->day_remaining = -1;
  if (session->connection != NULL)
    health->country = cs_await_record (cs_session_read (session, read_country_job,
                                                        g_memdup2 (&session->connection->id, sizeof (CsUuid)),
                                                        g_free, g_free),
                                       &error);
  if (error == NULL && link != NULL)
    {
      health->renewed_ms
          = cs_await_int64 (cs_grant_read_rotated_ms (cs_remote_link_get_grant (link)), &error);
      health->minute_remaining = cs_remote_link_get_minute_remaining (link);
      health->day_remaining = cs_remote_link_get_day_remaining (link);
    }
  if (error != NULL)
    return cs_future_new_take_error (error);
  if (health->country == NULL)
    health->country = g_strdup ("");
  health->is_old = is_old (session, health->renewed_ms);
  health->ends_ms = health->renewed_ms > 0 ? health->renewed_ms + CS_GRANT_LIFETIME_MS : 0;
  return cs_future_new_for_record (g_steal_pointer (&health), (GDestroyNotify)cs_grant_health_free);
}

/** cs_session_read_grant_health: Returns: (transfer full): of #CsGrantHealth; an error when the keyring won't
 * say
 */
DexFuture *
cs_session_read_grant_health (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_spawn (read_fiber, g_object_ref (session), g_object_unref);
}

/** cs_session_get_grant_warning_ms: Returns: when the permission ends, from its 50th day on [U-22]; else 0 */
gint64
cs_session_get_grant_warning_ms (CsSession *session)
{
  gint64 renewed_ms;

  g_return_val_if_fail (CS_IS_SESSION (session), 0);

  if (session->link == NULL)
    return 0;
  renewed_ms = cs_grant_get_rotated_ms (cs_remote_link_get_grant (session->link));
  return is_old (session, renewed_ms) ? renewed_ms + CS_GRANT_LIFETIME_MS : 0;
}

static DexFuture *
renew_fiber (gpointer data)
{
  CsSession *session = data;
  g_autoptr (CsRemoteLink) link = session->link != NULL ? cs_remote_link_ref (session->link) : NULL;
  GError *error = NULL;

  if (link == NULL)
    return dex_future_new_for_boolean (TRUE);
  if (!cs_await (cs_grant_get_access_token (cs_remote_link_get_grant (link), TRUE), &error))
    {
      if (!cs_error_is_cancelled (error))
        cs_session_report (session, link, error);
      return cs_future_new_take_error (error);
    }
  return cs_session_pull_now (session);
}

/** cs_session_renew_grant: Returns: (transfer full): resolves once the permission is renewed and what changed
 * is read; rejects with why not, a lost permission (SIGN_IN_NEEDED) told apart from a broken way there. How
 * it went shows in the link's state, also when nobody waits for the answer any more. */
DexFuture *
cs_session_renew_grant (CsSession *session)
{
  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  return cs_spawn_to_the_end (renew_fiber, g_object_ref (session), g_object_unref);
}
