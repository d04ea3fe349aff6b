/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-sidebar.h"
#include "cs-window.h"

G_BEGIN_DECLS

struct _CsWindow
{
  AdwApplicationWindow parent_instance;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *opening_page; /* (nullable): until it is shown */
  GtkWidget *problem_page;     /* (nullable): the same */
  AdwNavigationSplitView *split;
  AdwNavigationPage *content;
  GtkStack *pages;
  CsSidebar *sidebar;
  AdwBanner *demo_banner;
  AdwBanner *offer_banner; /* (nullable): until something is offered */

  CsSession *session;
  GSignalGroup *signals;
  GPtrArray *runs; /* of DexFuture: what buttons started; dropped with the window */
  guint focus_source;
  gint64 came_back; /* monotonic: when returning to the window last had it brought up to date */
};

void cs_window_install_actions (GtkWidgetClass *widget_class);
void cs_window_install_work_actions (GtkWidgetClass *widget_class);
void cs_window_update_actions (CsWindow *self);
/* Lets @future run, and says @done (nullable) or its error. Takes @future. */
void cs_window_run (CsWindow *self, DexFuture *future, const char *done);
/* The page called @page, made on first use; NULL while there is no practice. */
GtkWidget *cs_window_get_page (CsWindow *self, const char *page);
const char *cs_window_get_page_name (CsWindow *self);

G_END_DECLS
