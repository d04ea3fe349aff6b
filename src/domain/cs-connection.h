/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-money.h"
#include "cs-uuid.h"

G_BEGIN_DECLS

typedef enum
{
  CS_CONNECTION_CONNECTED,
  CS_CONNECTION_SIGN_IN_NEEDED, /* the grant was refused */
  CS_CONNECTION_DISCONNECTED,   /* by a person; links and mirror are kept */
} CsConnectionState;

/* One tenant under one grant (one login's tokens, which live in the keyring alone). */
typedef struct
{
  CsUuid id;
  CsUuid grant_id;
  char *system; /* "xero" */
  char *tenant_id;
  char *tenant_name;
  char *short_code; /* for links */
  char *remote_id;  /* the connection's id at Xero, for disconnecting */
  char *login_name; /* who signed in: an e-mail address */
  char *client_id;  /* of the app the grant was given to */
  char *scopes;
  CsCurrency currency;
  CsConnectionState state;
  gint64 connected_ms;
  gint64 synced_ms; /* the last pull that ended well; 0: never */
} CsConnection;

CsConnection *cs_connection_new (void);
CsConnection *cs_connection_copy (const CsConnection *connection);
void cs_connection_free (CsConnection *connection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsConnection, cs_connection_free)

G_END_DECLS
