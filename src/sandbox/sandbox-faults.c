/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-faults.h"

#include "sandbox-actions.h"
#include "sandbox-limits.h"
#include "sandbox-practice-call.h"

static const char *const fault_names[] = { "none",
                                           "delay",
                                           "429",
                                           "500",
                                           "503",
                                           "cut-before",
                                           "cut-after",
                                           "half-body",
                                           "wrong-json",
                                           "hang-after",
                                           "unauthorised",
                                           "expired-token",
                                           "revoked-token",
                                           "lost-privilege",
                                           "lost-scope",
                                           "503-unavailable",
                                           "organisation-offline",
                                           "clock-skew",
                                           "wrong-type",
                                           "slow-body",
                                           "huge-body",
                                           "error-in-200",
                                           "conflict",
                                           "corrected-after",
                                           NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (fault_names) == SANDBOX_FAULTS + 1);

typedef struct
{
  char *method; /* NULL: any */
  char *path;   /* this path and what is under it; NULL: any */
  SandboxFault fault;
  guint count;
  int seconds;
} FaultOrder;

struct _SandboxFaults
{
  GPtrArray *orders;
};

static void
order_free (gpointer data)
{
  FaultOrder *order = data;

  g_free (order->method);
  g_free (order->path);
  g_free (order);
}

SandboxFaults *
sandbox_faults_new (void)
{
  SandboxFaults *self = g_new0 (SandboxFaults, 1);

  self->orders = g_ptr_array_new_with_free_func (order_free);
  return self;
}

void
sandbox_faults_free (SandboxFaults *self)
{
  g_ptr_array_unref (self->orders);
  g_free (self);
}

void
sandbox_faults_clear (SandboxFaults *self)
{
  g_ptr_array_set_size (self->orders, 0);
}

gboolean
sandbox_faults_order (SandboxFaults *self,
                      const char *method,
                      const char *path,
                      const char *kind,
                      guint count,
                      int seconds,
                      GError **error)
{
  int fault = sandbox_name_index (fault_names, kind);
  FaultOrder *order;

  if (fault <= SANDBOX_FAULT_NONE)
    {
      g_autofree char *kinds = g_strjoinv (", ", (char **)fault_names + 1);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "kind must be one of: %s", kinds);
      return FALSE;
    }
  order = g_new0 (FaultOrder, 1);
  order->method = g_strdup (method);
  order->path = g_strdup (path);
  order->fault = (SandboxFault)fault;
  order->count = count;
  order->seconds = seconds;
  g_ptr_array_add (self->orders, order);
  return TRUE;
}

static gboolean
order_fits (const FaultOrder *order, const char *method, const char *path)
{
  gsize length = order->path != NULL ? strlen (order->path) : 0;

  if (order->method != NULL && g_ascii_strcasecmp (order->method, method) != 0)
    return FALSE;
  return order->path == NULL
         || (strncmp (order->path, path, length) == 0 && (path[length] == '\0' || path[length] == '/'));
}

/* The first order that fits is used up by one. */
SandboxFault
sandbox_faults_take (SandboxFaults *self, const char *method, const char *path, int *seconds)
{
  for (guint i = 0; i < self->orders->len; i++)
    {
      FaultOrder *order = self->orders->pdata[i];
      SandboxFault fault = order->fault;

      if (!order_fits (order, method, path))
        continue;
      *seconds = order->seconds;
      if (--order->count == 0)
        g_ptr_array_remove_index (self->orders, i);
      return fault;
    }
  return SANDBOX_FAULT_NONE;
}

gboolean
sandbox_fault_is_before_work (SandboxFault fault)
{
  switch (fault)
    {
    case SANDBOX_FAULT_429:
    case SANDBOX_FAULT_500:
    case SANDBOX_FAULT_503:
    case SANDBOX_FAULT_CUT_BEFORE:
    case SANDBOX_FAULT_UNAUTHORISED:
    case SANDBOX_FAULT_EXPIRED_TOKEN:
    case SANDBOX_FAULT_REVOKED_TOKEN:
    case SANDBOX_FAULT_LOST_PRIVILEGE:
    case SANDBOX_FAULT_LOST_SCOPE:
    case SANDBOX_FAULT_UNAVAILABLE:
    case SANDBOX_FAULT_ORGANISATION_OFFLINE:
    case SANDBOX_FAULT_ERROR_IN_200:
    case SANDBOX_FAULT_CONFLICT:
      return TRUE;
    case SANDBOX_FAULT_NONE:
    case SANDBOX_FAULT_DELAY:
    case SANDBOX_FAULT_CUT_AFTER:
    case SANDBOX_FAULT_CORRECTED_AFTER:
    case SANDBOX_FAULT_HALF_BODY:
    case SANDBOX_FAULT_WRONG_JSON:
    case SANDBOX_FAULT_HANG_AFTER:
    case SANDBOX_FAULT_CLOCK_SKEW:
    case SANDBOX_FAULT_WRONG_TYPE:
    case SANDBOX_FAULT_SLOW_BODY:
    case SANDBOX_FAULT_HUGE_BODY:
    case SANDBOX_FAULTS:
    default:
      return FALSE;
    }
}

/* What a dead token meets, and where: the token endpoint speaks OAuth, the API its own shapes
 * (xero-accounting 2.4, 7.1). */
static void
refuse_token (SandboxFault fault, const char *path, SandboxReply *reply)
{
  if (g_str_has_prefix (path, "/connect/"))
    sandbox_reply_set (reply, SOUP_STATUS_BAD_REQUEST, "application/json; charset=UTF-8",
                       "{\"error\":\"invalid_grant\"}");
  else if (fault == SANDBOX_FAULT_REVOKED_TOKEN)
    sandbox_reply_problem (reply, SOUP_STATUS_UNAUTHORIZED, "Unauthorized", "AuthenticationUnsuccessful");
  else
    sandbox_reply_problem (reply, SOUP_STATUS_UNAUTHORIZED, "Unauthorized",
                           "TokenExpired: token expired at 01/01/2020 00:00:00");
}

