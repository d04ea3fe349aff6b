/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-id-selection.h"
#include "cs-list-row.h"

G_BEGIN_DECLS

/* The jobs of a list beside each other by state: planned, being made, live, completed, blocked. The arrows go
 * up and down a column and from one to the next; what is chosen is what the list has chosen, too. Signal
 * "opened": Enter, or a click. */
#define CS_TYPE_JOB_BOARD (cs_job_board_get_type ())
G_DECLARE_FINAL_TYPE (CsJobBoard, cs_job_board, CS, JOB_BOARD, AdwBin)

/* Of the items that @selection shows, each a row as @bind fills it. */
GtkWidget *cs_job_board_new (CsIdSelection *selection, CsListRowBind bind, gpointer data);
void cs_job_board_refilter (CsJobBoard *self); /* a job went on to another state */

G_END_DECLS
