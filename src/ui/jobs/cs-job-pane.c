/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-pane.h"

#include "cs-follow-up.h"
#include "cs-format.h"
#include "cs-job-words.h"
#include "cs-rows.h"
#include "cs-session-jobs.h"
#include "cs-state-pill.h"
#include "cs-work.h"

#include <glib/gi18n-lib.h>

/* Who goes through the list with j and k asks for none of them. */
#define READ_AFTER_MS 1500

struct _CsJobPane
{
  AdwBin parent_instance;
  AdwWindowTitle *title;
  GtkLabel *name_label;
  CsStatePill *pill;
  GtkLabel *state_label;
  GtkLabel *problem_label;
  AdwWrapBox *buttons;
  GtkListBox *facts;
  GtkWidget *tasks_group;
  GtkListBox *tasks;
  GtkWidget *milestones_group;
  GtkListBox *milestones;

  CsSession *session;
  CsJobItem *item;
  guint timer;
  guint shown_buttons; /* of Button, plus one: which are there */
};

G_DEFINE_FINAL_TYPE (CsJobPane, cs_job_pane, ADW_TYPE_BIN)

/* --- its buttons --- */

typedef enum
{
  BUTTON_OPEN = 1 << 0,
  BUTTON_DEPLOY = 1 << 1,
  BUTTON_RETRY = 1 << 2,
  BUTTON_CONNECT = 1 << 3,
  BUTTON_CANCEL = 1 << 4,
} Button;

static const struct
{
  Button button;
  const char *label;
  const char *action; /* with the job's id, but for the window's own */
} BUTTONS[] = {
  { BUTTON_CONNECT, N_ ("_Connect Practice Manager…"), "win.connect-work" },
  { BUTTON_RETRY, N_ ("_Try again"), "job.retry" },
  { BUTTON_DEPLOY, N_ ("_Make it now"), "job.deploy" },
  { BUTTON_OPEN, N_ ("_Open in Practice Manager"), "job.open" },
  { BUTTON_CANCEL, N_ ("_Don’t make it…"), "job.cancel" },
};

static guint
choose_buttons (CsJobPane *self, const CsJob *job)
{
  gboolean is_connected = cs_work_is_connected (cs_session_get_work (self->session));
  g_autofree char *link = cs_session_get_job_link (self->session, job->there);
  guint buttons = link != NULL ? BUTTON_OPEN : 0;

  if (job->state == CS_JOB_COMPLETED || job->state == CS_JOB_CANCELLED)
    return buttons;
  if (job->state != CS_JOB_LIVE && !is_connected)
    return buttons | BUTTON_CONNECT;
  if (job->state == CS_JOB_PLANNED)
    buttons |= BUTTON_DEPLOY;
  if (job->state == CS_JOB_BLOCKED || job->state == CS_JOB_INCOMPLETE)
    buttons |= BUTTON_RETRY;
  if (job->state != CS_JOB_LIVE && job->state != CS_JOB_DEPLOYING)
    buttons |= BUTTON_CANCEL;
  return buttons;
}

/* Those that are there already are left alone, so that the focus stays where it is. */
static void
show_buttons (CsJobPane *self, const CsJob *job)
{
  guint buttons = choose_buttons (self, job);
  g_autofree char *id = cs_uuid_to_string (&job->planned->id);
  GtkWidget *child;

  if (self->shown_buttons == buttons + 1)
    return;
  self->shown_buttons = buttons + 1;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    adw_wrap_box_remove (self->buttons, child);
  for (gsize i = 0; i < G_N_ELEMENTS (BUTTONS); i++)
    {
      if ((buttons & BUTTONS[i].button) == 0)
        continue;
      child = gtk_button_new_with_mnemonic (_ (BUTTONS[i].label));
      if (!g_str_has_prefix (BUTTONS[i].action, "win."))
        gtk_actionable_set_action_target (GTK_ACTIONABLE (child), "s", id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (child), BUTTONS[i].action);
      if (BUTTONS[i].button == BUTTON_RETRY)
        gtk_widget_add_css_class (child, "suggested-action");
      adw_wrap_box_append (self->buttons, child);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), buttons != 0);
}

/* --- what there is to know --- */

static void
fill_fact (CsRowsFill *fill, const char *title, const char *value)
{
  if (*value != '\0')
    cs_rows_fill_property (fill, title, value);
}

static void
fill_link (CsRowsFill *fill, const char *title, const char *value, const char *action, const CsUuid *id)
{
  g_autofree char *text = cs_uuid_to_string (id);
  g_autofree char *detailed = g_strdup_printf ("%s::%s", action, text);

  cs_rows_fill_property_link (fill, title, value, detailed);
}

static void
fill_date (CsRowsFill *fill, const char *title, CsDate date)
{
  g_autofree char *text = cs_format_date (date);

  fill_fact (fill, title, text);
}

/* What was read there goes before what we wanted; its staff may have been changed there. */
static void
show_facts (CsJobPane *self, const CsNamedJob *named)
{
  const CsJob *job = named->job;
  CsDate due = cs_job_words_get_due (job);
  g_autofree char *due_day = cs_format_date (due);
  g_autofree char *due_in = cs_format_due (due, cs_session_get_today (self->session));
  g_autofree char *due_both = g_strdup_printf ("%s · %s", due_day, due_in);
  g_autofree char *budget = cs_format_money_with_currency (job->planned->budget);
  CsRowsFill fill = cs_rows_fill_start (self->facts);

  fill_link (&fill, _ ("Client"), job->client_name, "win.show-client", &job->client_id);
  fill_link (&fill, _ ("Proposal"), job->proposal_number, "win.show-proposal", &job->planned->proposal_id);
  fill_fact (&fill, _ ("Number in Practice Manager"), job->there->number);
  fill_fact (&fill, _ ("State there"), job->there->state);
  fill_fact (&fill, _ ("Templates"), named->templates);
  fill_fact (&fill, _ ("Category"), named->category);
  fill_date (&fill, _ ("Start"),
             cs_date_is_set (job->there->start) ? job->there->start : job->planned->start);
  if (cs_date_is_set (due))
    fill_fact (&fill, _ ("Due"), job->state == CS_JOB_COMPLETED ? due_day : due_both);
  fill_fact (&fill, _ ("Manager"), named->manager);
  fill_fact (&fill, _ ("Partner"), named->partner);
  fill_fact (&fill, _ ("Staff"), named->staff);
  if (job->planned->has_budget)
    fill_fact (&fill, _ ("Budget"), budget);
  fill_fact (&fill, _ ("Client order number"), job->planned->client_order_number);
  cs_rows_fill_end (&fill);
}

