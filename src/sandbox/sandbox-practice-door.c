/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-practice-routes.h"

#include "sandbox-identity.h"
#include "sandbox-limits.h"

#include <string.h>

#define BODY_MAX (10 * 1024 * 1024) /* of a request; ours: the reference names none */
#define SEGMENTS_MAX 5

/* What opens a route; the broad pair opens all of them (xpm 2.2). */
static const char *const family_scopes[SANDBOX_FAMILIES] = {
  [SANDBOX_FAMILY_CLIENT] = "practicemanager.client",
  [SANDBOX_FAMILY_JOB] = "practicemanager.job",
  [SANDBOX_FAMILY_STAFF] = "practicemanager.staff",
  [SANDBOX_FAMILY_BROAD] = NULL,
};

/* With a "v" before the number as the withdrawn description has it, or without (xpm 1.1). */
static const char *
after_version (const SandboxWorld *world, const char *path)
{
  path += strlen (SANDBOX_PRACTICE_PREFIX);
  if (*path == 'v' && world->assumptions[SANDBOX_ASSUME_VERSION_WITH_V])
    path++;
  return g_str_has_prefix (path, SANDBOX_PRACTICE_VERSION) ? path + strlen (SANDBOX_PRACTICE_VERSION) : NULL;
}

gboolean
sandbox_is_practice_path (const char *path)
{
  return g_str_has_prefix (path, SANDBOX_PRACTICE_PREFIX);
}

static gboolean
has_scope (const char *scopes, const char *name, gboolean write)
{
  g_autofree char *read = g_strconcat (name, ".read", NULL);

  return sandbox_scopes_have (scopes, name) || (!write && sandbox_scopes_have (scopes, read));
}

static gboolean
scope_allows (const SandboxWorld *world, const SandboxRoute *route, const char *scopes, gboolean write)
{
  const char *family = family_scopes[route->family];

  if (has_scope (scopes, "practicemanager", write))
    return TRUE;
  if (family != NULL)
    return has_scope (scopes, family, write);
  return route->for_jobs && world->assumptions[SANDBOX_ASSUME_GRANULAR_LISTS_TEMPLATES]
         && has_scope (scopes, "practicemanager.job", write);
}

static void
refuse_forbidden (SandboxReply *reply)
{
  sandbox_reply_problem (reply, SOUP_STATUS_FORBIDDEN, "Forbidden", "AuthenticationUnsuccessful");
}

/* The same answer for a wrong practice, a lost privilege and a missing scope (xpm 1.2). */
static void
refuse_scope (SandboxWorld *world, SandboxReply *reply)
{
  if (world->assumptions[SANDBOX_ASSUME_PRACTICE_MISSING_SCOPE_IS_403])
    {
      refuse_forbidden (reply);
      return;
    }
  sandbox_reply_problem (reply, SOUP_STATUS_UNAUTHORIZED, "Unauthorized", "AuthorizationUnsuccessful");
  sandbox_reply_header (reply, "WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
}

static void
refuse_privilege (SandboxWorld *world, SandboxReply *reply)
{
  if (world->assumptions[SANDBOX_ASSUME_LOST_PRIVILEGE_IS_JSON])
    refuse_forbidden (reply);
  else
    sandbox_practice_refuse (reply, SOUP_STATUS_FORBIDDEN, NULL,
                             "The user is not authorised to connect third-party add-ons");
}

/* NULL: the reply is the refusal. */
static SandboxPractice *
pass_tenant (SandboxWorld *world,
             const SandboxRequest *request,
             const SandboxGrant *grant,
             SandboxReply *reply)
{
  const char *tenant = soup_message_headers_get_one (request->headers, "xero-tenant-id");
  SandboxPractice *practice = sandbox_world_practice (world, tenant);

  if (practice == NULL || !sandbox_identity_reaches (world->identity, grant->client_id, practice->id))
    {
      refuse_forbidden (reply);
      return NULL;
    }
  if (practice->privilege == SANDBOX_PRIVILEGE_GRANTED)
    return practice;
  refuse_privilege (world, reply);
  return NULL;
}

/* client.api/get/UUID against client.api/get/STAR; names of the API are compared without case. */
static gboolean
route_fits (const SandboxRoute *route, char **segments, const char **identifier)
{
  g_auto (GStrv) pattern = g_strsplit (route->path, "/", SEGMENTS_MAX);
  guint n = g_strv_length (pattern);

  if (g_strv_length (segments) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (pattern[i], "*") && *segments[i] != '\0')
        *identifier = segments[i];
      else if (g_ascii_strcasecmp (pattern[i], segments[i]) != 0)
        return FALSE;
    }
  return TRUE;
}

