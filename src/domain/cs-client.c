/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client.h"
#include "cs-decimal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * cs_client_new:
 *
 * Returns: (transfer full): a client with empty strings
 */
CsClient *
cs_client_new (void)
{
  CsClient *client = g_new0 (CsClient, 1);

  client->number = g_strdup ("");
  client->name = g_strdup ("");
  client->contact_name = g_strdup ("");
  client->email = g_strdup ("");
  client->phone = g_strdup ("");
  client->remote_contact_id = g_strdup ("");
  return client;
}

/**
 * cs_client_copy:
 * @client: a client
 *
 * Returns: (transfer full): the same, sharing nothing with @client
 */
CsClient *
cs_client_copy (const CsClient *client)
{
  CsClient *copy = g_memdup2 (client, sizeof *client);

  copy->number = g_strdup (client->number);
  copy->name = g_strdup (client->name);
  copy->contact_name = g_strdup (client->contact_name);
  copy->email = g_strdup (client->email);
  copy->phone = g_strdup (client->phone);
  copy->remote_contact_id = g_strdup (client->remote_contact_id);
  return copy;
}

/**
 * cs_client_free:
 * @client: (transfer full) (nullable): a client
 */
void
cs_client_free (CsClient *client)
{
  if (client == NULL)
    return;
  g_free (client->number);
  g_free (client->name);
  g_free (client->contact_name);
  g_free (client->email);
  g_free (client->phone);
  g_free (client->remote_contact_id);
  g_free (client);
}

static gboolean
refuse_name (GError **error, const char *words)
{
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID, words);
  return FALSE;
}

/* Two blanks in a row, or one at either end: the start counts as one, and so does the end. */
static gboolean
has_stray_blank (const char *name)
{
  gboolean was_blank = TRUE;

  for (; *name != '\0'; name = g_utf8_next_char (name))
    {
      gboolean is_blank = g_unichar_isspace (g_utf8_get_char (name));

      if (is_blank && was_blank)
        return TRUE;
      was_blank = is_blank;
    }
  return was_blank;
}

static gboolean
is_empty (const char *name)
{
  for (; name != NULL && *name != '\0'; name = g_utf8_next_char (name))
    if (!g_unichar_isspace (g_utf8_get_char (name)))
      return FALSE;
  return TRUE;
}

/**
 * cs_client_validate_name:
 * @name: (nullable): a client's name as somebody wrote it
 * @error: return location
 *
 * Xero's rules for a contact's name (xero-accounting.md section 8), so that a person hears of them while they
 * type and not when an invoice waits.
 *
 * Returns: whether the ledger would take it; else %CS_DOMAIN_ERROR_INVALID, whose message says what to change
 */
gboolean
cs_client_validate_name (const char *name, GError **error)
{
  if (is_empty (name))
    return refuse_name (error, _ ("A client needs a name."));
  if (g_utf8_strlen (name, -1) > CS_CLIENT_NAME_MAX)
    return refuse_name (error, _ ("A client's name has at most 255 characters: make it shorter."));
  if (strpbrk (name, "<>") != NULL)
    return refuse_name (error, _ ("The ledger takes no < or > in a client's name: leave them out."));
  if (has_stray_blank (name))
    return refuse_name (error,
                        _ ("The ledger takes no blank at the start or end of a client's name, and no two in "
                           "a row: remove them."));
  return TRUE;
}
