/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "cs-about.h"

/* What somebody who helps asks first; of no person and no practice. */
static char *
describe_versions (void)
{
  return g_strdup_printf ("Countersign %s (%s)\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n%s\n",
                          PACKAGE_VERSION, APPLICATION_ID, gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (), adw_get_major_version (), adw_get_minor_version (),
                          adw_get_micro_version (), glib_major_version, glib_minor_version,
                          glib_micro_version,
                          g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "Flatpak" : "not a Flatpak");
}

/**
 * cs_about_present:
 * @parent: the window
 *
 * Shows what this program is, who made it and what it stands on.
 */
void
cs_about_present (GtkWidget *parent)
{
  const char *developers[] = { _ ("The Countersign developers"), NULL };
  AdwAboutDialog *dialog = ADW_ABOUT_DIALOG (adw_about_dialog_new ());
  g_autofree char *debug = describe_versions ();

  adw_about_dialog_set_application_name (dialog, "Countersign");
  adw_about_dialog_set_application_icon (dialog, APPLICATION_ID);
  adw_about_dialog_set_version (dialog, PACKAGE_VERSION);
  adw_about_dialog_set_developer_name (dialog, _ ("The Countersign developers"));
  adw_about_dialog_set_developers (dialog, developers);
  adw_about_dialog_set_designers (dialog, developers);
  adw_about_dialog_set_copyright (dialog, "© 2026 The Countersign developers");
  adw_about_dialog_set_website (dialog, "https://countersign.github.io");
  adw_about_dialog_set_issue_url (dialog, "https://github.com/countersign/countersign/issues");
  adw_about_dialog_set_debug_info (dialog, debug);
  adw_about_dialog_set_debug_info_filename (dialog, "countersign-versions.txt");
  adw_about_dialog_add_legal_section (dialog, "yyjson", "© YaoYuan", GTK_LICENSE_MIT_X11, NULL);
  adw_about_dialog_set_license_type (dialog, GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_comments (dialog, _ ("From an accepted proposal to the invoice in Xero. Countersign "
                                            "is an independent program: it is neither made nor "
                                            "endorsed by Xero Limited."));
  /* Translators: put your names here, one a line. */
  adw_about_dialog_set_translator_credits (dialog, _ ("translator-credits"));
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}
