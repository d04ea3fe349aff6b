/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-settings-rules.h"

static gboolean
is_plain (const char *text, const char *also)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr (also, *c) == NULL)
      return FALSE;
  return TRUE;
}

const char *
cs_settings_check_name (const char *name)
{
  return *name == '\0' ? _ ("A practice needs a name.") : NULL;
}

const char *
cs_settings_check_actor (const char *name)
{
  return *name == '\0' ? _ ("Write your name, so that others see who did what.") : NULL;
}

const char *
cs_settings_check_prefix (const char *prefix)
{
  /* The number is searched for at the ledger by its exact text: nothing that a query could read otherwise. */
  return is_plain (prefix, "-_/.#") ? NULL : _ ("Use letters, digits and - _ / . # only.");
}

const char *
cs_settings_check_client_id (const char *client_id)
{
  return is_plain (client_id, "-_")
             ? NULL
             : _ ("A client id has letters and digits only: copy it as it stands at Xero.");
}
