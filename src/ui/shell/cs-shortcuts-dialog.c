/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-shortcuts-dialog.h"

struct _CsShortcutsDialog
{
  AdwDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (CsShortcutsDialog, cs_shortcuts_dialog, ADW_TYPE_DIALOG)

typedef struct
{
  const char *title;
  const char *accelerator; /* as GTK parses it */
} Shortcut;

static const Shortcut GENERAL[] = {
  { N_ ("New proposal or client"), "<Control>n" },
  { N_ ("Search the page"), "<Control>f" },
  { N_ ("Preferences"), "<Control>comma" },
  { N_ ("Keyboard shortcuts"), "<Control>question" },
  { N_ ("Help"), "F1" },
  { N_ ("Main menu"), "F10" },
  { N_ ("Close the window"), "<Control>w" },
  { N_ ("Quit"), "<Control>q" },
};

static const Shortcut PAGES[] = {
  { N_ ("Proposals"), "<Alt>1" }, { N_ ("Clients"), "<Alt>2" }, { N_ ("Invoices"), "<Alt>3" },
  { N_ ("Activity"), "<Alt>4" },  { N_ ("Jobs"), "<Alt>5" },    { N_ ("Go back"), "Escape" },
};

static const Shortcut LISTS[] = {
  { N_ ("Next row"), "j" },
  { N_ ("Previous row"), "k" },
  { N_ ("Open the row"), "Return" },
  { N_ ("Search"), "slash" },
  { N_ ("Pin invoices, or unpin them"), "p" },
  { N_ ("Show draft invoices"), "d" },
  { N_ ("Show who owes what, or the invoices again"), "w" },
  { N_ ("Open the invoice in Xero"), "o" },
  { N_ ("Choose all"), "<Control>a" },
  { N_ ("These shortcuts"), "question" },
};

static const Shortcut XERO[] = {
  { N_ ("Refresh from Xero"), "F5" },
  { N_ ("Sync now"), "<Control>r" },
};

static GtkWidget *
make_row (const Shortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label;
  g_autofree char *text = NULL;
  guint key = 0;
  GdkModifierType modifiers = 0;

  if (gtk_accelerator_parse (shortcut->accelerator, &key, &modifiers))
    text = gtk_accelerator_get_label (key, modifiers);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "dim-label");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcut->title));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  /* Said in one breath, and reachable by Tab. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
  return row;
}

static void
add_group (AdwPreferencesPage *page, const char *title, const Shortcut *shortcuts, gsize n_shortcuts)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  for (gsize i = 0; i < n_shortcuts; i++)
    adw_preferences_group_add (group, make_row (&shortcuts[i]));
  adw_preferences_page_add (page, group);
}

static void
cs_shortcuts_dialog_class_init (CsShortcutsDialogClass *klass)
{
}

static void
cs_shortcuts_dialog_init (CsShortcutsDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  add_group (ADW_PREFERENCES_PAGE (page), _ ("General"), GENERAL, G_N_ELEMENTS (GENERAL));
  add_group (ADW_PREFERENCES_PAGE (page), _ ("Pages"), PAGES, G_N_ELEMENTS (PAGES));
  add_group (ADW_PREFERENCES_PAGE (page), _ ("Lists"), LISTS, G_N_ELEMENTS (LISTS));
  add_group (ADW_PREFERENCES_PAGE (page), _ ("Xero"), XERO, G_N_ELEMENTS (XERO));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Keyboard shortcuts"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 480);
  adw_dialog_set_content_height (ADW_DIALOG (self), 640);
}

/**
 * cs_shortcuts_dialog_new:
 *
 * Returns: (transfer floating): a dialog to present
 */
CsShortcutsDialog *
cs_shortcuts_dialog_new (void)
{
  return g_object_new (CS_TYPE_SHORTCUTS_DIALOG, NULL);
}
