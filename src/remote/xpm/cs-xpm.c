/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WEB_ROOT "https://practicemanager.xero.com/"
#define WEB_ID_DIGITS_MAX 18

/**
 * cs_xpm_new:
 * @http: carries the bearer token of the practice's grant
 * @hosts: where to, of cs_xpm_hosts_new()
 * @tenant_id: which practice
 *
 * Returns: (transfer full): one practice
 */
CsXpm *
cs_xpm_new (CsHttp *http, const CsHosts *hosts, const char *tenant_id)
{
  CsXpm *xpm;

  g_return_val_if_fail (http != NULL && hosts != NULL && tenant_id != NULL, NULL);

  xpm = g_new0 (CsXpm, 1);
  g_atomic_ref_count_init (&xpm->references);
  xpm->http = cs_http_ref (http);
  xpm->api_url = g_strdup (hosts->api_url);
  xpm->tenant_id = g_strdup (tenant_id);
  return xpm;
}

/** cs_xpm_ref: Returns: (transfer full): @xpm */
CsXpm *
cs_xpm_ref (CsXpm *xpm)
{
  g_return_val_if_fail (xpm != NULL, NULL);

  g_atomic_ref_count_inc (&xpm->references);
  return xpm;
}

/** cs_xpm_unref: frees the object with the last reference. */
void
cs_xpm_unref (CsXpm *xpm)
{
  g_return_if_fail (xpm != NULL);

  if (!g_atomic_ref_count_dec (&xpm->references))
    return;
  cs_http_unref (xpm->http);
  g_free (xpm->api_url);
  g_free (xpm->tenant_id);
  g_free (xpm);
}

static gboolean
is_web_id (const char *text)
{
  gsize length = strspn (text, "0123456789");

  return length > 0 && length <= WEB_ID_DIGITS_MAX && text[length] == '\0';
}

/**
 * cs_xpm_read_web_id:
 * @address: ".../Client/123/Detail"
 * @kind: "Client"
 *
 * Returns: (transfer full): "123", "" when it has none (xpm.md section 3)
 */
char *
cs_xpm_read_web_id (const char *address, const char *kind)
{
  g_autofree char *mark = g_strdup_printf ("/%s/", kind);
  const char *found = strstr (address, mark);
  gsize length = found != NULL ? strspn (found + strlen (mark), "0123456789") : 0;

  if (length == 0 || length > WEB_ID_DIGITS_MAX)
    return g_strdup ("");
  return g_strndup (found + strlen (mark), length);
}

/** cs_xpm_is_web_address: Returns: whether @address is one that a person may be sent to */
gboolean
cs_xpm_is_web_address (const char *address)
{
  return g_str_has_prefix (address, WEB_ROOT);
}

/* The unique id that a page's address may have instead of a number; NULL: it has none. */
static char *
read_unique_id (const char *address)
{
  g_auto (GStrv) parts = g_strsplit_set (address + strlen (WEB_ROOT), "/?#&=", -1);
  CsUuid uuid;

  for (gsize i = 0; parts[i] != NULL; i++)
    if (i > 0 && g_ascii_strcasecmp (parts[i - 1], "Client") == 0 && cs_uuid_parse (parts[i], &uuid, NULL))
      return cs_uuid_to_string (&uuid);
  return NULL;
}

/**
 * cs_xpm_parse_client_reference:
 * @text: what a person pasted: a unique id, the number of a client, or the address of its page
 * @client_id: (out) (transfer full) (nullable): the unique id, in lower case
 * @web_id: (out) (transfer full) (nullable): else the number, to be looked up among the addresses read
 * @error: none of these
 *
 * Returns: whether it was understood; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_xpm_parse_client_reference (const char *text, char **client_id, char **web_id, GError **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *number = NULL;
  CsUuid uuid;

  g_return_val_if_fail (text != NULL && client_id != NULL && web_id != NULL, FALSE);

  *client_id = NULL;
  *web_id = NULL;
  trimmed = g_strstrip (g_strdup (text));
  if (cs_uuid_parse (trimmed, &uuid, NULL))
    {
      *client_id = cs_uuid_to_string (&uuid);
      return TRUE;
    }
  if (is_web_id (trimmed))
    number = g_strdup (trimmed);
  else if (cs_xpm_is_web_address (trimmed))
    {
      *client_id = read_unique_id (trimmed);
      if (*client_id != NULL)
        return TRUE;
      number = cs_xpm_read_web_id (trimmed, "Client");
    }
  if (number == NULL || number[0] == '\0')
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX,
                           _ ("Paste a client’s address in Practice Manager, or its unique id."));
      return FALSE;
    }
  *web_id = g_steal_pointer (&number);
  return TRUE;
}

/** cs_xpm_client_link: Returns: (transfer full): for the browser (xpm.md section 3) */
char *
cs_xpm_client_link (const char *web_id)
{
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (web_id != NULL, NULL);

  escaped = g_uri_escape_string (web_id, NULL, FALSE);
  return g_strdup_printf (WEB_ROOT "Client/%s/Detail", escaped);
}
