/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-html.h"
#include "sandbox-identity.h"
#include "sandbox-secrets.h"

#include <string.h>

/* The consent page (xero-accounting 2.2). It needs no script, says that it is not Xero, and refuses frames as
 * Xero's does. */

static const struct
{
  const char *scope;
  const char *words; /* NULL: not worth a line of its own */
} scopes[] = {
  { "openid", "Know who you are" },
  { "profile", NULL },
  { "email", "See your e-mail address" },
  { "offline_access", "Stay connected while you are not signed in" },
  { "accounting.contacts", "See, add and change your contacts" },
  { "accounting.contacts.read", "See your contacts" },
  { "accounting.invoices", "See, add and change your invoices" },
  { "accounting.invoices.read", "See your invoices" },
  { "accounting.payments", "See, add and change your payments" },
  { "accounting.payments.read", "See your payments" },
  { "accounting.transactions", "See, add and change your invoices and payments" },
  { "accounting.transactions.read", "See your invoices and payments" },
  { "accounting.settings", "See and change your accounts, tax rates and other settings" },
  { "accounting.settings.read", "See your accounts, tax rates and other settings" },
  { "accounting.attachments", "See, add and change your attachments" },
  { "accounting.attachments.read", "See your attachments" },
  { "accounting.banktransactions", "See, add and change your bank transactions" },
  { "accounting.banktransactions.read", "See your bank transactions" },
  { "accounting.manualjournals", "See, add and change your manual journals" },
  { "accounting.manualjournals.read", "See your manual journals" },
  { "practicemanager", "See, add and change all of your practice’s data" },
  { "practicemanager.read", "See all of your practice’s data" },
  { "practicemanager.client", "See, add and change your practice’s clients" },
  { "practicemanager.client.read", "See your practice’s clients" },
  { "practicemanager.job", "See, add and change your practice’s jobs" },
  { "practicemanager.job.read", "See your practice’s jobs" },
  { "practicemanager.staff", "See, add and change your practice’s staff" },
  { "practicemanager.staff.read", "See your practice’s staff" },
  { "practicemanager.time", "See, add and change your practice’s time sheets" },
  { "practicemanager.time.read", "See your practice’s time sheets" },
};

static const char *
scope_words (const char *scope, gboolean *known)
{
  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    if (strcmp (scopes[i].scope, scope) == 0)
      {
        *known = TRUE;
        return scopes[i].words;
      }
  *known = FALSE;
  return NULL;
}

static gboolean
is_practice_scope (const char *scope)
{
  return g_str_equal (scope, "practicemanager") || g_str_has_prefix (scope, "practicemanager.");
}

/* Whether a key may have these at all is unconfirmed (xpm 0, 2.2). */
static gboolean
may_ask_for (const SandboxWorld *world, const char *scope)
{
  gboolean broad = g_str_equal (scope, "practicemanager") || g_str_equal (scope, "practicemanager.read");

  return !is_practice_scope (scope)
         || (world->assumptions[SANDBOX_ASSUME_PRACTICE_PKCE]
             && (!broad || world->assumptions[SANDBOX_ASSUME_PRACTICE_BROAD_SCOPES]));
}

/* What kinds of tenant the scopes are about; those of neither are taken for an organisation's. */
static void
read_kinds (const char *scopes_text, gboolean *organisations, gboolean *practices)
{
  g_auto (GStrv) list = g_strsplit (scopes_text, " ", -1);

  *organisations = *practices = FALSE;
  for (guint i = 0; list[i] != NULL; i++)
    {
      *practices |= is_practice_scope (list[i]);
      *organisations |= g_str_has_prefix (list[i], "accounting.");
    }
  *organisations |= !*practices;
}

/* Xero shows its own page here and tells the app nothing (xero-accounting 2.3). */
static void
reply_with_error_page (SandboxReply *reply, const char *error)
{
  g_autoptr (GString) page = sandbox_html_new ();

  g_string_append_printf (
      page,
      "<main><h1>Sorry, something went wrong</h1><p>Error code: 500</p><p><strong>%s</strong></p>"
      "<p class=\"notice\">This is the Countersign sandbox, not Xero.</p>",
      error);
  sandbox_html_reply (reply, SOUP_STATUS_BAD_REQUEST, page);
}

/* Letter by letter; an address in numbers is unconfirmed (xero-accounting 16.1). */
static gboolean
redirect_is_registered (const SandboxWorld *world, const char *redirect_uri)
{
  GPtrArray *registered = world->identity->redirect_uris;
  g_autoptr (GString) named = g_string_new (redirect_uri);

  if (redirect_uri == NULL)
    return FALSE;
  if (world->assumptions[SANDBOX_ASSUME_LOOPBACK_ADDRESS])
    g_string_replace (named, "http://127.0.0.1:", "http://localhost:", 1);
  return g_ptr_array_find_with_equal_func (registered, named->str, g_str_equal, NULL);
}

