/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-control.h"

#include "sandbox-actions.h"
#include "sandbox-payments.h"
#include "sandbox-rounding.h"

/* What happens in the ledger without the API: somebody pays, a bookkeeper archives, a period is closed. */

static SandboxOrganisation *
choose_organisation (SandboxWorld *world, yyjson_val *root)
{
  const char *id = sandbox_json_get_text (root, "organisation");

  return id != NULL ? sandbox_world_organisation (world, id) : world->organisations->pdata[0];
}

void
sandbox_control_payment (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  SandboxOrganisation *organisation = choose_organisation (world, root);
  const char *number = sandbox_json_get_text (root, "invoice");
  SandboxInvoice *invoice
      = organisation != NULL ? sandbox_organisation_invoice_by_number (organisation, number) : NULL;
  int day = sandbox_clock_today (&world->clock);
  gint64 amount;

  if (invoice == NULL || invoice->status != SANDBOX_STATUS_AUTHORISED)
    sandbox_control_refuse (reply, SOUP_STATUS_NOT_FOUND, "No approved, unpaid invoice of that number");
  else if (!sandbox_decimal_parse (sandbox_json_get_text (root, "amount"), SANDBOX_MONEY_PLACES, &amount)
           || amount <= 0 || amount > sandbox_invoice_due (invoice))
    sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST,
                            "Payment amount exceeds the amount outstanding on this document");
  else if (sandbox_json_get_text (root, "date") != NULL
           && !sandbox_day_parse (sandbox_json_get_text (root, "date"), &day))
    sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST, "date must be YYYY-MM-DD");
  else
    {
      sandbox_payment_take (organisation, invoice, amount, day, sandbox_clock_now_ms (&world->clock));
      sandbox_control_confirm (reply);
      reply->changed = TRUE;
    }
}

static SandboxContact *
find_contact (SandboxWorld *world, const char *id, SandboxOrganisation **organisation)
{
  SandboxContact *contact = NULL;

  for (guint i = 0; contact == NULL && i < world->organisations->len; i++)
    {
      *organisation = world->organisations->pdata[i];
      contact = sandbox_organisation_contact (*organisation, id);
    }
  return contact;
}

/* The loser is archived and names the winner, to whom its documents go (xero-accounting 8.5). */
static void
merge (SandboxWorld *world,
       SandboxOrganisation *organisation,
       SandboxContact *loser,
       SandboxContact *winner,
       gint64 now_ms)
{
  loser->archived = TRUE;
  g_set_str (&loser->merged_to, winner->id);
  for (guint i = SANDBOX_LIST_INVOICES; i <= SANDBOX_LIST_OVERPAYMENTS; i++)
    for (guint j = 0; j < organisation->records[i]->len; j++)
      {
        SandboxInvoice *document = organisation->records[i]->pdata[j];

        if (document->contact != loser)
          continue;
        document->contact = winner;
        if (world->assumptions[SANDBOX_ASSUME_MERGE_TOUCHES_INVOICES])
          document->updated_ms = now_ms;
        sandbox_organisation_touch (organisation, document->kind, document);
      }
  winner->updated_ms = now_ms;
  sandbox_organisation_touch (organisation, SANDBOX_LIST_CONTACTS, winner);
}

/* contacts/{id}/archive, …/restore and …/merge, as in Xero's own screens */
void
sandbox_control_contact (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  g_auto (GStrv) parts = g_strsplit (rest, "/", 2);
  SandboxOrganisation *organisation = NULL;
  SandboxContact *contact = find_contact (world, parts[0], &organisation);
  SandboxContact *winner = NULL;
  gboolean merges = g_strcmp0 (parts[1], "merge") == 0;
  gboolean archives = g_strcmp0 (parts[1], "archive") == 0;

  if (merges && contact != NULL)
    winner = sandbox_organisation_contact (organisation, sandbox_json_get_text (root, "into"));
  if (contact == NULL || winner == contact
      || (merges ? winner == NULL : !archives && g_strcmp0 (parts[1], "restore") != 0))
    {
      sandbox_reply_not_found (reply);
      return;
    }
  if (merges)
    merge (world, organisation, contact, winner, sandbox_clock_now_ms (&world->clock));
  else
    contact->archived = archives;
  contact->updated_ms = sandbox_clock_now_ms (&world->clock);
  sandbox_organisation_touch (organisation, SANDBOX_LIST_CONTACTS, contact);
  sandbox_control_confirm (reply);
  reply->changed = TRUE;
}

/* TRUE with no day for null or nothing. */
static gboolean
read_lock (yyjson_val *root, const char *name, int *day)
{
  const char *date = sandbox_json_get_text (root, name);

  *day = SANDBOX_NO_DAY;
  return date == NULL || sandbox_day_parse (date, day);
}

void
sandbox_control_organisation (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  SandboxOrganisation *organisation = choose_organisation (world, root);
  int lock_day, year_end_day;

  if (organisation == NULL || !read_lock (root, "period_lock_date", &lock_day)
      || !read_lock (root, "end_of_year_lock_date", &year_end_day))
    {
      sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST,
                              "period_lock_date and end_of_year_lock_date must be YYYY-MM-DD or null");
      return;
    }
  if (sandbox_json_get (root, "period_lock_date") != NULL)
    organisation->lock_day = lock_day;
  if (sandbox_json_get (root, "end_of_year_lock_date") != NULL)
    organisation->year_end_day = year_end_day;
  organisation->changed = reply->changed = TRUE;
  sandbox_control_confirm (reply);
}

