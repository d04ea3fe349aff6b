/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a ledger lives. Compiled in; cs_xero_hosts_new_loopback() is for demo practices and tests alone. */
typedef struct
{
  char *authorise_url;
  char *token_url;
  char *revocation_url;
  char *connections_url;
  char *api_url;
  gboolean is_loopback;
} CsHosts;
CsHosts *cs_hosts_copy (const CsHosts *hosts);
void cs_hosts_free (CsHosts *hosts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsHosts, cs_hosts_free)

G_END_DECLS
