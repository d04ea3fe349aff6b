/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-alert.h"
#include "cs-decimal.h"

static const char *const code_words[] = {
  [CS_ALERT_BLOCKED] = "blocked",       [CS_ALERT_SIGN_IN] = "sign-in",
  [CS_ALERT_KEYRING] = "keyring",       [CS_ALERT_CATCH_UP] = "catch-up",
  [CS_ALERT_DAY_LIMIT] = "day-limit",   [CS_ALERT_RETRIES] = "retries",
  [CS_ALERT_CHANGED] = "changed",       [CS_ALERT_RESTORED] = "restored",
  [CS_ALERT_AUDIT] = "audit",           [CS_ALERT_PROMOTION] = "promotion",
  [CS_ALERT_CONFLICT] = "conflict",     [CS_ALERT_NOT_TAKEN] = "not-taken",
  [CS_ALERT_ONLY_THERE] = "only-there", [CS_ALERT_NOT_PLANNED] = "not-planned",
};

/**
 * cs_alert_code_to_string:
 * @code: a code
 *
 * Returns: the word that the store keeps for it; never translated
 */
const char *
cs_alert_code_to_string (CsAlertCode code)
{
  g_assert ((gsize)code < G_N_ELEMENTS (code_words));
  return code_words[code];
}

/**
 * cs_alert_code_parse:
 * @text: (nullable): a word of cs_alert_code_to_string()
 * @code: (out): what it means; unchanged on failure
 * @error: return location
 *
 * Returns: whether it is one; else %CS_DOMAIN_ERROR_SYNTAX
 */
gboolean
cs_alert_code_parse (const char *text, CsAlertCode *code, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (code_words); i++)
    if (g_strcmp0 (text, code_words[i]) == 0)
      {
        *code = (CsAlertCode)i;
        return TRUE;
      }
  g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, "This is not a known alert");
  return FALSE;
}

/**
 * cs_alert_new:
 *
 * Returns: (transfer full): an alert without parameters
 */
CsAlert *
cs_alert_new (void)
{
  CsAlert *alert = g_new0 (CsAlert, 1);

  alert->parameters = g_new0 (char *, 1);
  alert->subject_kind = g_strdup ("");
  return alert;
}

/**
 * cs_alert_free:
 * @alert: (transfer full) (nullable): an alert
 */
void
cs_alert_free (CsAlert *alert)
{
  if (alert == NULL)
    return;
  g_strfreev (alert->parameters);
  g_free (alert->subject_kind);
  g_free (alert);
}

/**
 * cs_alert_get_parameter:
 * @alert: an alert
 * @name: of a parameter of its code
 *
 * Returns: its value; "" where it has none
 */
const char *
cs_alert_get_parameter (const CsAlert *alert, const char *name)
{
  g_assert (alert != NULL && name != NULL);

  for (gsize i = 0; alert->parameters[i] != NULL && alert->parameters[i + 1] != NULL; i += 2)
    if (g_str_equal (alert->parameters[i], name))
      return alert->parameters[i + 1];
  return "";
}

/**
 * cs_alert_get_number:
 * @alert: an alert
 * @name: of a parameter that is a whole number
 *
 * Returns: its value; 0 where it has none
 */
gint64
cs_alert_get_number (const CsAlert *alert, const char *name)
{
  return g_ascii_strtoll (cs_alert_get_parameter (alert, name), NULL, 10);
}
