/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-state.h"

#include "sandbox-json.h"
#include "sandbox-notes.h"

/* An organisation's records as the state file has them. */

static void
save_texts (SandboxJson *json, const SandboxTextRule *rules, char *const *texts, guint n)
{
  for (guint i = 0; i < n; i++)
    sandbox_json_string (json, rules[i].name, texts[i]);
}

static void
save_contact (gconstpointer record, SandboxJson *json)
{
  const SandboxContact *contact = record;

  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", contact->id);
  save_texts (json, sandbox_contact_texts, contact->text, SANDBOX_CONTACT_TEXTS);
  sandbox_json_open (json, "addresses", '[');
  for (guint i = 0; i < SANDBOX_ADDRESSES; i++)
    {
      sandbox_json_open (json, NULL, '{');
      save_texts (json, sandbox_address_texts, contact->address[i], SANDBOX_ADDRESS_TEXTS);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "phones", '[');
  for (guint i = 0; i < SANDBOX_PHONES; i++)
    {
      sandbox_json_open (json, NULL, '{');
      save_texts (json, sandbox_phone_texts, contact->phone[i], SANDBOX_PHONE_TEXTS);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_open (json, "persons", '[');
  for (guint i = 0; i < contact->persons->len; i++)
    {
      const SandboxPerson *person = contact->persons->pdata[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "first_name", person->first_name);
      sandbox_json_string (json, "last_name", person->last_name);
      sandbox_json_string (json, "email", person->email);
      sandbox_json_bool (json, "include_in_emails", person->include_in_emails);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_string (json, "merged_to", contact->merged_to);
  sandbox_json_string (json, "created_by", contact->created_by);
  sandbox_json_bool (json, "archived", contact->archived);
  sandbox_json_bool (json, "customer", contact->customer);
  sandbox_json_integer (json, "updated", contact->updated_ms);
  sandbox_json_close (json, '}');
}

static void
save_line (const SandboxLine *line, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", line->id);
  sandbox_json_string (json, "description", line->description);
  sandbox_json_string (json, "item", line->item_code);
  sandbox_json_string (json, "account", line->account_code);
  sandbox_json_string (json, "tax_type", line->tax_type);
  sandbox_json_string (json, "tracking", line->tracking);
  sandbox_json_integer (json, "quantity", line->quantity);
  sandbox_json_integer (json, "unit_amount", line->unit_amount);
  sandbox_json_integer (json, "discount_rate", line->discount_rate);
  sandbox_json_integer (json, "discount_amount", line->discount_amount);
  sandbox_json_integer (json, "amount", line->amount);
  sandbox_json_integer (json, "tax", line->tax_amount);
  sandbox_json_close (json, '}');
}

static void
save_document (gconstpointer record, SandboxJson *json)
{
  const SandboxInvoice *invoice = record;

  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", invoice->id);
  sandbox_json_integer (json, "kind", invoice->kind);
  sandbox_json_string (json, "number", invoice->number);
  sandbox_json_string (json, "reference", invoice->reference);
  sandbox_json_string (json, "url", invoice->url);
  sandbox_json_string (json, "theme", invoice->theme_id);
  sandbox_json_string (json, "currency", invoice->currency);
  sandbox_json_string (json, "currency_rate", invoice->currency_rate);
  sandbox_json_string (json, "contact", invoice->contact->id);
  sandbox_json_string (json, "created_by", invoice->created_by);
  sandbox_json_bool (json, "bill", invoice->bill);
  sandbox_json_bool (json, "sent", invoice->sent);
  sandbox_json_integer (json, "amounts", invoice->amounts);
  sandbox_json_integer (json, "status", invoice->status);
  sandbox_json_integer (json, "day", invoice->day);
  sandbox_json_integer (json, "due_day", invoice->due_day);
  sandbox_json_integer (json, "paid_day", invoice->paid_day);
  sandbox_json_integer (json, "updated", invoice->updated_ms);
  sandbox_json_open (json, "lines", '[');
  for (guint i = 0; i < invoice->lines->len; i++)
    save_line (invoice->lines->pdata[i], json);
  sandbox_json_close (json, ']');
  sandbox_json_close (json, '}');
}

static void
save_payment (gconstpointer record, SandboxJson *json)
{
  const SandboxPayment *payment = record;

  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", payment->id);
  sandbox_json_string (json, "reference", payment->reference);
  sandbox_json_string (json, "account", payment->account_code);
  sandbox_json_string (json, "invoice", payment->invoice->id);
  sandbox_json_integer (json, "kind", payment->invoice->kind);
  sandbox_json_integer (json, "day", payment->day);
  sandbox_json_integer (json, "amount", payment->amount);
  sandbox_json_bool (json, "deleted", payment->deleted);
  sandbox_json_bool (json, "reconciled", payment->reconciled);
  sandbox_json_integer (json, "updated", payment->updated_ms);
  sandbox_json_close (json, '}');
}

static void
save_allocation (gconstpointer record, SandboxJson *json)
{
  const SandboxAllocation *allocation = record;

  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", allocation->id);
  sandbox_json_integer (json, "kind", allocation->credit->kind);
  sandbox_json_string (json, "credit", allocation->credit->id);
  sandbox_json_string (json, "invoice", allocation->invoice->id);
  sandbox_json_integer (json, "day", allocation->day);
  sandbox_json_integer (json, "amount", allocation->amount);
  sandbox_json_bool (json, "deleted", allocation->deleted);
  sandbox_json_close (json, '}');
}

static void
save_note (gconstpointer record, SandboxJson *json)
{
  const SandboxNote *note = record;

  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "of", note->record_id);
  sandbox_json_integer (json, "at", note->at_ms);
  sandbox_json_string (json, "details", note->details);
  sandbox_json_close (json, '}');
}

typedef void (*Save) (gconstpointer record, SandboxJson *json);

/* In this order each finds what it points at when it is loaded. */
static const struct
{
  const char *member;
  Save save;
} lists[SANDBOX_LISTS] = {
  [SANDBOX_LIST_CONTACTS] = { "contacts", save_contact },
  [SANDBOX_LIST_INVOICES] = { "invoices", save_document },
  [SANDBOX_LIST_CREDIT_NOTES] = { "credit_notes", save_document },
  [SANDBOX_LIST_PREPAYMENTS] = { "prepayments", save_document },
  [SANDBOX_LIST_OVERPAYMENTS] = { "overpayments", save_document },
  [SANDBOX_LIST_PAYMENTS] = { "payments", save_payment },
  [SANDBOX_LIST_ALLOCATIONS] = { "allocations", save_allocation },
};

static void
save_list (SandboxOrganisation *organisation, SandboxList list, gboolean everything, SandboxJson *json)
{
  GPtrArray *rows = everything ? organisation->records[list] : organisation->pending[list];

  sandbox_json_open (json, lists[list].member, '[');
  for (guint i = 0; i < rows->len; i++)
    {
      const SandboxRecord *record = rows->pdata[i];

      if (record->kept)
        lists[list].save (record, json);
    }
  sandbox_json_close (json, ']');
}

static void
save_notes (SandboxOrganisation *organisation, gboolean everything, SandboxJson *json)
{
  GHashTableIter iter;
  gpointer value;

  sandbox_json_open (json, "notes", '[');
  if (everything)
    {
      g_hash_table_iter_init (&iter, organisation->notes);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        for (guint i = 0; i < ((GPtrArray *)value)->len; i++)
          save_note (((GPtrArray *)value)->pdata[i], json);
    }
  else
    for (guint i = 0; i < organisation->pending_notes->len; i++)
      save_note (organisation->pending_notes->pdata[i], json);
  sandbox_json_close (json, ']');
}

static gboolean
has_changes (SandboxOrganisation *organisation)
{
  gboolean changed = organisation->changed || organisation->pending_notes->len > 0;

  for (guint i = 0; i < SANDBOX_LISTS; i++)
    changed |= organisation->pending[i]->len > 0;
  return changed;
}

/* Whole each time: it is short, and what was restored must go. */
static void
save_gone (const SandboxOrganisation *organisation, SandboxJson *json)
{
  GHashTableIter iter;
  gpointer key;

  sandbox_json_open (json, "gone", '[');
  g_hash_table_iter_init (&iter, organisation->gone);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    sandbox_json_string (json, NULL, key);
  sandbox_json_close (json, ']');
}

/* All that differs from the seed, or what has changed since the last time. */
void
sandbox_state_write_organisation (SandboxOrganisation *organisation, gboolean everything, SandboxJson *json)
{
  if (!everything && !has_changes (organisation))
    return;
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "id", organisation->id);
  sandbox_json_integer (json, "lock_day", organisation->lock_day);
  sandbox_json_integer (json, "year_end_day", organisation->year_end_day);
  sandbox_json_integer (json, "denied", organisation->denied);
  sandbox_json_integer (json, "next_number", organisation->next_number);
  sandbox_json_integer (json, "next_credit", organisation->next_credit);
  save_gone (organisation, json);
  for (guint i = 0; i < SANDBOX_LISTS; i++)
    save_list (organisation, i, everything, json);
  save_notes (organisation, everything, json);
  sandbox_json_close (json, '}');
}

/* What was written is no longer owed. */
void
sandbox_state_forget_changes (SandboxOrganisation *organisation)
{
  for (guint i = 0; i < SANDBOX_LISTS; i++)
    {
      for (guint j = 0; j < organisation->pending[i]->len; j++)
        ((SandboxRecord *)organisation->pending[i]->pdata[j])->pending = FALSE;
      g_ptr_array_set_size (organisation->pending[i], 0);
    }
  g_ptr_array_set_size (organisation->pending_notes, 0);
  organisation->changed = FALSE;
}
