/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-hosts.h"

/** cs_hosts_copy: Returns: (transfer full): a copy of @hosts */
CsHosts *
cs_hosts_copy (const CsHosts *hosts)
{
  CsHosts *copy;

  g_return_val_if_fail (hosts != NULL, NULL);

  copy = g_new0 (CsHosts, 1);
  copy->authorise_url = g_strdup (hosts->authorise_url);
  copy->token_url = g_strdup (hosts->token_url);
  copy->revocation_url = g_strdup (hosts->revocation_url);
  copy->connections_url = g_strdup (hosts->connections_url);
  copy->api_url = g_strdup (hosts->api_url);
  copy->is_loopback = hosts->is_loopback;
  return copy;
}

/** cs_hosts_free: frees the addresses. */
void
cs_hosts_free (CsHosts *hosts)
{
  if (hosts == NULL)
    return;
  g_free (hosts->authorise_url);
  g_free (hosts->token_url);
  g_free (hosts->revocation_url);
  g_free (hosts->connections_url);
  g_free (hosts->api_url);
  g_free (hosts);
}
