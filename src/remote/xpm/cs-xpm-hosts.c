/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero.h"
#include "cs-xpm.h"

#include <string.h>

/* The same sign-in as the ledger's (xpm.md 2.1), another API. */

/** cs_xpm_hosts_new: Returns: (transfer full): the addresses of Practice Manager, version 3.1 (xpm.md 1.1) */
CsHosts *
cs_xpm_hosts_new (void)
{
  CsHosts *hosts = cs_xero_hosts_new ();

  g_set_str (&hosts->api_url, "https://api.xero.com/practicemanager/3.1");
  return hosts;
}

/**
 * cs_xpm_hosts_new_loopback:
 * @base: "http://localhost:PORT"
 * @error: anything but the loopback interface
 *
 * Returns: (transfer full) (nullable): addresses of a demo practice or a test
 */
CsHosts *
cs_xpm_hosts_new_loopback (const char *base, GError **error)
{
  CsHosts *hosts = cs_xero_hosts_new_loopback (base, error);
  g_autofree char *root = NULL;

  if (hosts == NULL)
    return NULL;
  root = g_strndup (hosts->api_url, strlen (hosts->api_url) - strlen ("/api.xro/2.0"));
  g_free (hosts->api_url);
  hosts->api_url = g_strconcat (root, "/practicemanager/3.1", NULL);
  return hosts;
}
