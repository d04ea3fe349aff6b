/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-uuid.h"

G_BEGIN_DECLS

/* Several clients seen as one (K-12): a group that belongs together, or the person behind them. A client may
 * be in any number of groups, and a person may be the contact of any number of clients. */
typedef enum
{
  CS_CLIENT_SET_GROUP,
  CS_CLIENT_SET_PERSON,
} CsClientSetKind;
#define CS_CLIENT_SET_KIND_N (CS_CLIENT_SET_PERSON + 1)

typedef struct
{
  CsUuid id; /* none: not saved yet */
  CsClientSetKind kind;
  char *name;
  char *email;        /* a person's, "" when it is not known */
  char *phone;        /* the same */
  GArray *client_ids; /* of CsUuid: archived ones, too */
  gint64 updated_ms;
  gint64 revision; /* goes up with every save: a stale save is refused */
} CsClientSet;

CsClientSet *cs_client_set_new (CsClientSetKind kind);
CsClientSet *cs_client_set_copy (const CsClientSet *set);
void cs_client_set_free (CsClientSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsClientSet, cs_client_set_free)
gboolean cs_client_set_has (const CsClientSet *set, const CsUuid *client_id);
void cs_client_set_put (CsClientSet *set, const CsUuid *client_id, gboolean is_member);

const char *cs_client_set_kind_to_string (CsClientSetKind kind); /* as a file keeps it */
gboolean cs_client_set_kind_parse (const char *text, CsClientSetKind *kind, GError **error);

G_END_DECLS
