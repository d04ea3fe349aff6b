/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-connect.h"

G_BEGIN_DECLS

/* A wrong turn of connecting: what happened, why, what to do, and the buttons for it. */
#define CS_TYPE_CONNECT_PROBLEM_PAGE (cs_connect_problem_page_get_type ())
G_DECLARE_FINAL_TYPE (CsConnectProblemPage, cs_connect_problem_page, CS, CONNECT_PROBLEM_PAGE, AdwBin)

/* @connect, in FAILED, is what the buttons then act on. */
void cs_connect_problem_page_show (CsConnectProblemPage *self, CsConnect *connect);
void cs_connect_problem_page_focus (CsConnectProblemPage *self); /* to the button that goes on */

G_END_DECLS
