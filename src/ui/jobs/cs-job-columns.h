/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cs-job-item.h"
#include "cs-list-row.h"
#include "cs-session.h"

G_BEGIN_DECLS

/* How a job (CsJobItem) reads in columns: each is an order, or says what is in the job's pane as well. */
GtkWidget *cs_job_columns_new (GtkSelectionModel *selection, CsSession *session);
GtkWidget *cs_job_rows_new (GtkSelectionModel *selection, CsSession *session); /* in rows of two lines */
void cs_job_bind_card (CsListRow *row, gpointer item, gpointer session);       /* of a board */

G_END_DECLS
