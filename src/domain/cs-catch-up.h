/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-plan.h"

G_BEGIN_DECLS

/* Planned invoices of days that passed while nobody looked, or that lay in the past when their proposal was
 * accepted: each waits for a person, who bills or skips it [U-11, B-08]. */

/* What was missed for longer than this goes only when a person says so. */
#define CS_CATCH_UP_DAYS 7

/* Whether a planned invoice that nobody released goes without a person.
 * @date: its own; not after @today. @accepted: the day its plan was there to be seen. @last_look: the day on
 * which somebody last looked for what is due, none before the first look. */
gboolean cs_catch_up_goes_by_itself (CsDate date, CsDate accepted, CsDate last_look, CsDate today);

/* How a person dates what is billed after its day. */
typedef enum
{
  CS_CATCH_UP_ON_ITS_DAY, /* as the plan says */
  CS_CATCH_UP_TODAY,
} CsCatchUpDating;

/* The date under which it is billed. @lock: the last day that the ledger's books are closed for, or none.
 * CS_DOMAIN_ERROR_INVALID where that date is closed. */
gboolean cs_catch_up_choose_date (CsDate date,
                                  CsDate today,
                                  CsDate lock,
                                  CsCatchUpDating dating,
                                  CsDate *chosen,
                                  GError **error);

/* One line of the list. */
typedef struct
{
  CsPlannedInvoice *planned;
  char *proposal_number;
  char *proposal_title;
  CsUuid client_id;
  char *client_name;
  gboolean is_closed; /* its own day lies in a period that the ledger has closed: bill it today, or skip it */
} CsCatchUpItem;

void cs_catch_up_item_free (CsCatchUpItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsCatchUpItem, cs_catch_up_item_free)

G_END_DECLS
