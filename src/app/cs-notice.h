/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-session.h"

G_BEGIN_DECLS

/* Tells whoever looks elsewhere that something needs them: one notification of the desktop, which leads to
 * Activity. It goes once its causes are gone, or the window is looked at. */
typedef struct _CsNotice CsNotice;

CsNotice *cs_notice_new (GApplication *application, GtkWindow *window, CsSession *session);
void cs_notice_free (CsNotice *self);

G_END_DECLS
