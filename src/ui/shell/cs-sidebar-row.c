/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-sidebar-row.h"

struct _CsSidebarRow
{
  GtkListBoxRow parent_instance;
  char *page;
  char *title;
  GtkWidget *badge;
};

G_DEFINE_FINAL_TYPE (CsSidebarRow, cs_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
cs_sidebar_row_finalize (GObject *object)
{
  CsSidebarRow *self = CS_SIDEBAR_ROW (object);

  g_free (self->page);
  g_free (self->title);
  G_OBJECT_CLASS (cs_sidebar_row_parent_class)->finalize (object);
}

static void
cs_sidebar_row_class_init (CsSidebarRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_sidebar_row_finalize;
}

static void
cs_sidebar_row_init (CsSidebarRow *self)
{
}

/**
 * cs_sidebar_row_new:
 * @page: the page's name, as in win.show-page
 * @title: what a person reads
 * @icon_name: its icon
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
cs_sidebar_row_new (const char *page, const char *title, const char *icon_name)
{
  CsSidebarRow *self = g_object_new (CS_TYPE_SIDEBAR_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (title);

  self->page = g_strdup (page);
  self->title = g_strdup (title);
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "badge");
  gtk_widget_set_valign (self->badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->badge, FALSE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

const char *
cs_sidebar_row_get_page (CsSidebarRow *self)
{
  g_return_val_if_fail (CS_IS_SIDEBAR_ROW (self), NULL);
  return self->page;
}

/**
 * cs_sidebar_row_set_count:
 * @self: a row
 * @count: how many things on its page need a person
 *
 * Shows @count as a badge, and nothing for 0.
 */
void
cs_sidebar_row_set_count (CsSidebarRow *self, guint count)
{
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (CS_IS_SIDEBAR_ROW (self));

  text = g_strdup_printf ("%'u", count);
  gtk_label_set_label (GTK_LABEL (self->badge), text);
  gtk_widget_set_visible (self->badge, count > 0);
  if (count > 0)
    /* Translators: the name of a page, and how many things there need a person. */
    spoken = g_strdup_printf (ngettext ("%s, %'u thing needs you", "%s, %'u things need you", count),
                              self->title, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken != NULL ? spoken : self->title, -1);
}
