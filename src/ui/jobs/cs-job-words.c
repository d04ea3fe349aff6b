/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-job-words.h"

#include "cs-format.h"

#include <glib/gi18n-lib.h>

#define MINUTES_PER_HOUR 60

/** cs_job_words_get_due: Returns: when it is due, as far as that is known */
CsDate
cs_job_words_get_due (const CsJob *job)
{
  return cs_date_is_set (job->there->due) ? job->there->due : job->planned->due;
}

/** cs_job_words_is_there: Returns: whether Practice Manager has it */
gboolean
cs_job_words_is_there (const CsJob *job)
{
  return *job->there->number != '\0';
}

static char *
describe_planned (const CsJob *job, CsSession *session)
{
  g_autofree char *day = cs_format_date (job->release_day);

  if (!cs_date_is_set (job->release_day))
    return g_strdup (_ ("It is made in Practice Manager when you say so."));
  if (cs_date_compare (job->release_day, cs_session_get_today (session)) <= 0)
    return g_strdup (
        _ ("It is made in Practice Manager by itself, once the hold of its acceptance is over."));
  /* Translators: %s is a date. */
  return g_strdup_printf (_ ("It is made in Practice Manager by itself on %s."), day);
}

/** cs_job_words_state: Returns: (transfer full): how far @job is */
char *
cs_job_words_state (const CsJob *job, CsSession *session)
{
  g_autofree char *completed = NULL;

  switch (job->state)
    {
    case CS_JOB_DEPLOYING:
      return g_strdup (
          job->is_held
              ? _ ("It is made in Practice Manager by itself, once the hold of its acceptance is over.")
              : _ ("It is on its way to Practice Manager."));
    case CS_JOB_LIVE:
      /* Translators: a number such as J000321. */
      return g_strdup_printf (_ ("It is in Practice Manager as %s."), job->there->number);
    case CS_JOB_INCOMPLETE:
      /* Translators: a number such as J000321. */
      return g_strdup_printf (_ ("It is in Practice Manager as %s, but not all of it:"), job->there->number);
    case CS_JOB_BLOCKED:
      return g_strdup (_ ("It is not in Practice Manager:"));
    case CS_JOB_COMPLETED:
      completed = cs_format_date (job->there->completed);
      if (*completed == '\0')
        return g_strdup (_ ("It is completed in Practice Manager."));
      /* Translators: %s is a date. */
      return g_strdup_printf (_ ("It was completed in Practice Manager on %s."), completed);
    case CS_JOB_CANCELLED:
      return g_strdup (cs_job_words_is_there (job)
                           ? _ ("Nothing more of it is sent. What is there stays there.")
                           : _ ("It is not made: somebody said so."));
    case CS_JOB_PLANNED:
    default:
      return describe_planned (job, session);
    }
}

/** cs_job_words_warning: Returns: (transfer full): what would be missing */
char *
cs_job_words_warning (const CsJobWarning *warning)
{
  switch (warning->kind)
    {
    case CS_JOB_WARNING_NO_TEMPLATE:
      /* Translators: %s is a service. */
      return g_strdup_printf (_ ("“%s” has no job template"), warning->subject);
    case CS_JOB_WARNING_TEMPLATE_GONE:
      /* Translators: %s is a service. */
      return g_strdup_printf (_ ("A job template of “%s” is gone"), warning->subject);
    case CS_JOB_WARNING_TEMPLATE_UNKNOWN:
      /* Translators: %s is a service. */
      return g_strdup_printf (_ ("Whether the job template of “%s” is there can’t be seen"),
                              warning->subject);
    case CS_JOB_WARNING_CATEGORY_GONE:
      return g_strdup (_ ("The category for jobs is gone"));
    case CS_JOB_WARNING_NO_MANAGER:
      return g_strdup (_ ("Nobody manages the jobs"));
    case CS_JOB_WARNING_STAFF_UNLINKED:
      /* Translators: %s is somebody's name. */
      return g_strdup_printf (_ ("%s has no staff record in Practice Manager"), warning->subject);
    case CS_JOB_WARNING_STAFF_GONE:
      return g_strdup (_ ("Somebody who is to work on the jobs is gone from the staff"));
    case CS_JOB_WARNING_CLIENT_UNLINKED:
      return g_strdup (_ ("The client is not linked to Practice Manager, and clients don’t travel there"));
    case CS_JOB_WARNING_NAMESAKES:
    default:
      return g_strdup (_ ("Practice Manager has a client of this name already"));
    }
}

/** cs_job_words_advice: Returns: what comes of it */
const char *
cs_job_words_advice (const CsJobWarning *warning)
{
  switch (warning->kind)
    {
    case CS_JOB_WARNING_NO_TEMPLATE:
      return _ ("No job is made for it.");
    case CS_JOB_WARNING_TEMPLATE_GONE:
      return _ ("The job would be made without its tasks.");
    case CS_JOB_WARNING_TEMPLATE_UNKNOWN:
      return _ ("The sign-in may not list templates.");
    case CS_JOB_WARNING_CATEGORY_GONE:
      return _ ("Jobs would be made without one.");
    case CS_JOB_WARNING_NO_MANAGER:
    case CS_JOB_WARNING_STAFF_UNLINKED:
    case CS_JOB_WARNING_STAFF_GONE:
      return _ ("The jobs would be assigned to fewer people.");
    case CS_JOB_WARNING_CLIENT_UNLINKED:
      return _ ("Link the client on its page, or change which way clients travel.");
    case CS_JOB_WARNING_NAMESAKES:
    default:
      return _ ("Say on the client’s page which one there it is.");
    }
}

/** cs_job_words_minutes: Returns: (transfer full): as hours and minutes */
char *
cs_job_words_minutes (gint64 minutes)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d", minutes / MINUTES_PER_HOUR,
                          (int)(minutes % MINUTES_PER_HOUR));
}

/** cs_job_words_add_line: adds @line to @words, on a line of its own. */
void
cs_job_words_add_line (GString *words, const char *line)
{
  if (words->len > 0)
    g_string_append_c (words, '\n');
  g_string_append (words, line);
}
