/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "cs-about.h"

/**
 * cs_about_present:
 * @parent: the window
 *
 * Shows what this program is, who made it and what it stands on.
 */
void
cs_about_present (GtkWidget *parent)
{
  AdwAboutDialog *dialog = ADW_ABOUT_DIALOG (adw_about_dialog_new ());

  adw_about_dialog_set_application_name (dialog, "Countersign");
  adw_about_dialog_set_application_icon (dialog, APPLICATION_ID);
  adw_about_dialog_set_version (dialog, PACKAGE_VERSION);
  adw_about_dialog_set_developer_name (dialog, _ ("The Countersign developers"));
  adw_about_dialog_set_license_type (dialog, GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_comments (dialog, _ ("From an accepted proposal to the invoice in Xero. Countersign "
                                            "is an independent program: it is neither made nor "
                                            "endorsed by Xero Limited."));
  /* Translators: put your names here, one a line. */
  adw_about_dialog_set_translator_credits (dialog, _ ("translator-credits"));
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}