/* settings/account/CODE/archive, …/theme/NAME/…, …/tracking/NAME/…, …/option/NAME/…; and …/restore */
void
sandbox_control_setting (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  static const char *const kinds[] = { "account", "theme", "tracking", "option", NULL };
  g_auto (GStrv) parts = g_strsplit (rest, "/", 3);
  SandboxOrganisation *organisation = choose_organisation (world, root);
  g_autofree char *key = NULL;

  if (organisation == NULL || g_strv_length (parts) != 3 || !g_strv_contains (kinds, parts[0])
      || (!g_str_equal (parts[2], "archive") && !g_str_equal (parts[2], "restore")))
    {
      sandbox_reply_not_found (reply);
      return;
    }
  key = g_strconcat (parts[0], "/", parts[1], NULL);
  sandbox_organisation_set_gone (organisation, key, g_str_equal (parts[2], "archive"));
  sandbox_control_confirm (reply);
  reply->changed = TRUE;
}

/* The tax of its first line, as Xero's screens let a person do; its total follows. */
static void
correct (SandboxOrganisation *organisation, SandboxInvoice *invoice, int cents, gint64 now_ms)
{
  SandboxLine *line = invoice->lines->pdata[0];

  line->tax_amount += cents;
  sandbox_invoice_sum (invoice);
  invoice->updated_ms = now_ms;
  sandbox_organisation_touch (organisation, invoice->kind, invoice);
}

void
sandbox_control_correct_newest (SandboxWorld *world, const char *tenant, int cents)
{
  SandboxOrganisation *organisation = sandbox_world_organisation (world, tenant);
  GPtrArray *invoices = organisation != NULL ? organisation->records[SANDBOX_LIST_INVOICES] : NULL;

  if (invoices != NULL && invoices->len > 0)
    correct (organisation, invoices->pdata[invoices->len - 1], cents, sandbox_clock_now_ms (&world->clock));
}

/* What else a bookkeeper does to an invoice that is there; FALSE: nothing of it was asked for. */
static gboolean
change_invoice (SandboxWorld *world,
                SandboxOrganisation *organisation,
                SandboxInvoice *invoice,
                yyjson_val *root)
{
  gint64 now_ms = sandbox_clock_now_ms (&world->clock);

  if (invoice == NULL)
    return FALSE;
  if (sandbox_json_get (root, "correct") != NULL)
    correct (organisation, invoice, (int)sandbox_json_get_integer (root, "correct", 0), now_ms);
  else if (yyjson_get_bool (sandbox_json_get (root, "void")))
    {
      invoice->status = SANDBOX_STATUS_VOIDED;
      invoice->updated_ms = now_ms;
      sandbox_organisation_touch (organisation, invoice->kind, invoice);
    }
  else
    return FALSE;
  return TRUE;
}

/* {"invoice":"INV-0001","number":"CS-0001"}: a bookkeeper gives an invoice another number; {…,"correct":5}:
 * or another tax, by so many cents; {…,"void":true}: or voids it. */
void
sandbox_control_invoice (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  SandboxOrganisation *organisation = choose_organisation (world, root);
  const char *number = sandbox_json_get_text (root, "number");
  SandboxInvoice *invoice
      = organisation != NULL
            ? sandbox_organisation_invoice_by_number (organisation, sandbox_json_get_text (root, "invoice"))
            : NULL;

  if (change_invoice (world, organisation, invoice, root))
    {
      sandbox_control_confirm (reply);
      reply->changed = TRUE;
      return;
    }
  if (invoice == NULL || number == NULL
      || sandbox_organisation_invoice_by_number (organisation, number) != NULL)
    {
      sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST, "invoice must be there, number must be free");
      return;
    }
  g_set_str (&invoice->number, number);
  invoice->updated_ms = sandbox_clock_now_ms (&world->clock);
  sandbox_organisation_touch (organisation, invoice->kind, invoice);
  sandbox_organisation_renumbered (organisation);
  sandbox_control_confirm (reply);
  reply->changed = TRUE;
}

/* {"ViewInvoices":false,…}: what the signed-in person may do, by the names of Organisation/Actions. */
void
sandbox_control_rights (SandboxWorld *world, yyjson_val *root, const char *rest, SandboxReply *reply)
{
  SandboxOrganisation *organisation = choose_organisation (world, root);
  guint denied = organisation != NULL ? organisation->denied : 0;
  size_t i, n;
  yyjson_val *name, *value;

  yyjson_obj_foreach (root, i, n, name, value)
  {
    int action = sandbox_name_index (sandbox_action_names, yyjson_get_str (name));

    if (g_str_equal (yyjson_get_str (name), "organisation"))
      continue;
    if (action < 0 || !yyjson_is_bool (value) || organisation == NULL)
      {
        sandbox_control_refuse (reply, SOUP_STATUS_BAD_REQUEST,
                                "Names of Organisation/Actions, each true or false");
        return;
      }
    denied = yyjson_get_bool (value) ? denied & ~(1u << action) : denied | 1u << action;
  }
  if (organisation == NULL)
    {
      sandbox_reply_not_found (reply);
      return;
    }
  organisation->denied = denied;
  organisation->changed = reply->changed = TRUE;
  sandbox_control_confirm (reply);
}
