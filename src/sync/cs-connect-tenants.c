/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-connect-private.h"

/* What a login shared, as it is shown to choose from. */

/* Each is a call, out of that organisation's own allowance; a bookkeeper may have hundreds. */
#define DESCRIBED_MAX 25
/* Two of one name are told apart by it, but nobody waits long for it. */
#define DESCRIBE_MS 3000

void
cs_connect_tenant_free (gpointer data)
{
  CsConnectTenant *tenant = data;

  g_free (tenant->tenant_id);
  g_free (tenant->name);
  g_free (tenant->country_code);
  g_free (tenant->currency);
  g_free (tenant);
}

static DexFuture *
ask_organisation (CsRemoteLink *link, const CsXeroTenant *remote)
{
  g_autoptr (CsXero) xero
      = cs_xero_new (cs_remote_link_get_http (link), cs_remote_link_get_hosts (link), remote->tenant_id);

  return cs_xero_get_organisation (xero);
}

static void
take_organisation (CsConnectTenant *tenant, DexFuture *asked)
{
  g_autoptr (CsLedgerOrganisation) organisation = NULL;

  if (dex_future_is_resolved (asked))
    organisation = cs_await_record (dex_ref (asked), NULL);
  if (organisation == NULL)
    return;
  g_set_str (&tenant->country_code, organisation->country_code);
  g_set_str (&tenant->currency, organisation->currency.code);
}

/* /connections tells the name alone (xero-accounting.md 2.6), so each organisation is asked. One that doesn't
 * answer is shown all the same: what it refuses is said once it is chosen. */
static void
describe (CsRemoteLink *link, GPtrArray *remote, GPtrArray *tenants)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < MIN (remote->len, DESCRIBED_MAX); i++)
    g_ptr_array_add (asked, ask_organisation (link, g_ptr_array_index (remote, i)));
  cs_await (dex_future_first (dex_future_allv ((DexFuture *const *)asked->pdata, asked->len),
                              dex_timeout_new_msec (DESCRIBE_MS), NULL),
            NULL);
  for (guint i = 0; i < asked->len; i++)
    take_organisation (g_ptr_array_index (tenants, i), g_ptr_array_index (asked, i));
}

/**
 * cs_connect_make_tenants:
 * @connect: who signed in
 * @link: of the fresh grant
 * @remote: (element-type CsXeroTenant): what the login shared; at least one
 *
 * In a fiber.
 *
 * Returns: (transfer full) (element-type CsConnectTenant): the same, as it is shown
 */
GPtrArray *
cs_connect_make_tenants (CsConnect *connect, CsRemoteLink *link, GPtrArray *remote)
{
  const CsConnection *known = cs_connect_get_known (connect);
  GPtrArray *tenants = g_ptr_array_new_with_free_func (cs_connect_tenant_free);

  for (guint i = 0; i < remote->len; i++)
    {
      const CsXeroTenant *there = g_ptr_array_index (remote, i);
      CsConnectTenant *tenant = g_new0 (CsConnectTenant, 1);

      tenant->tenant_id = g_strdup (there->tenant_id);
      tenant->name = g_strdup (there->tenant_name);
      tenant->was_connected = known != NULL && g_strcmp0 (known->tenant_id, there->tenant_id) == 0;
      g_ptr_array_add (tenants, tenant);
    }
  if (connect->to == CS_CONNECT_TO_LEDGER)
    describe (link, remote, tenants);
  return tenants;
}
