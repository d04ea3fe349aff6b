/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-window-private.h"

#include "cs-first-run.h"
#include "cs-problem-page.h"

/* What stands in the place of a practice. Most starts show none of it, so that each is made when it is shown
 * first. */

static GtkWidget *
make_opening_page (CsWindow *self)
{
  GtkWidget *page = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();
  g_autoptr (AdwSpinnerPaintable) spinner = NULL;

  self->opening_page = ADW_STATUS_PAGE (adw_status_page_new ());
  spinner = adw_spinner_paintable_new (GTK_WIDGET (self->opening_page));
  adw_status_page_set_paintable (self->opening_page, GDK_PAINTABLE (spinner));
  adw_header_bar_set_show_title (ADW_HEADER_BAR (bar), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (page), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (page), GTK_WIDGET (self->opening_page));
  return page;
}

/**
 * cs_window_show_opening:
 * @self: the window
 * @words: what is being waited for
 *
 * Shows that something is on its way, and what.
 */
void
cs_window_show_opening (CsWindow *self, const char *words)
{
  g_return_if_fail (CS_IS_WINDOW (self));

  if (self->opening_page == NULL)
    gtk_stack_add_named (self->stack, make_opening_page (self), "opening");
  adw_status_page_set_title (self->opening_page, words);
  gtk_stack_set_visible_child_name (self->stack, "opening");
}

/**
 * cs_window_show_first_run:
 * @self: the window
 *
 * Shows the choice between connecting Xero and exploring a demo.
 */
void
cs_window_show_first_run (CsWindow *self)
{
  g_return_if_fail (CS_IS_WINDOW (self));

  if (gtk_stack_get_child_by_name (self->stack, "first-run") == NULL)
    gtk_stack_add_named (self->stack, g_object_new (CS_TYPE_FIRST_RUN, NULL), "first-run");
  gtk_stack_set_visible_child_name (self->stack, "first-run");
}

/**
 * cs_window_show_problem:
 * @self: the window
 * @title: what happened
 * @advice: what to do
 * @details: (nullable): the error's own words
 * @has_folder: whether looking into the data folder helps
 *
 * Shows what keeps the practice from opening.
 */
void
cs_window_show_problem (CsWindow *self,
                        const char *title,
                        const char *advice,
                        const char *details,
                        gboolean has_folder)
{
  g_return_if_fail (CS_IS_WINDOW (self));

  if (self->problem_page == NULL)
    {
      self->problem_page = g_object_new (CS_TYPE_PROBLEM_PAGE, NULL);
      gtk_stack_add_named (self->stack, self->problem_page, "problem");
    }
  cs_problem_page_set (CS_PROBLEM_PAGE (self->problem_page), title, advice, details, has_folder);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  gtk_widget_grab_focus (self->problem_page);
}