static const SandboxRoute *
find_route (const SandboxRequest *request, char **segments, const char **identifier)
{
  for (guint i = 0; i < sandbox_n_practice_routes; i++)
    if (sandbox_request_is (request, sandbox_practice_routes[i].method)
        && route_fits (&sandbox_practice_routes[i], segments, identifier))
      return &sandbox_practice_routes[i];
  return NULL;
}

static gboolean
is_xml (const SandboxRequest *request)
{
  const char *type = soup_message_headers_get_content_type (request->headers, NULL);

  return type != NULL && (strcmp (type, "application/xml") == 0 || strcmp (type, "text/xml") == 0);
}

/* FALSE: the reply is the refusal. A body has the root that its route wants. */
static gboolean
read_body (SandboxPracticeCall *call, const SandboxRoute *route, xmlDoc **document)
{
  const SandboxRequest *request = call->request;

  if (route->root == NULL)
    return TRUE;
  if (!sandbox_practice_assumes (call, SANDBOX_ASSUME_PRACTICE_TAKES_ANY_TYPE) && !is_xml (request))
    {
      sandbox_practice_refuse (call->reply, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, call->api_method,
                               "The content type must be application/xml");
      return FALSE;
    }
  *document = sandbox_xml_read (request->body, request->body_length);
  call->root = *document != NULL ? xmlDocGetRootElement (*document) : NULL;
  if (sandbox_xml_is (call->root, route->root))
    return TRUE;
  sandbox_practice_refuse (call->reply, SOUP_STATUS_INTERNAL_SERVER_ERROR, call->api_method,
                           *document != NULL ? "The request has another root element than is expected"
                                             : "The request is not well-formed XML");
  return FALSE;
}

/* "get" is answered as api-method="Get". */
static char *
name_method (char **segments)
{
  g_autofree char *name = g_strdup (g_strv_length (segments) > 1 ? segments[1] : "Unknown");

  *name = g_ascii_toupper (*name);
  for (char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      *p = '-';
  return g_steal_pointer (&name);
}

static void
dispatch (SandboxPracticeCall *call, char **segments)
{
  g_autofree char *method = name_method (segments);
  g_autoptr (xmlDoc) document = NULL;
  const SandboxRoute *route = find_route (call->request, segments, &call->identifier);

  call->api_method = method;
  if (route == NULL)
    sandbox_practice_refuse (call->reply, SOUP_STATUS_NOT_FOUND, method, "There is no such method");
  else if (!scope_allows (call->world, route, call->scopes, !sandbox_request_is (call->request, "GET")))
    refuse_scope (call->world, call->reply);
  else if (read_body (call, route, &document))
    route->serve (call);
}

void
sandbox_practice_door (SandboxWorld *world, const SandboxRequest *request, SandboxReply *reply)
{
  const char *rest = after_version (world, request->path);
  g_auto (GStrv) segments = g_strsplit (rest != NULL ? rest : "", "/", SEGMENTS_MAX);
  SandboxPracticeCall call = { .world = world, .request = request, .reply = reply };
  g_autofree char *correlation = g_uuid_string_random ();
  SandboxGrant *grant;

  sandbox_reply_header (reply, "xero-correlation-id", correlation);
  if (rest == NULL)
    {
      sandbox_reply_not_found (reply);
      return;
    }
  if (request->body_length > BODY_MAX)
    {
      sandbox_reply_set (reply, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "text/plain; charset=utf-8", "");
      return;
    }
  grant = sandbox_identity_bearer (world, request, reply);
  if (reply->status == SOUP_STATUS_UNAUTHORIZED)
    sandbox_reply_header (reply, "WWW-Authenticate", "Bearer error=invalid_token");
  call.practice = grant != NULL ? pass_tenant (world, request, grant, reply) : NULL;
  if (call.practice == NULL
      || !sandbox_limits_enter (world, call.practice->id, sandbox_practice_now_ms (&call), reply))
    return;
  reply->tenant = g_strdup (call.practice->id);
  call.scopes = grant->scopes;
  dispatch (&call, segments);
}
