/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* The one window. It shows one of four things: opening, first run, a problem, or a practice with its pages.
 * What needs the registry (making, opening, throwing away a practice) it asks of the application by app.*
 * actions. */
#define CS_TYPE_WINDOW (cs_window_get_type ())
G_DECLARE_FINAL_TYPE (CsWindow, cs_window, CS, WINDOW, AdwApplicationWindow)

CsWindow *cs_window_new (AdwApplication *application);
void cs_window_show_opening (CsWindow *self, const char *words);
void cs_window_show_practice (CsWindow *self);
void cs_window_show_first_run (CsWindow *self);
void cs_window_show_problem (CsWindow *self,
                             const char *title,
                             const char *advice,
                             const char *details,
                             gboolean has_folder);
/* NULL: lets go of the practice and of every page that shows it. */
void cs_window_set_session (CsWindow *self, CsSession *session);
void cs_window_show_page (CsWindow *self, const char *page);
/* Before closing: what is typed is given to its page. */
DexFuture *cs_window_flush (CsWindow *self) G_GNUC_WARN_UNUSED_RESULT;
void cs_window_say (CsWindow *self, const char *text);
/* What waits for a person, for as long as it does. */
void cs_window_offer (CsWindow *self, const char *text, const char *button, const char *action);
void cs_window_end_offer (CsWindow *self);

G_END_DECLS
