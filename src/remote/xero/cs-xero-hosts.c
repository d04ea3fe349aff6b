/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero.h"

#include "cs-http-wire.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

/** cs_xero_hosts_new: Returns: (transfer full): Xero's own addresses (xero-accounting.md section 1) */
CsHosts *
cs_xero_hosts_new (void)
{
  CsHosts *hosts = g_new0 (CsHosts, 1);

  hosts->authorise_url = g_strdup ("https://login.xero.com/identity/connect/authorize");
  hosts->token_url = g_strdup ("https://identity.xero.com/connect/token");
  hosts->revocation_url = g_strdup ("https://identity.xero.com/connect/revocation");
  hosts->connections_url = g_strdup ("https://api.xero.com/connections");
  hosts->api_url = g_strdup ("https://api.xero.com/api.xro/2.0");
  return hosts;
}

static gboolean
is_loopback_base (const char *base)
{
  g_autoptr (GUri) uri = base != NULL ? g_uri_parse (base, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  const char *path = uri != NULL ? g_uri_get_path (uri) : NULL;

  return uri != NULL && g_strcmp0 (g_uri_get_scheme (uri), "http") == 0
         && cs_http_host_is_loopback (g_uri_get_host (uri)) && g_uri_get_port (uri) > 0
         && g_uri_get_userinfo (uri) == NULL && g_uri_get_query (uri) == NULL
         && g_uri_get_fragment (uri) == NULL && (path[0] == '\0' || g_str_equal (path, "/"));
}

/**
 * cs_xero_hosts_new_loopback:
 * @base: "http://localhost:PORT"
 * @error: anything but the loopback interface
 *
 * The sandbox answers all of Xero's hosts at one port, with Xero's own paths.
 *
 * Returns: (transfer full) (nullable): addresses of a demo practice or a test
 */
CsHosts *
cs_xero_hosts_new_loopback (const char *base, GError **error)
{
  CsHosts *hosts;
  g_autofree char *root = NULL;

  if (!is_loopback_base (base))
    {
      g_set_error_literal (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_UNTRUSTED,
                           _ ("A demo practice only speaks to this computer."));
      return NULL;
    }
  root = g_str_has_suffix (base, "/") ? g_strndup (base, strlen (base) - 1) : g_strdup (base);
  hosts = g_new0 (CsHosts, 1);
  hosts->authorise_url = g_strconcat (root, "/identity/connect/authorize", NULL);
  hosts->token_url = g_strconcat (root, "/connect/token", NULL);
  hosts->revocation_url = g_strconcat (root, "/connect/revocation", NULL);
  hosts->connections_url = g_strconcat (root, "/connections", NULL);
  hosts->api_url = g_strconcat (root, "/api.xro/2.0", NULL);
  hosts->is_loopback = TRUE;
  return hosts;
}