static const char *
find_fault (const SandboxWorld *world, const SandboxRequest *request)
{
  const char *redirect_uri = sandbox_request_query (request, "redirect_uri");
  const char *challenge = sandbox_request_query (request, "code_challenge");
  const char *scope = sandbox_request_query (request, "scope");
  g_auto (GStrv) list = g_strsplit (scope != NULL ? scope : "", " ", -1);

  if (g_strcmp0 (sandbox_request_query (request, "client_id"), world->identity->client_id) != 0)
    return "unauthorized_client : Unknown client or client not enabled";
  if (!redirect_is_registered (world, redirect_uri))
    return "unauthorized_client : Invalid redirect_uri";
  if (g_strcmp0 (sandbox_request_query (request, "response_type"), "code") != 0)
    return "unsupported_response_type";
  for (guint i = 0; list[i] != NULL; i++)
    {
      gboolean known = TRUE;

      if (*list[i] != '\0')
        scope_words (list[i], &known);
      if (!known || !may_ask_for (world, list[i]))
        return "invalid_scope : Invalid scope for client";
    }
  if (scope == NULL)
    return "invalid_scope : Invalid scope for client";
  if (challenge == NULL || strlen (challenge) != 43
      || g_strcmp0 (sandbox_request_query (request, "code_challenge_method"), "S256") != 0)
    return "invalid_request : code challenge required";
  return NULL;
}

static SandboxConsent *
open_consent (SandboxWorld *world, const SandboxRequest *request)
{
  g_autofree char *id = sandbox_random_text (16);
  SandboxConsent *consent = sandbox_consent_new (id);

  consent->client_id = g_strdup (sandbox_request_query (request, "client_id"));
  consent->redirect_uri = g_strdup (sandbox_request_query (request, "redirect_uri"));
  consent->scopes = g_strdup (sandbox_request_query (request, "scope"));
  consent->state = g_strdup (sandbox_request_query (request, "state"));
  consent->challenge = g_strdup (sandbox_request_query (request, "code_challenge"));
  consent->expires_ms = sandbox_clock_now_ms (&world->clock) + SANDBOX_CONSENT_MS;
  g_hash_table_replace (world->identity->consents, consent->id, consent);
  return consent;
}

static void
append_scopes (GString *page, const SandboxConsent *consent)
{
  g_auto (GStrv) list = g_strsplit (consent->scopes, " ", -1);

  g_string_append (page, "<ul>");
  for (guint i = 0; list[i] != NULL; i++)
    {
      gboolean known;
      const char *words = scope_words (list[i], &known);

      if (words != NULL)
        g_string_append_printf (page, "<li>%s</li>", words);
    }
  g_string_append (page, "</ul>");
}

static void
append_option (GString *page, const char *id, const char *name)
{
  g_autofree char *escaped = g_markup_escape_text (name, -1);

  g_string_append_printf (page, "<option value=\"%s\">%s</option>", id, escaped);
}

/* How many. */
static guint
append_options (GString *page, SandboxWorld *world, gboolean organisations, gboolean practices)
{
  guint n = 0;

  for (guint i = 0; organisations && i < world->organisations->len; i++, n++)
    {
      const SandboxOrganisation *organisation = world->organisations->pdata[i];

      append_option (page, organisation->id, organisation->settings->name);
    }
  for (guint i = 0; practices && i < world->practices->len; i++)
    {
      const SandboxPractice *practice = world->practices->pdata[i];

      if (practice->privilege != SANDBOX_PRIVILEGE_GRANTED)
        continue;
      append_option (page, practice->id, practice->name);
      n++;
    }
  return n;
}

/* Who may connect no practice reads so here, and the app hears nothing: there is no button that leads back
 * (xpm 2.4). */
static void
append_form (GString *page, SandboxWorld *world, const SandboxConsent *consent)
{
  g_autoptr (GString) options = g_string_new (NULL);
  gboolean organisations, practices;

  read_kinds (consent->scopes, &organisations, &practices);
  if (practices && append_options (options, world, FALSE, TRUE) == 0)
    g_string_append (page, "<p class=\"notice\"><strong>You don't have access to connect any Xero Practice "
                           "Manager accounts</strong></p>");
  g_string_truncate (options, 0);
  if (append_options (options, world, organisations, practices) == 0)
    return;
  g_string_append_printf (
      page,
      "<form method=\"post\" action=\"/identity/connect/authorize/decision\">"
      "<input type=\"hidden\" name=\"request\" value=\"%s\">"
      "<label for=\"organisation\">Select an organisation to connect</label>"
      "<select id=\"organisation\" name=\"organisation\">%s</select><div class=\"actions\">"
      "<button class=\"allow\" type=\"submit\" name=\"decision\" value=\"allow\">Allow access</button>"
      "<button type=\"submit\" name=\"decision\" value=\"cancel\">Cancel</button></div></form>",
      consent->id, options->str);
}