/* The texts of xero-accounting 7.1. */
static void
reply_offline (SandboxFault fault, SandboxReply *reply)
{
  sandbox_reply_set (reply, SOUP_STATUS_SERVICE_UNAVAILABLE, "text/plain; charset=utf-8",
                     fault == SANDBOX_FAULT_ORGANISATION_OFFLINE ? "The Organisation is offline"
                     : fault == SANDBOX_FAULT_UNAVAILABLE
                         ? "The Xero API is temporarily unavailable"
                         : "The Xero API is currently offline for maintenance");
}

/* What Practice Manager says in its own way: XML, and JSON from the gateway (xpm 1.2). FALSE: the fault is
 * answered as everywhere. */
static gboolean
reply_practice (SandboxFault fault, SandboxReply *reply)
{
  static const struct
  {
    SandboxFault fault;
    guint status;
    const char *description;
  } errors[] = {
    { SANDBOX_FAULT_500, SOUP_STATUS_INTERNAL_SERVER_ERROR, "An unexpected error occurred" },
    { SANDBOX_FAULT_ERROR_IN_200, SOUP_STATUS_OK, "The request could not be processed" },
    { SANDBOX_FAULT_CONFLICT, SOUP_STATUS_CONFLICT, "The record was changed by somebody else" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].fault == fault)
      {
        sandbox_practice_refuse (reply, errors[i].status, NULL, errors[i].description);
        return TRUE;
      }
  if (fault == SANDBOX_FAULT_503 || fault == SANDBOX_FAULT_UNAVAILABLE
      || fault == SANDBOX_FAULT_ORGANISATION_OFFLINE)
    sandbox_reply_problem (reply, SOUP_STATUS_SERVICE_UNAVAILABLE, "Service Unavailable",
                           "ServiceNotAvailable");
  else if (fault == SANDBOX_FAULT_LOST_PRIVILEGE || fault == SANDBOX_FAULT_LOST_SCOPE)
    sandbox_reply_problem (reply, SOUP_STATUS_FORBIDDEN, "Forbidden", "AuthenticationUnsuccessful");
  else if (fault == SANDBOX_FAULT_WRONG_JSON)
    sandbox_reply_set (reply, SOUP_STATUS_OK, "text/xml; charset=utf-8",
                       "<Response><Status>OK</Status><Clients><Client></Clients></Response>");
  else
    return FALSE;
  return TRUE;
}

/* Fills in what is answered in the true answer's place; what happens to the socket is sandbox-server.c's. */
void
sandbox_fault_reply (SandboxFault fault, const char *path, int seconds, SandboxReply *reply)
{
  if (sandbox_is_practice_path (path) && reply_practice (fault, reply))
    return;
  switch (fault)
    {
    case SANDBOX_FAULT_429:
      sandbox_limits_refuse (reply, "minute", seconds > 0 ? (guint)seconds : 1);
      break;
    case SANDBOX_FAULT_500:
    case SANDBOX_FAULT_ERROR_IN_200: /* elsewhere there is no such thing */
    case SANDBOX_FAULT_CONFLICT:
      sandbox_reply_set (
          reply, SOUP_STATUS_INTERNAL_SERVER_ERROR, "application/json; charset=utf-8",
          "{\"ErrorNumber\":0,\"Type\":\"UnknownErrorException\",\"Message\":\"An error occurred.\"}");
      break;
    case SANDBOX_FAULT_503:
    case SANDBOX_FAULT_UNAVAILABLE:
    case SANDBOX_FAULT_ORGANISATION_OFFLINE:
      reply_offline (fault, reply);
      break;
    case SANDBOX_FAULT_UNAUTHORISED:
    case SANDBOX_FAULT_EXPIRED_TOKEN:
    case SANDBOX_FAULT_REVOKED_TOKEN:
      refuse_token (fault, path, reply);
      break;
    case SANDBOX_FAULT_LOST_PRIVILEGE:
      sandbox_actions_refuse (reply);
      break;
    case SANDBOX_FAULT_LOST_SCOPE:
      sandbox_reply_problem (reply, SOUP_STATUS_UNAUTHORIZED, "Unauthorized", "AuthorizationUnsuccessful");
      sandbox_reply_header (reply, "WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
      break;
    case SANDBOX_FAULT_WRONG_JSON:
      sandbox_reply_set (reply, SOUP_STATUS_OK, "application/json; charset=utf-8",
                         "{\"Invoices\":{\"unexpected\":true},,}");
      break;
    case SANDBOX_FAULT_WRONG_TYPE:
      sandbox_reply_set (reply, SOUP_STATUS_OK, "text/html; charset=utf-8",
                         "<!doctype html><title>Welcome to the guest network</title><p>Please sign in.");
      break;
    case SANDBOX_FAULT_NONE:
    case SANDBOX_FAULT_DELAY:
    case SANDBOX_FAULT_CUT_BEFORE:
    case SANDBOX_FAULT_CUT_AFTER:
    case SANDBOX_FAULT_CORRECTED_AFTER:
    case SANDBOX_FAULT_HALF_BODY:
    case SANDBOX_FAULT_HANG_AFTER:
    case SANDBOX_FAULT_CLOCK_SKEW:
    case SANDBOX_FAULT_SLOW_BODY:
    case SANDBOX_FAULT_HUGE_BODY:
    case SANDBOX_FAULTS:
    default:
      break;
    }
}
