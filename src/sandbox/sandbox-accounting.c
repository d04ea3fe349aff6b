/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-accounting.h"

#include "sandbox-contacts.h"
#include "sandbox-credits.h"
#include "sandbox-identity.h"
#include "sandbox-invoices.h"
#include "sandbox-limits.h"
#include "sandbox-payments.h"
#include "sandbox-replays.h"
#include "sandbox-settings.h"

#include <string.h>

#define TARGET_MAX 2091 /* characters of the address; longer ones are "not found" (xero-accounting 3.1) */
#define BODY_MAX (10 * 1024 * 1024) /* xero-accounting 3.1 */

typedef void (*Handler) (const SandboxCall *call);

/* Scopes by their granular and their classic names; with ".read" behind them they allow reading
 * (xero-accounting 2.5). */
typedef struct
{
  const char *name;
  const char *scopes[3];
  Handler serve;
} Endpoint;

#define INVOICES { "accounting.invoices", "accounting.transactions" }
#define PAYMENTS { "accounting.payments", "accounting.transactions" }
#define SETTINGS { "accounting.settings" }

static const Endpoint endpoints[] = {
  { "Organisation", SETTINGS, sandbox_settings_organisation },
  { "Accounts", SETTINGS, sandbox_settings_accounts },
  { "TaxRates", SETTINGS, sandbox_settings_tax_rates },
  { "BrandingThemes", SETTINGS, sandbox_settings_themes },
  { "TrackingCategories", SETTINGS, sandbox_settings_tracking },
  { "Currencies", SETTINGS, sandbox_settings_currencies },
  { "Items",
    { "accounting.settings", "accounting.invoices", "accounting.transactions" },
    sandbox_settings_items },
  { "Contacts", { "accounting.contacts" }, sandbox_contacts_serve },
  { "Invoices", INVOICES, sandbox_invoices_serve },
  { "RepeatingInvoices", INVOICES, sandbox_settings_repeating },
  { "CreditNotes", INVOICES, sandbox_credit_notes_serve },
  { "Prepayments", PAYMENTS, sandbox_prepayments_serve },
  { "Overpayments", PAYMENTS, sandbox_overpayments_serve },
  { "Payments", PAYMENTS, sandbox_payments_serve },
};

/* What Xero has and a sandbox for invoicing has not: known to be there, so not a 404 (xero-accounting 7.1).
 */
static const char *const not_served[] = { "Attachments",    "BankTransactions",
                                          "BankTransfers",  "BatchPayments",
                                          "Budgets",        "ContactGroups",
                                          "Employees",      "InvoiceReminders",
                                          "Journals",       "LinkedTransactions",
                                          "ManualJournals", "PaymentServices",
                                          "PurchaseOrders", "Quotes",
                                          "Receipts",       "Reports",
                                          "Users",          NULL };

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
pass_scope (const SandboxCall *call, const Endpoint *endpoint, gboolean write)
{
  if (scope_allows (endpoint, call->scopes, write))
    return TRUE;
  if (sandbox_call_assumes (call, SANDBOX_ASSUME_MISSING_SCOPE_IS_401))
    sandbox_reply_problem (call->reply, SOUP_STATUS_UNAUTHORIZED, "Unauthorized",
                           "AuthorizationUnsuccessful");
  else
    sandbox_reply_problem (call->reply, SOUP_STATUS_FORBIDDEN, "Forbidden", "AuthorizationUnsuccessful");
  sandbox_reply_header (call->reply, "WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
  return FALSE;
}

static void
carry_out (const SandboxCall *call, const Endpoint *endpoint)
{
  if (sandbox_replays_answer (call))
    return;
  endpoint->serve (call);
  sandbox_replays_keep (call);
}

/* Xero speaks XML unless JSON is asked for (xero-accounting 1). Who forgot to ask learns it here: the work is
 * done, but the answer is an envelope of XML with nothing in it. */
static void
speak_xml (const SandboxRequest *request, SandboxReply *reply)
{
  const char *accept = soup_message_headers_get_list (request->headers, "Accept");

  if (g_strcmp0 (reply->content_type, "application/pdf") == 0)
    return;
  if (reply->status == SOUP_STATUS_OK && (accept == NULL || strstr (accept, "application/json") == NULL))
    sandbox_reply_set (
        reply, SOUP_STATUS_OK, "text/xml; charset=utf-8",
        "<Response xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><Status>OK</Status></Response>");
}

static void
refuse_unknown (const SandboxCall *call, const char *name)
{
  if (sandbox_name_index (not_served, name) >= 0)
    sandbox_reply_not_implemented (call->reply);
  else
    sandbox_reply_not_found (call->reply);
}

/* Prefix, collection, element, action, part. */
static void
dispatch (SandboxCall *call, char **segments)
{
  const Endpoint *endpoint = segments[0] != NULL ? find_endpoint (segments[0]) : NULL;
  guint n = g_strv_length (segments);
  g_autofree char *element = n > 1 && *segments[1] != '\0' ? g_uri_unescape_string (segments[1], NULL) : NULL;

  if (endpoint == NULL || n > 4)
    {
      refuse_unknown (call, segments[0]);
      return;
    }
  if (!pass_scope (call, endpoint, !sandbox_request_is (call->request, "GET")))
    return;
  call->element = element;
  call->action = element != NULL && n > 2 && *segments[2] != '\0' ? segments[2] : NULL;
  call->part = call->action != NULL && n > 3 && *segments[3] != '\0' ? segments[3] : NULL;
  carry_out (call, endpoint);
}

void
sandbox_accounting (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  g_auto (GStrv) segments = g_strsplit (request->path + strlen (SANDBOX_ACCOUNTING_PREFIX), "/", 5);
  SandboxCall call = { .world = world, .request = request, .reply = reply };
  g_autofree char *correlation = g_uuid_string_random ();
  SandboxGrant *grant;

  sandbox_reply_header (reply, "xero-correlation-id", correlation);
  if (strlen (request->target) > TARGET_MAX)
    {
      sandbox_reply_not_found (reply);
      return;
    }
  if (request->body_length > BODY_MAX)
    {
      sandbox_reply_set (reply, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "text/plain; charset=utf-8",
                         "Request Entity Too Large");
      return;
    }
  grant = sandbox_identity_bearer (world, request, reply);
  call.organisation = grant != NULL ? pass_tenant (world, request, grant, reply) : NULL;
  if (call.organisation == NULL
      || !sandbox_limits_enter (world, call.organisation->id, sandbox_call_now_ms (&call), reply))
    return;
  reply->tenant = g_strdup (call.organisation->id);
  call.client_id = grant->client_id;
  call.scopes = grant->scopes;
  dispatch (&call, segments);
  speak_xml (request, reply);
}
