/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero.h"

#include "cs-xero-call.h"
#include "cs-xero-private.h"

/** cs_xero_tenant_free: frees the tenant. */
void
cs_xero_tenant_free (CsXeroTenant *tenant)
{
  if (tenant == NULL)
    return;
  g_free (tenant->connection_id);
  g_free (tenant->tenant_id);
  g_free (tenant->tenant_name);
  g_free (tenant->tenant_type);
  g_free (tenant);
}

/**
 * cs_xero_new:
 * @http: carries the bearer token of the organisation's grant
 * @hosts: where to
 * @tenant_id: which organisation
 *
 * Returns: (transfer full): one organisation
 */
CsXero *
cs_xero_new (CsHttp *http, const CsHosts *hosts, const char *tenant_id)
{
  CsXero *xero;

  g_return_val_if_fail (http != NULL && hosts != NULL && tenant_id != NULL, NULL);

  xero = g_new0 (CsXero, 1);
  g_atomic_ref_count_init (&xero->references);
  xero->http = cs_http_ref (http);
  xero->api_url = g_strdup (hosts->api_url);
  xero->tenant_id = g_strdup (tenant_id);
  return xero;
}

/** cs_xero_ref: Returns: (transfer full): @xero */
CsXero *
cs_xero_ref (CsXero *xero)
{
  g_return_val_if_fail (xero != NULL, NULL);

  g_atomic_ref_count_inc (&xero->references);
  return xero;
}

/** cs_xero_unref: frees the object with the last reference. */
void
cs_xero_unref (CsXero *xero)
{
  g_return_if_fail (xero != NULL);

  if (!g_atomic_ref_count_dec (&xero->references))
    return;
  cs_http_unref (xero->http);
  g_free (xero->api_url);
  g_free (xero->tenant_id);
  g_free (xero);
}

static DexFuture *
decode_tenants (GBytes *body, gconstpointer data)
{
  const CsXeroReading *reading = data;
  GError *error = NULL;
  GPtrArray *tenants = cs_xero_decode_tenants (body, reading->text, &error);

  return tenants != NULL ? cs_future_new_for_array (tenants) : cs_future_new_take_error (error);
}

static DexFuture *
list_tenants (CsHttp *http, const CsHosts *hosts, const char *tenant_type)
{
  CsHttpRequest *request = cs_http_request_new ("GET", "/connections");

  request->url = g_strdup (hosts->connections_url);
  request->unpaced = TRUE;
  return cs_xero_call (http, request,
                       (CsXeroReading){ .decode = decode_tenants, .text = g_strdup (tenant_type) });
}

/**
 * cs_xero_list_tenants:
 * @http: with the bearer token
 * @hosts: where to
 *
 * GET /connections (xero-accounting.md 2.6), which knows no tenant and is not paced.
 *
 * Returns: (transfer full): array of #CsXeroTenant, organisations only
 */
DexFuture *
cs_xero_list_tenants (CsHttp *http, const CsHosts *hosts)
{
  g_return_val_if_fail (http != NULL && hosts != NULL, NULL);

  return list_tenants (http, hosts, "ORGANISATION");
}

/**
 * cs_xero_list_practices:
 * @http: with the bearer token
 * @hosts: where to
 *
 * As cs_xero_list_tenants(), of the same sign-in (xpm.md 2.3). A practice may have no name.
 *
 * Returns: (transfer full): array of #CsXeroTenant, practices of Practice Manager only
 */
DexFuture *
cs_xero_list_practices (CsHttp *http, const CsHosts *hosts)
{
  g_return_val_if_fail (http != NULL && hosts != NULL, NULL);

  return list_tenants (http, hosts, "PRACTICEMANAGER");
}

/**
 * cs_xero_list_connections:
 * @http: with the bearer token
 * @hosts: where to
 *
 * As cs_xero_list_tenants(), of every kind: a revocation takes them all (xero-accounting.md 2.4).
 *
 * Returns: (transfer full): array of #CsXeroTenant
 */
DexFuture *
cs_xero_list_connections (CsHttp *http, const CsHosts *hosts)
{
  g_return_val_if_fail (http != NULL && hosts != NULL, NULL);

  return list_tenants (http, hosts, NULL);
}

static DexFuture *
decode_nothing (GBytes *body, gconstpointer data)
{
  return dex_future_new_for_boolean (TRUE);
}

/**
 * cs_xero_delete_connection:
 * @http: with the bearer token
 * @hosts: where to
 * @connection_id: the connection's own id, not the tenant's
 *
 * Returns: (transfer full): resolves when it is gone, also if it was before (2.6)
 */
DexFuture *
cs_xero_delete_connection (CsHttp *http, const CsHosts *hosts, const char *connection_id)
{
  g_autofree char *escaped = NULL;
  CsHttpRequest *request;

  g_return_val_if_fail (http != NULL && hosts != NULL && connection_id != NULL, NULL);

  escaped = g_uri_escape_string (connection_id, NULL, FALSE);
  request = cs_http_request_new ("DELETE", "/connections/{id}");
  request->url = g_strdup_printf ("%s/%s", hosts->connections_url, escaped);
  request->unpaced = TRUE;
  return cs_xero_call (http, request, (CsXeroReading){ .decode = decode_nothing, .none_if_not_found = TRUE });
}

static DexFuture *
decode_organisation (GBytes *body, gconstpointer data)
{
  GError *error = NULL;
  CsLedgerOrganisation *organisation = cs_xero_decode_organisation (body, &error);

  if (organisation == NULL)
    return cs_future_new_take_error (error);
  return cs_future_new_for_record (organisation, (GDestroyNotify)cs_ledger_organisation_free);
}

/** cs_xero_get_organisation: Returns: (transfer full): of #CsLedgerOrganisation (section 11) */
DexFuture *
cs_xero_get_organisation (CsXero *xero)
{
  g_return_val_if_fail (xero != NULL, NULL);

  return cs_xero_call (
      xero->http,
      cs_xero_request_new (xero, "GET", "/Organisation", g_strconcat (xero->api_url, "/Organisation", NULL)),
      (CsXeroReading){ .decode = decode_organisation });
}

static char *
link_to (const char *short_code, const char *path, const char *id)
{
  g_autofree char *code = g_uri_escape_string (short_code, "!", FALSE);
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strdup_printf ("https://go.xero.com/app/%s/%s/%s", code, path, escaped);
}

/** cs_xero_invoice_link: Returns: (transfer full): for the browser (xero-accounting.md 9.8) */
char *
cs_xero_invoice_link (const char *short_code, const char *invoice_id)
{
  g_return_val_if_fail (short_code != NULL && invoice_id != NULL, NULL);

  return link_to (short_code, "invoicing/view", invoice_id);
}

/** cs_xero_contact_link: Returns: (transfer full): for the browser (xero-accounting.md 9.8) */
char *
cs_xero_contact_link (const char *short_code, const char *contact_id)
{
  g_return_val_if_fail (short_code != NULL && contact_id != NULL, NULL);

  return link_to (short_code, "contacts/contact", contact_id);
}
