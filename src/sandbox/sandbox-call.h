/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-json.h"
#include "sandbox-world.h"

/* A request as the handlers see it, and the reply they fill in. They know no socket: sandbox-server.c does.
 */

typedef struct
{
  const char *method;
  const char *path;   /* still percent-encoded */
  const char *target; /* path and query as sent */
  GHashTable *query;  /* may be NULL */
  SoupMessageHeaders *headers;
  const char *body;
  gsize body_length;
} SandboxRequest;

/* Appends the next piece of a body; FALSE: it was the last one. */
typedef gboolean (*SandboxProducer) (gpointer data, GString *out);

typedef struct
{
  guint status;
  char *content_type;
  GString *body;
  SandboxProducer producer; /* in the body's place: a long one, which is made while it goes out */
  gpointer producer_data;
  GDestroyNotify producer_free;
  GPtrArray *headers; /* name, value, name, value … */
  gboolean changed;   /* the state must be on disk before this leaves */
  char *tenant;       /* whose limits this call counts against until it ends, or NULL */
} SandboxReply;

SandboxReply *sandbox_reply_new (void);
void sandbox_reply_free (SandboxReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxReply, sandbox_reply_free)
void sandbox_reply_header (SandboxReply *reply, const char *name, const char *value);
void sandbox_reply_set (SandboxReply *reply, guint status, const char *content_type, const char *body);
void sandbox_reply_produce (SandboxReply *reply,
                            const char *content_type,
                            SandboxProducer producer,
                            gpointer data,
                            GDestroyNotify free_data);
void sandbox_reply_json (SandboxReply *reply, guint status, SandboxJson *json);
void sandbox_reply_problem (SandboxReply *reply, guint status, const char *title, const char *detail);
void sandbox_reply_exception (SandboxReply *reply, int number, const char *type, const char *message);
void sandbox_reply_not_found (SandboxReply *reply);
void sandbox_reply_not_implemented (SandboxReply *reply);

const char *sandbox_request_query (const SandboxRequest *request, const char *name);
gboolean sandbox_request_flag (const SandboxRequest *request, const char *name);
gboolean sandbox_request_is (const SandboxRequest *request, const char *method);
gboolean sandbox_request_is_local (const SandboxRequest *request);

/* An Accounting call that has passed the door: who calls, and for which organisation. */
typedef struct
{
  SandboxWorld *world;
  SandboxOrganisation *organisation;
  const SandboxRequest *request;
  SandboxReply *reply;
  const char *client_id;
  const char *scopes;  /* granted */
  const char *element; /* the path's segment after the collection, decoded, or NULL */
  const char *action;  /* the one after that, or NULL */
  const char *part;    /* and the one after that, or NULL */
  gboolean rehearsal;  /* say what would come of it, and do nothing */
  gpointer target;     /* the record that `element` names, for what is done to it */
} SandboxCall;

guint sandbox_call_unit_places (const SandboxCall *call);
void sandbox_call_open_envelope (const SandboxCall *call, SandboxJson *json);
gboolean sandbox_call_is_write (const SandboxCall *call);
gboolean sandbox_call_assumes (const SandboxCall *call, SandboxAssumption assumption);
gint64 sandbox_call_now_ms (const SandboxCall *call);
