/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-item.h"
#include "cs-words.h"

#include <string.h>

struct _CsJobItem
{
  GObject parent_instance;
  char *id;
  CsNamedJob *named;
  char *print; /* all that is shown of it, so that a new read tells only what changed */
};

/** cs_named_job_new: Returns: (transfer full): @job (transfer full) without any names yet */
CsNamedJob *
cs_named_job_new (CsJob *job)
{
  CsNamedJob *named = g_new0 (CsNamedJob, 1);

  named->job = job;
  named->templates = g_strdup ("");
  named->category = g_strdup ("");
  named->manager = g_strdup ("");
  named->partner = g_strdup ("");
  named->staff = g_strdup ("");
  return named;
}

/** cs_named_job_free: */
void
cs_named_job_free (CsNamedJob *named)
{
  if (named == NULL)
    return;
  cs_job_free (named->job);
  g_free (named->templates);
  g_free (named->category);
  g_free (named->manager);
  g_free (named->partner);
  g_free (named->staff);
  g_free (named);
}

/** cs_job_view_holds: Returns: whether a job of @state is seen in @view */
gboolean
cs_job_view_holds (CsJobView view, CsJobState state)
{
  switch (view)
    {
    case CS_JOB_VIEW_PLANNED:
      return state == CS_JOB_PLANNED;
    case CS_JOB_VIEW_DEPLOYING:
      return state == CS_JOB_DEPLOYING;
    case CS_JOB_VIEW_LIVE:
      return state == CS_JOB_LIVE || state == CS_JOB_INCOMPLETE;
    case CS_JOB_VIEW_COMPLETED:
      return state == CS_JOB_COMPLETED;
    case CS_JOB_VIEW_BLOCKED:
      return state == CS_JOB_BLOCKED || state == CS_JOB_INCOMPLETE;
    case CS_JOB_VIEW_ALL:
    case CS_JOB_N_VIEWS:
    default:
      return TRUE;
    }
}

/* What needs a person, what is on its way, what is there, what is over. */
static int
rank_state (CsJobState state)
{
  static const CsJobState ORDER[] = { CS_JOB_BLOCKED, CS_JOB_INCOMPLETE, CS_JOB_DEPLOYING,
                                      CS_JOB_PLANNED, CS_JOB_LIVE,       CS_JOB_COMPLETED };

  for (guint i = 0; i < G_N_ELEMENTS (ORDER); i++)
    if (ORDER[i] == state)
      return (int)i;
  return G_N_ELEMENTS (ORDER);
}

static CsDate
get_due (const CsNamedJob *named)
{
  const CsJob *job = named->job;

  return cs_date_is_set (job->there->due) ? job->there->due : job->planned->due;
}

static CsDate
get_start (const CsNamedJob *named)
{
  const CsJob *job = named->job;

  return cs_date_is_set (job->there->start) ? job->there->start : job->planned->start;
}

/* Whether it has any of what the order is of. */
static gboolean
has_value (CsJobOrder order, const CsNamedJob *named)
{
  switch (order)
    {
    case CS_JOB_ORDER_DUE:
      return cs_date_is_set (get_due (named));
    case CS_JOB_ORDER_START:
      return cs_date_is_set (get_start (named));
    case CS_JOB_ORDER_NUMBER:
      return *named->job->there->number != '\0';
    case CS_JOB_ORDER_MANAGER:
      return *named->manager != '\0';
    case CS_JOB_ORDER_BUDGET:
      return named->job->planned->has_budget;
    case CS_JOB_ORDER_CLIENT:
    case CS_JOB_ORDER_NAME:
    case CS_JOB_ORDER_STATE:
    case CS_JOB_ORDER_PROPOSAL:
    case CS_JOB_ORDER_N:
    default:
      return TRUE;
    }
}

/* By currency, then by amount. */
static int
compare_budgets (const CsPlannedJob *a, const CsPlannedJob *b)
{
  int result = strcmp (a->budget.currency.code, b->budget.currency.code);

  return result != 0 ? result : (a->budget.minor > b->budget.minor) - (a->budget.minor < b->budget.minor);
}

