/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When what is queued goes to the ledger [K-5]. */
typedef enum
{
  CS_PUSH_IMMEDIATELY, /* as soon as its hold is over */
  CS_PUSH_HOURLY,      /* when the practice's clock shows a full hour */
  CS_PUSH_DAILY,       /* at push_at */
  CS_PUSH_BY_HAND,     /* when a person says so */
} CsPushWhen;

const char *cs_push_when_to_string (CsPushWhen when); /* a word for the store, never translated */
gboolean cs_push_when_parse (const char *text, CsPushWhen *when, GError **error);

#define CS_SCHEDULE_PUSH_AT_DEFAULT (17 * 60)
#define CS_SCHEDULE_PULL_AT_DEFAULT (2 * 60)
#define CS_SCHEDULE_MINUTES_IN_DAY (24 * 60)

/* When things go by themselves. Times of the day are minutes after midnight as the practice's clock shows
 * them. */
typedef struct
{
  CsPushWhen push_when;
  int push_at; /* counts only where pushes are daily */
  int pull_at; /* the daily full read of the ledger */
  /* Where it stands, kept by the runner: UTC milliseconds, 0 for never. */
  gint64 pushed_ms; /* when a round last began: what was ready then may go, what became so later waits */
  gint64 pulled_ms; /* when the last daily read began that went well */
  gint64 chosen_ms; /* when a person chose how pushes go, and no round began since */
} CsSchedule;

CsSchedule *cs_schedule_new (void); /* the defaults: immediately, and a daily read at night */
CsSchedule *cs_schedule_copy (const CsSchedule *schedule);
void cs_schedule_free (CsSchedule *schedule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSchedule, cs_schedule_free)
/* From when rounds of pushes are counted: the last one, or the choice. */
gint64 cs_schedule_get_counted_ms (const CsSchedule *schedule);
void cs_schedule_begin_round (CsSchedule *schedule, gint64 now_ms);
gboolean cs_schedule_validate (const CsSchedule *schedule, GError **error);

G_END_DECLS