static void
show_tasks (CsJobPane *self, const CsWorkJob *there)
{
  cs_rows_clear (self->tasks);
  gtk_widget_set_visible (self->tasks_group, there->tasks->len > 0);
  for (guint i = 0; i < there->tasks->len; i++)
    {
      const CsWorkTask *task = there->tasks->pdata[i];
      g_autofree char *actual = cs_job_words_minutes (task->actual_minutes);
      g_autofree char *estimate = cs_job_words_minutes (task->estimated_minutes);
      /* Translators: hours and minutes that were worked, and that were estimated. */
      g_autofree char *hours = g_strdup_printf (_ ("%1$s of %2$s hours"), actual, estimate);
      GtkWidget *row = cs_rows_new (task->name, hours);

      if (task->is_completed)
        cs_rows_add_pill (row, cs_pill_for_job_state (CS_JOB_COMPLETED));
      gtk_list_box_append (self->tasks, row);
    }
}

static void
show_milestones (CsJobPane *self, const CsWorkJob *there)
{
  cs_rows_clear (self->milestones);
  gtk_widget_set_visible (self->milestones_group, there->milestones->len > 0);
  for (guint i = 0; i < there->milestones->len; i++)
    {
      const CsWorkMilestone *milestone = there->milestones->pdata[i];
      g_autofree char *date = cs_format_date (milestone->date);
      GtkWidget *row = cs_rows_new (milestone->description, date);

      if (milestone->is_completed)
        cs_rows_add_pill (row, cs_pill_for_job_state (CS_JOB_COMPLETED));
      gtk_list_box_append (self->milestones, row);
    }
}

static void
show (CsJobPane *self)
{
  const CsNamedJob *named = cs_job_item_get (self->item);
  const CsJob *job = named->job;
  g_autofree char *state = cs_job_words_state (job, self->session);

  adw_window_title_set_title (self->title,
                              cs_job_words_is_there (job) ? job->there->number : job->proposal_number);
  adw_window_title_set_subtitle (self->title, job->client_name);
  gtk_label_set_text (self->name_label, job->planned->name);
  cs_state_pill_set (self->pill, cs_pill_for_job (job));
  gtk_label_set_text (self->state_label, state);
  gtk_label_set_text (self->problem_label, job->problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), *job->problem != '\0');
  show_buttons (self, job);
  show_facts (self, named);
  show_tasks (self, job->there);
  show_milestones (self, job->there);
}

/* --- what became of it --- */

/* What can't be read is told by the connection's own row; what was read before stays. */
static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
}

static gboolean
read_there (gpointer data)
{
  CsJobPane *self = data;
  const CsJob *job = cs_job_item_get (self->item)->job;

  self->timer = 0;
  if (cs_job_words_is_there (job) && cs_work_is_connected (cs_session_get_work (self->session)))
    cs_follow_up_to_the_end (cs_session_read_job (self->session, job->there->number), self, read_cb, NULL,
                             NULL);
  return G_SOURCE_REMOVE;
}

static void
session_changed_cb (CsJobPane *self, guint changes)
{
  if ((changes & CS_CHANGE_CONNECTION) != 0)
    show (self);
}

static void
cs_job_pane_dispose (GObject *object)
{
  CsJobPane *self = CS_JOB_PANE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_JOB_PANE);
  g_clear_object (&self->item);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_job_pane_parent_class)->dispose (object);
}

static void
cs_job_pane_class_init (CsJobPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_job_pane_dispose;
  g_type_ensure (CS_TYPE_STATE_PILL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/countersign/Countersign/ui/jobs/cs-job-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CsJobPane, title);
  gtk_widget_class_bind_template_child (widget_class, CsJobPane, name_label);
  gtk_widget_class_bind_template_child (widget_class, CsJobPane, pill);
  gtk_widget_class_bind_template_child (widget_class, CsJobPane, state_label);
  gtk_widget_class_bind_template_child (widget_class, CsJobPane, problem_label);
  gtk_widget_class_bind_template_child (widget_class, CsJobPane, buttons);
  gtk_widget_class_bind_template_child (widget_class, CsJobPane, facts);
  gtk_widget_class_bind_template_child (widget_class, CsJobPane, tasks_group);
  gtk_widget_class_bind_template_child (widget_class, CsJobPane, tasks);
  gtk_widget_class_bind_template_child (widget_class, CsJobPane, milestones_group);
  gtk_widget_class_bind_template_child (widget_class, CsJobPane, milestones);
}

static void
cs_job_pane_init (CsJobPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_job_pane_new: Returns: (transfer floating): shows @item, and follows it */
GtkWidget *
cs_job_pane_new (CsSession *session, CsJobItem *item)
{
  CsJobPane *self = g_object_new (CS_TYPE_JOB_PANE, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  show (self);
  self->timer = g_timeout_add (READ_AFTER_MS, read_there, self);
  return GTK_WIDGET (self);
}
