/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-columns.h"

#include "cs-cell.h"
#include "cs-columns.h"
#include "cs-desk-settings.h"
#include "cs-format.h"
#include "cs-job-words.h"

#include <glib/gi18n-lib.h>

static const CsJob *
get (gpointer item)
{
  return cs_job_item_get (CS_JOB_ITEM (item))->job;
}

/* On one line. */
static char *
join_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv (", ", lines);
}

static char *
describe_name (gpointer item, gpointer session)
{
  return g_strdup (get (item)->planned->name);
}

static char *
describe_client (gpointer item, gpointer session)
{
  return g_strdup (get (item)->client_name);
}

static char *
describe_number (gpointer item, gpointer session)
{
  return g_strdup (get (item)->there->number);
}

static char *
describe_proposal (gpointer item, gpointer session)
{
  return g_strdup (get (item)->proposal_number);
}

static char *
describe_start (gpointer item, gpointer session)
{
  const CsJob *job = get (item);

  return cs_format_date (cs_date_is_set (job->there->start) ? job->there->start : job->planned->start);
}

static char *
describe_due_day (gpointer item, gpointer session)
{
  return cs_format_date (cs_job_words_get_due (get (item)));
}

static char *
describe_manager (gpointer item, gpointer session)
{
  return g_strdup (cs_job_item_get (item)->manager);
}

static char *
describe_staff (gpointer item, gpointer session)
{
  return join_lines (cs_job_item_get (item)->staff);
}

static char *
describe_budget (gpointer item, gpointer session)
{
  const CsPlannedJob *planned = get (item)->planned;

  return planned->has_budget ? cs_format_money_with_currency (planned->budget) : NULL;
}

static char *
describe_tasks (gpointer item, gpointer session)
{
  const GPtrArray *tasks = get (item)->there->tasks;
  guint n_completed = 0;

  if (tasks->len == 0)
    return NULL;
  for (guint i = 0; i < tasks->len; i++)
    n_completed += ((const CsWorkTask *)tasks->pdata[i])->is_completed;
  /* Translators: of a job: how many of its tasks are completed, and how many there are. */
  return g_strdup_printf (_ ("%1$'u of %2$'u"), n_completed, tasks->len);
}

static CsPill
describe_state (gpointer item, gpointer session, char **words)
{
  return cs_pill_for_job (get (item));
}

/* --- the columns --- */

static const struct
{
  const char *id; /* an order's, where it is one */
  const char *title;
  CsCellKind kind;
  guint characters;
  CsCellText text;
  gboolean is_hidden; /* at first */
} COLUMNS[] = {
  { "name", N_ ("Job"), CS_CELL_TEXT, 14, describe_name, FALSE },
  { "client", N_ ("Client"), CS_CELL_TEXT, 16, describe_client, FALSE },
  { "number", N_ ("Number"), CS_CELL_TEXT, 7, describe_number, FALSE },
  { "proposal", N_ ("Proposal"), CS_CELL_TEXT, 9, describe_proposal, TRUE },
  { "start", N_ ("Start"), CS_CELL_NUMBER, 10, describe_start, TRUE },
  { "due", N_ ("Due"), CS_CELL_NUMBER, 10, describe_due_day, FALSE },
  { "manager", N_ ("Manager"), CS_CELL_TEXT, 10, describe_manager, FALSE },
  { "staff", N_ ("Staff"), CS_CELL_TEXT, 12, describe_staff, TRUE },
  { "tasks", N_ ("Tasks"), CS_CELL_NUMBER, 6, describe_tasks, TRUE },
  { "budget", N_ ("Budget"), CS_CELL_NUMBER, 10, describe_budget, TRUE },
};

static void
changed_cb (CsColumns *view)
{
  g_autofree char *text = cs_columns_to_string (view);

  cs_desk_settings_set_jobs_columns (text);
}

/** cs_job_columns_new: Returns: (transfer floating): jobs in columns, as a person left it last */
GtkWidget *
cs_job_columns_new (GtkSelectionModel *selection, CsSession *session)
{
  GtkWidget *widget = cs_columns_new (selection, _ ("Jobs"));
  CsColumns *view = CS_COLUMNS (widget);
  g_autofree char *remembered = cs_desk_settings_dup_jobs_columns ();
  GtkColumnViewColumn *column;
  CsJobOrder order;

  for (gsize i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    {
      column = cs_cells_column_new (_ (COLUMNS[i].title), &(CsCells){ .kind = COLUMNS[i].kind,
                                                                      .characters = COLUMNS[i].characters,
                                                                      .text = COLUMNS[i].text,
                                                                      .data = session });
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, i <= 1); /* what it is, and for whom */
      gtk_column_view_column_set_visible (column, !COLUMNS[i].is_hidden);
      /* What a row is about is always there. */
      cs_columns_append (view, column, COLUMNS[i].id, i > 0 ? _ (COLUMNS[i].title) : NULL,
                         cs_job_order_parse (COLUMNS[i].id, &order));
    }
  column = cs_cells_column_new (_ ("State"),
                                &(CsCells){ .kind = CS_CELL_PILL, .pill = describe_state, .data = session });
  gtk_column_view_column_set_resizable (column, TRUE);
  cs_columns_append (view, column, cs_job_order_to_string (CS_JOB_ORDER_STATE), _ ("State"), TRUE);
  cs_columns_apply (view, remembered);
  cs_columns_watch (view, G_CALLBACK (changed_cb), view);
  return widget;
}

/* --- in rows --- */

/* How far its due day is; once it is over, which it was. */
static char *
describe_due (const CsJob *job, CsSession *session)
{
  CsDate due = cs_job_words_get_due (job);
  gboolean is_over = job->state == CS_JOB_COMPLETED || job->state == CS_JOB_CANCELLED;

  if (!cs_date_is_set (due))
    return g_strdup ("");
  return is_over ? cs_format_date (due) : cs_format_due (due, cs_session_get_today (session));
}

static void
bind_row (CsListRow *row, gpointer item, gpointer session)
{
  const CsJob *job = get (item);
  g_autofree char *when = describe_due (job, session);
  g_autofree char *subtitle = g_strdup_printf (
      "%s · %s", job->client_name, cs_job_words_is_there (job) ? job->there->number : job->proposal_number);

  cs_list_row_set_texts (row, job->planned->name, subtitle, when);
  cs_list_row_set_pill (row, cs_pill_for_job (job), NULL);
}

/** cs_job_rows_new: Returns: (transfer floating): a list view of jobs */
GtkWidget *
cs_job_rows_new (GtkSelectionModel *selection, CsSession *session)
{
  GtkWidget *view = gtk_list_view_new (g_object_ref (selection), cs_list_row_factory_new (bind_row, session));

  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (view), GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Jobs"), -1);
  return view;
}

/** cs_job_bind_card: says of @item what its column of a board does not. */
void
cs_job_bind_card (CsListRow *row, gpointer item, gpointer session)
{
  const CsJob *job = get (item);
  g_autofree char *when = describe_due (job, session);
  g_autofree char *subtitle
      = *when != '\0' ? g_strdup_printf ("%s · %s", when, job->client_name) : g_strdup (job->client_name);

  cs_list_row_set_texts (row, job->planned->name, subtitle, "");
}
