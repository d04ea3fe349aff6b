/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-problem-page.h"

struct _CsProblemPage
{
  AdwBin parent_instance;
  AdwStatusPage *status;
  GtkLabel *details;
  GtkWidget *folder_button;
  GtkWidget *retry_button;
};

G_DEFINE_FINAL_TYPE (CsProblemPage, cs_problem_page, ADW_TYPE_BIN)

/* To the button, and not to the text that can be selected. */
static gboolean
cs_problem_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CS_PROBLEM_PAGE (widget)->retry_button);
}

static void
cs_problem_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CS_TYPE_PROBLEM_PAGE);
  G_OBJECT_CLASS (cs_problem_page_parent_class)->dispose (object);
}

static void
cs_problem_page_class_init (CsProblemPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_problem_page_dispose;
  widget_class->grab_focus = cs_problem_page_grab_focus;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/shell/cs-problem-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsProblemPage, status);
  gtk_widget_class_bind_template_child (widget_class, CsProblemPage, details);
  gtk_widget_class_bind_template_child (widget_class, CsProblemPage, folder_button);
  gtk_widget_class_bind_template_child (widget_class, CsProblemPage, retry_button);
}

static void
cs_problem_page_init (CsProblemPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cs_problem_page_set:
 * @self: the page
 * @title: what happened
 * @advice: what to do
 * @details: (nullable): the error's own words
 * @has_folder: whether looking into the data folder helps
 *
 * Shows a problem.
 */
void
cs_problem_page_set (CsProblemPage *self,
                     const char *title,
                     const char *advice,
                     const char *details,
                     gboolean has_folder)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (CS_IS_PROBLEM_PAGE (self));

  /* The description is markup, and an error may quote a file or a name. */
  escaped = g_markup_escape_text (advice, -1);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  gtk_label_set_label (self->details, details != NULL ? details : "");
  gtk_widget_set_visible (GTK_WIDGET (self->details), details != NULL && *details != '\0');
  gtk_widget_set_visible (self->folder_button, has_folder);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}
