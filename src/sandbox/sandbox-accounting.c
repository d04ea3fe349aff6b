/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-accounting.h"

#include "sandbox-contacts.h"
#include "sandbox-identity.h"
#include "sandbox-invoices.h"
#include "sandbox-limits.h"
#include "sandbox-payments.h"
#include "sandbox-replays.h"
#include "sandbox-settings.h"

#include <string.h>

#define TARGET_MAX 2091 /* characters of the address; longer ones are "not found" (xero-accounting 3.1) */

typedef void (*Handler) (const SandboxCall *call);

/* Scopes by their granular and their classic names; with ".read" behind them they allow reading
 * (xero-accounting 2.5). */
typedef struct
{
  const char *name;
  const char *scopes[3];
  Handler get;
  Handler write;
} Endpoint;

static const Endpoint endpoints[] = {
  { "Organisation", { "accounting.settings" }, sandbox_settings_organisation, NULL },
  { "Accounts", { "accounting.settings" }, sandbox_settings_accounts, NULL },
  { "TaxRates", { "accounting.settings" }, sandbox_settings_tax_rates, NULL },
  { "BrandingThemes", { "accounting.settings" }, sandbox_settings_themes, NULL },
  { "TrackingCategories", { "accounting.settings" }, sandbox_settings_tracking, NULL },
  { "Items", { "accounting.settings", "accounting.invoices" }, sandbox_settings_items, NULL },
  { "Currencies", { "accounting.settings" }, sandbox_settings_currencies, NULL },
  { "Contacts", { "accounting.contacts" }, sandbox_contacts_get, sandbox_contacts_write },
  { "Invoices",
    { "accounting.invoices", "accounting.transactions" },
    sandbox_invoices_get,
    sandbox_invoices_write },
  { "Payments", { "accounting.payments", "accounting.transactions" }, sandbox_payments_get, NULL },
};

static const Endpoint *
find_endpoint (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    if (g_ascii_strcasecmp (endpoints[i].name, name) == 0)
      return &endpoints[i];
  return NULL;
}

static gboolean
scope_allows (const Endpoint *endpoint, const char *granted, gboolean write)
{
  for (guint i = 0; i < G_N_ELEMENTS (endpoint->scopes) && endpoint->scopes[i] != NULL; i++)
    {
      g_autofree char *read = g_strconcat (endpoint->scopes[i], ".read", NULL);

      if (sandbox_scopes_have (granted, endpoint->scopes[i])
          || (!write && sandbox_scopes_have (granted, read)))
        return TRUE;
    }
  return FALSE;
}

static SandboxOrganisation *
pass_tenant (SandboxWorld *world,
             const SandboxRequest *request,
             const SandboxGrant *grant,
             SandboxReply *reply)
{
  const char *tenant = soup_message_headers_get_one (request->headers, "xero-tenant-id");
  SandboxOrganisation *organisation = sandbox_world_organisation (world, tenant);

  if (organisation != NULL && sandbox_identity_reaches (world->identity, grant->client_id, organisation->id))
    return organisation;
  sandbox_reply_problem (reply, SOUP_STATUS_FORBIDDEN, "Forbidden", "AuthenticationUnsuccessful");
  return NULL;
}

static gboolean
pass_scope (const Endpoint *endpoint, const SandboxGrant *grant, gboolean write, SandboxReply *reply)
{
  if (scope_allows (endpoint, grant->scopes, write))
    return TRUE;
  sandbox_reply_problem (reply, SOUP_STATUS_UNAUTHORIZED, "Unauthorized", "AuthorizationUnsuccessful");
  sandbox_reply_header (reply, "WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
  return FALSE;
}

static void
carry_out (const SandboxCall *call, const Endpoint *endpoint)
{
  Handler handler = sandbox_request_is (call->request, "GET") ? endpoint->get
                    : sandbox_call_is_write (call)            ? endpoint->write
                                                              : NULL;

  if (handler == NULL)
    {
      sandbox_reply_set (call->reply, SOUP_STATUS_NOT_IMPLEMENTED, "text/plain; charset=utf-8",
                         "Not implemented");
      return;
    }
  if (sandbox_replays_answer (call))
    return;
  handler (call);
  sandbox_replays_keep (call);
}

/* Xero speaks XML unless JSON is asked for (xero-accounting 1). Who forgot to ask learns it here: the work is
 * done, but the answer is an envelope of XML with nothing in it. */
static void
speak_xml (const SandboxRequest *request, SandboxReply *reply)
{
  const char *accept = soup_message_headers_get_list (request->headers, "Accept");

  if (reply->status == SOUP_STATUS_OK && (accept == NULL || strstr (accept, "application/json") == NULL))
    sandbox_reply_set (
        reply, SOUP_STATUS_OK, "text/xml; charset=utf-8",
        "<Response xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><Status>OK</Status></Response>");
}

void
sandbox_accounting (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  g_auto (GStrv) segments = g_strsplit (request->path + strlen (SANDBOX_ACCOUNTING_PREFIX), "/", 3);
  const Endpoint *endpoint = segments[0] != NULL ? find_endpoint (segments[0]) : NULL;
  g_autofree char *element = NULL;
  SandboxCall call = { .world = world, .request = request, .reply = reply };
  g_autofree char *correlation = g_uuid_string_random ();
  SandboxGrant *grant;

  sandbox_reply_header (reply, "xero-correlation-id", correlation);
  if (strlen (request->target) > TARGET_MAX)
    {
      sandbox_reply_not_found (reply);
      return;
    }
  grant = sandbox_identity_bearer (world, request, reply);
  call.organisation = grant != NULL ? pass_tenant (world, request, grant, reply) : NULL;
  if (call.organisation == NULL
      || !sandbox_limits_enter (world->limits, call.organisation->id, sandbox_call_now_ms (&call), reply))
    return;
  reply->tenant = g_strdup (call.organisation->id);
  if (endpoint == NULL)
    {
      sandbox_reply_not_found (reply);
      return;
    }
  if (!pass_scope (endpoint, grant, !sandbox_request_is (request, "GET"), reply))
    return;
  element = segments[1] != NULL && *segments[1] != '\0' ? g_uri_unescape_string (segments[1], NULL) : NULL;
  call.client_id = grant->client_id;
  call.element = element;
  call.action = element != NULL ? segments[2] : NULL;
  carry_out (&call, endpoint);
  speak_xml (request, reply);
}
