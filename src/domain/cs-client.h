/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-states.h"
#include "cs-uuid.h"

G_BEGIN_DECLS

typedef struct
{
  CsUuid id;
  char *number; /* "CL-000123": the ContactNumber we give a remote */
  char *name;
  char *contact_name; /* the person */
  char *email;
  char *phone;
  CsClientState state;
  CsSource source;
  gint64 created_ms;
  gint64 updated_ms;
  gint64 revision; /* goes up with every save: a stale save is refused */
  /* The link to the ledger, "" when there is none. */
  CsUuid connection_id;
  char *remote_contact_id;
  gint64 contact_gone_ms; /* when a full read first did not find it there any more; 0: it is there */
} CsClient;

CsClient *cs_client_new (void);
CsClient *cs_client_copy (const CsClient *client);
void cs_client_free (CsClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsClient, cs_client_free)

#define CS_CLIENT_NAME_MAX 255 /* characters */
/* Whether the ledger would take it as a contact's name; else INVALID. */
gboolean cs_client_validate_name (const char *name, GError **error);

G_END_DECLS