static int
compare_values (CsJobOrder order, const CsNamedJob *a, const CsNamedJob *b)
{
  switch (order)
    {
    case CS_JOB_ORDER_DUE:
      return cs_date_compare (get_due (a), get_due (b));
    case CS_JOB_ORDER_START:
      return cs_date_compare (get_start (a), get_start (b));
    case CS_JOB_ORDER_CLIENT:
      return g_utf8_collate (a->job->client_name, b->job->client_name);
    case CS_JOB_ORDER_NAME:
      return g_utf8_collate (a->job->planned->name, b->job->planned->name);
    case CS_JOB_ORDER_STATE:
      return rank_state (a->job->state) - rank_state (b->job->state);
    case CS_JOB_ORDER_NUMBER:
      return g_utf8_collate (a->job->there->number, b->job->there->number);
    case CS_JOB_ORDER_PROPOSAL:
      return g_utf8_collate (a->job->proposal_number, b->job->proposal_number);
    case CS_JOB_ORDER_MANAGER:
      return g_utf8_collate (a->manager, b->manager);
    case CS_JOB_ORDER_BUDGET:
      return compare_budgets (a->job->planned, b->job->planned);
    case CS_JOB_ORDER_N:
    default:
      return 0;
    }
}

/* What has no value comes after all that have, whichever way the order goes. */
static int
compare_by (CsJobOrder order, gboolean is_descending, const CsNamedJob *a, const CsNamedJob *b)
{
  gboolean a_has = has_value (order, a);
  int result;

  if (a_has != has_value (order, b))
    return a_has ? -1 : 1;
  if (!a_has)
    return 0;
  result = compare_values (order, a, b);
  return is_descending ? -result : result;
}

/** cs_job_order_compare: Returns: less than, equal to or more than 0, by @order and then by due day, name
 * and id: no two jobs are equal */
int
cs_job_order_compare (CsJobOrder order, gboolean is_descending, const CsNamedJob *a, const CsNamedJob *b)
{
  int result;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  result = compare_by (order, is_descending, a, b);
  if (result == 0)
    result = compare_by (CS_JOB_ORDER_DUE, FALSE, a, b);
  if (result == 0)
    result = compare_by (CS_JOB_ORDER_NAME, FALSE, a, b);
  return result != 0 ? result
                     : memcmp (&a->job->planned->id, &b->job->planned->id, sizeof a->job->planned->id);
}

static const char *const ORDERS[CS_JOB_ORDER_N] = {
  [CS_JOB_ORDER_DUE] = "due",           [CS_JOB_ORDER_START] = "start",     [CS_JOB_ORDER_CLIENT] = "client",
  [CS_JOB_ORDER_NAME] = "name",         [CS_JOB_ORDER_STATE] = "state",     [CS_JOB_ORDER_NUMBER] = "number",
  [CS_JOB_ORDER_PROPOSAL] = "proposal", [CS_JOB_ORDER_MANAGER] = "manager", [CS_JOB_ORDER_BUDGET] = "budget"
};

/** cs_job_order_to_string: Returns: (transfer none): a word for files, and of the column that it is by */
const char *
cs_job_order_to_string (CsJobOrder order)
{
  g_return_val_if_fail (order < CS_JOB_ORDER_N, NULL);

  return ORDERS[order];
}

/** cs_job_order_parse: Returns: whether @text is the word of an order */
gboolean
cs_job_order_parse (const char *text, CsJobOrder *order)
{
  for (guint i = 0; i < CS_JOB_ORDER_N; i++)
    if (g_strcmp0 (ORDERS[i], text) == 0)
      {
        *order = (CsJobOrder)i;
        return TRUE;
      }
  return FALSE;
}

/* --- the row --- */

static void
print_date (GString *print, CsDate date)
{
  g_autofree char *text = cs_date_to_string (date);

  g_string_append_printf (print, "\n%s", cs_date_is_set (date) ? text : "");
}

