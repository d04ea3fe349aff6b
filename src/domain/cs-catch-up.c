/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-catch-up.h"

/**
 * cs_catch_up_goes_by_itself:
 * @date: of a planned invoice that nobody released; not after @today
 * @accepted: the day on which its proposal was marked as accepted
 * @last_look: the last day on which somebody looked for what is due; none before the first look
 * @today: in the practice's zone
 *
 * What is dated today goes. So does what became due after the last look, or, where its plan was not there to
 * be seen at it, since the plan was: unless it is older than %CS_CATCH_UP_DAYS, as a person should look
 * first. What lay in the past on the day of the acceptance is catch-up, however recent [U-11].
 *
 * Returns: whether it is released without a person
 */
gboolean
cs_catch_up_goes_by_itself (CsDate date, CsDate accepted, CsDate last_look, CsDate today)
{
  if (cs_date_compare (date, today) == 0)
    return TRUE;
  if (cs_date_compare (date, cs_date_add_days (today, -CS_CATCH_UP_DAYS)) < 0)
    return FALSE;
  if (!cs_date_is_set (last_look) || cs_date_compare (accepted, last_look) >= 0)
    return cs_date_compare (date, accepted) >= 0;
  return cs_date_compare (date, last_look) > 0;
}

/**
 * cs_catch_up_choose_date:
 * @date: as the plan says
 * @today: in the practice's zone
 * @lock: the last day of the closed books, or none
 * @dating: what the person chose
 * @chosen: (out): the date of the invoice
 * @error: return location
 *
 * Returns: whether that day is open; else %CS_DOMAIN_ERROR_INVALID
 */
gboolean
cs_catch_up_choose_date (CsDate date,
                         CsDate today,
                         CsDate lock,
                         CsCatchUpDating dating,
                         CsDate *chosen,
                         GError **error)
{
  CsDate wanted = dating == CS_CATCH_UP_TODAY ? today : date;

  if (cs_date_is_set (lock) && cs_date_compare (wanted, lock) <= 0)
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_INVALID,
                           "That day lies in a period that is closed");
      return FALSE;
    }
  *chosen = wanted;
  return TRUE;
}

/**
 * cs_catch_up_item_free:
 * @item: (transfer full) (nullable): a line of the list
 */
void
cs_catch_up_item_free (CsCatchUpItem *item)
{
  if (item == NULL)
    return;
  g_clear_pointer (&item->planned, cs_planned_invoice_free);
  g_free (item->proposal_number);
  g_free (item->proposal_title);
  g_free (item->client_name);
  g_free (item);
}