void
sandbox_authorise_page (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  const char *fault = find_fault (world, request);
  g_autoptr (GString) page = sandbox_html_new ();
  const SandboxConsent *consent;

  if (fault != NULL)
    {
      reply_with_error_page (reply, fault);
      return;
    }
  consent = open_consent (world, request);
  g_string_append (
      page, "<main><p class=\"notice\">This is the <strong>Countersign sandbox</strong>, pretending to be "
            "Xero on this "
            "computer. No real organisation is touched.</p>"
            "<h1>Countersign wants access to your organisation’s data</h1><p>It would be able to:</p>");
  append_scopes (page, consent);
  append_form (page, world, consent);
  sandbox_html_reply (reply, SOUP_STATUS_OK, page);
}

static void
redirect (SandboxReply *reply, const SandboxConsent *consent, const char *query)
{
  g_autoptr (GString) address = g_string_new (consent->redirect_uri);

  g_string_append_c (address, '?');
  g_string_append (address, query);
  if (consent->state != NULL)
    {
      g_string_append (address, "&state=");
      g_string_append_uri_escaped (address, consent->state, NULL, FALSE);
    }
  sandbox_reply_set (reply, SOUP_STATUS_FOUND, "text/html; charset=utf-8", "");
  sandbox_reply_header (reply, "Location", address->str);
  sandbox_reply_header (reply, "Cache-Control", "no-store");
}

/* The page's own id becomes a code; the connection is there from now on, whatever becomes of the code. */
static void
allow (SandboxWorld *world, SandboxConsent *consent, const char *tenant, SandboxReply *reply)
{
  gint64 now_ms = sandbox_clock_now_ms (&world->clock);
  g_autofree char *session = sandbox_random_text (24);
  g_autofree char *query = NULL;
  g_autofree char *scope = g_uri_escape_string (consent->scopes, NULL, FALSE);

  g_free (consent->id);
  consent->id = sandbox_random_text (32);
  consent->is_code = TRUE;
  sandbox_secrets_add (world, "code", consent->id);
  consent->event_id = g_uuid_string_random ();
  consent->expires_ms = now_ms + SANDBOX_CODE_MS;
  sandbox_identity_connect (world->identity, consent->client_id, tenant, consent->event_id, now_ms);
  query = g_strdup_printf ("code=%s&scope=%s&session_state=%s", consent->id, scope, session);
  redirect (reply, consent, query);
  reply->changed = TRUE;
  g_hash_table_replace (world->identity->consents, consent->id, consent);
}

/* As the page offers it: NULL where it is of another kind, or of nobody's. */
static const char *
find_tenant (SandboxWorld *world, const SandboxConsent *consent, const char *id)
{
  const SandboxOrganisation *organisation = sandbox_world_organisation (world, id);
  const SandboxPractice *practice = sandbox_world_practice (world, id);
  gboolean organisations, practices;

  read_kinds (consent->scopes, &organisations, &practices);
  if (organisations && organisation != NULL)
    return organisation->id;
  return practices && practice != NULL && practice->privilege == SANDBOX_PRIVILEGE_GRANTED ? practice->id
                                                                                           : NULL;
}

void
sandbox_authorise_decision (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  g_autoptr (GHashTable) form = soup_form_decode (request->body);
  const char *id = g_hash_table_lookup (form, "request");
  SandboxConsent *found = id != NULL ? g_hash_table_lookup (world->identity->consents, id) : NULL;
  const char *tenant
      = found != NULL ? find_tenant (world, found, g_hash_table_lookup (form, "organisation")) : NULL;
  gboolean allowed = g_strcmp0 (g_hash_table_lookup (form, "decision"), "allow") == 0;
  g_autoptr (SandboxConsent) consent = NULL;

  if (found == NULL || found->is_code || sandbox_clock_now_ms (&world->clock) > found->expires_ms)
    {
      reply_with_error_page (reply, "This page has been used or is too old. Start again from the app.");
      return;
    }
  if (allowed && tenant == NULL)
    {
      reply_with_error_page (reply, "That organisation does not exist.");
      return;
    }
  g_hash_table_steal (world->identity->consents, id);
  consent = found;
  if (allowed)
    allow (world, g_steal_pointer (&consent), tenant, reply);
  else
    redirect (reply, consent, "error=access_denied&error_description=The%20user%20refused");
}
