/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The one room that knows all: it opens a practice, gives it to the window, and closes it again. */
#define CS_TYPE_APPLICATION (cs_application_get_type ())
G_DECLARE_FINAL_TYPE (CsApplication, cs_application, CS, APPLICATION, AdwApplication)

CsApplication *cs_application_new (void);

/* A theme of GTK's with nothing in it. */
#define CS_EMPTY_THEME "Empty"

G_END_DECLS