static void
print_parts (GString *print, const CsWorkJob *there)
{
  for (guint i = 0; i < there->tasks->len; i++)
    {
      const CsWorkTask *task = there->tasks->pdata[i];

      g_string_append_printf (print, "\n%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d", task->name,
                              task->estimated_minutes, task->actual_minutes, task->is_completed);
    }
  for (guint i = 0; i < there->milestones->len; i++)
    {
      const CsWorkMilestone *milestone = there->milestones->pdata[i];

      g_string_append_printf (print, "\n%s %d", milestone->description, milestone->is_completed);
      print_date (print, milestone->date);
    }
}

static char *
make_print (const CsNamedJob *named)
{
  const CsJob *job = named->job;
  const char *texts[] = { job->planned->name, job->client_name,        job->proposal_number, job->problem,
                          job->there->number, job->there->web_address, job->there->state,    named->templates,
                          named->category,    named->manager,          named->partner,       named->staff };
  GString *print = g_string_new (cs_job_state_to_string (job->state));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_string_append_printf (print, "\n%s", texts[i]);
  print_date (print, job->release_day);
  print_date (print, job->planned->start);
  print_date (print, job->planned->due);
  g_string_append_printf (print, "\n%d %d %" G_GINT64_FORMAT " %s", job->is_held, job->planned->has_budget,
                          job->planned->budget.minor, job->planned->budget.currency.code);
  print_date (print, job->there->start);
  print_date (print, job->there->due);
  print_date (print, job->there->completed);
  print_parts (print, job->there);
  return g_string_free_and_steal (print);
}

static const char *
cs_job_item_get_id (CsRecord *record)
{
  return CS_JOB_ITEM (record)->id;
}

static gboolean
cs_job_item_adopt (CsRecord *record, CsRecord *fresh_record)
{
  CsJobItem *self = CS_JOB_ITEM (record);
  CsJobItem *fresh = CS_JOB_ITEM (fresh_record);

  if (g_str_equal (self->print, fresh->print))
    return FALSE;
  cs_named_job_free (self->named);
  self->named = g_steal_pointer (&fresh->named);
  g_set_str (&self->print, fresh->print);
  return TRUE;
}

static void
cs_job_item_record_init (CsRecordInterface *interface)
{
  interface->get_id = cs_job_item_get_id;
  interface->adopt = cs_job_item_adopt;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsJobItem,
                               cs_job_item,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_RECORD, cs_job_item_record_init))

static void
cs_job_item_finalize (GObject *object)
{
  CsJobItem *self = CS_JOB_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->print, g_free);
  g_clear_pointer (&self->named, cs_named_job_free);
  G_OBJECT_CLASS (cs_job_item_parent_class)->finalize (object);
}

static void
cs_job_item_class_init (CsJobItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_job_item_finalize;
}

static void
cs_job_item_init (CsJobItem *self)
{
}

/** cs_job_item_new: Returns: (transfer full): a row of @named (transfer full) */
CsRecord *
cs_job_item_new (gpointer named)
{
  CsJobItem *self = g_object_new (CS_TYPE_JOB_ITEM, NULL);

  self->named = named;
  self->id = cs_uuid_to_string (&self->named->job->planned->id);
  self->print = make_print (self->named);
  return CS_RECORD (self);
}

/** cs_job_item_get: Returns: (transfer none): the job, valid until "changed" */
const CsNamedJob *
cs_job_item_get (CsJobItem *self)
{
  g_return_val_if_fail (CS_IS_JOB_ITEM (self), NULL);

  return self->named;
}

/**
 * cs_job_item_matches:
 * @self: a row
 * @query: (nullable): what a person typed; case and accents don't count
 *
 * Returns: whether @query is found in its name, client, numbers, templates or who works on it
 */
gboolean
cs_job_item_matches (CsJobItem *self, const char *query)
{
  const CsNamedJob *named = cs_job_item_get (self);
  const CsJob *job = named->job;
  const char *texts[] = { job->planned->name,   job->client_name,
                          job->proposal_number, job->there->number,
                          named->templates,     named->manager,
                          named->partner,       named->staff,
                          job->there->state,    job->planned->client_order_number };

  return cs_words_match (query, texts, G_N_ELEMENTS (texts));
}
