/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-contact-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_CHARACTERS_MAX 255
#define PHONE_CHARACTERS_MAX 50

/** cs_contact_rules_tidy_name: Returns: (transfer full): @name without blanks of any kind at its ends or two
 * in a row */
char *
cs_contact_rules_tidy_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *tidy = g_string_new (NULL);
  gboolean is_between = FALSE;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c))
        {
          is_between = TRUE;
          continue;
        }
      if (is_between && tidy->len > 0)
        g_string_append_c (tidy, ' ');
      is_between = FALSE;
      g_string_append_unichar (tidy, c);
    }
  return g_string_free_and_steal (tidy);
}

/** cs_contact_rules_check_name: Returns: (transfer none) (nullable): what is wrong with @name */
const char *
cs_contact_rules_check_name (const char *name)
{
  g_autofree char *tidy = cs_contact_rules_tidy_name (name);

  if (*tidy == '\0')
    return _ ("A client needs a name");
  if (strpbrk (tidy, "<>") != NULL)
    return _ ("Xero takes no < or > in a name");
  if (g_utf8_strlen (tidy, -1) > NAME_CHARACTERS_MAX)
    return _ ("Xero takes at most 255 characters");
  return NULL;
}

/** cs_contact_rules_check_email: Returns: (transfer none) (nullable): what is wrong with @email */
const char *
cs_contact_rules_check_email (const char *email)
{
  const char *at = strchr (email, '@');

  if (*email == '\0')
    return NULL;
  if (at == NULL || at == email || strchr (at + 1, '@') != NULL || strchr (at + 1, '.') == NULL
      || g_str_has_suffix (email, ".") || strpbrk (email, " <>,;") != NULL)
    return _ ("An e-mail address looks like mia@example.org");
  if (g_utf8_strlen (email, -1) > NAME_CHARACTERS_MAX)
    return _ ("Xero takes at most 255 characters");
  return NULL;
}

/** cs_contact_rules_check_phone: Returns: (transfer none) (nullable): what is wrong with @phone */
const char *
cs_contact_rules_check_phone (const char *phone)
{
  return g_utf8_strlen (phone, -1) > PHONE_CHARACTERS_MAX ? _ ("Xero takes at most 50 characters") : NULL;
}
