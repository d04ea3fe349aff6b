/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The page before there is a practice: connect Xero, or explore a demo. */
#define CS_TYPE_FIRST_RUN (cs_first_run_get_type ())
G_DECLARE_FINAL_TYPE (CsFirstRun, cs_first_run, CS, FIRST_RUN, AdwBin)

G_END_DECLS
