/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A full page for what keeps the practice from opening: what happened, what to do, and the error's own words.
 */
#define CS_TYPE_PROBLEM_PAGE (cs_problem_page_get_type ())
G_DECLARE_FINAL_TYPE (CsProblemPage, cs_problem_page, CS, PROBLEM_PAGE, AdwBin)

void cs_problem_page_set (CsProblemPage *self,
                          const char *title,
                          const char *advice,
                          const char *details,
                          gboolean has_folder);

G_END_DECLS
