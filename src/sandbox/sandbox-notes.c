/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-notes.h"

#include "sandbox-errors.h"

#define DETAILS_MAX 2500

static void
note_free (gpointer data)
{
  SandboxNote *note = data;

  g_free (note->details);
  g_free (note);
}

SandboxNote *
sandbox_notes_add (SandboxOrganisation *organisation,
                   const char *record_id,
                   const char *details,
                   gint64 at_ms)
{
  GPtrArray *notes = g_hash_table_lookup (organisation->notes, record_id);
  SandboxNote *note = g_new0 (SandboxNote, 1);

  sandbox_id_copy (note->record_id, record_id);
  note->details = g_strdup (details);
  note->at_ms = at_ms;
  if (notes == NULL)
    {
      notes = g_ptr_array_new_with_free_func (note_free);
      g_hash_table_insert (organisation->notes, g_strdup (record_id), notes);
    }
  g_ptr_array_add (notes, note);
  g_ptr_array_add (organisation->pending_notes, note);
  return note;
}

/* The person is always the system, whoever sent it. */
static void
write_members (const SandboxCall *call, gconstpointer record, SandboxJson *json)
{
  const SandboxNote *note = record;
  g_autoptr (GString) text = g_string_new (NULL);

  sandbox_instant_append (text, note->at_ms);
  sandbox_json_string (json, "Changes", "Note");
  sandbox_json_string (json, "DateUTCString", text->str);
  sandbox_json_instant (json, "DateUTC", note->at_ms, "+0000");
  sandbox_json_string (json, "User", "System Generated");
  sandbox_json_string (json, "Details", note->details);
}

static void
apply_note (const SandboxCall *call, yyjson_val *element, SandboxOutcome *outcome)
{
  const char *details = sandbox_json_get_text (element, "Details");
  const SandboxRecord *record = call->target;

  if (details == NULL || *details == '\0')
    sandbox_outcome_refuse (outcome, "Details must be specified.");
  else if (g_utf8_strlen (details, -1) > DETAILS_MAX)
    sandbox_outcome_refuse (outcome, "Details must not be more than %d characters.", DETAILS_MAX);
  else
    outcome->record = sandbox_notes_add (call->organisation, record->id, details, sandbox_call_now_ms (call));
}

/* What the seed made was made by people: they have left their traces. */
static void
write_trace (SandboxJson *json, const char *change, int day, int hour, const char *details)
{
  gint64 at_ms = day * SANDBOX_DAY_MS + hour * G_GINT64_CONSTANT (3600000);
  g_autoptr (GString) text = g_string_new (NULL);

  sandbox_instant_append (text, at_ms);
  sandbox_json_open (json, NULL, '{');
  sandbox_json_string (json, "Changes", change);
  sandbox_json_string (json, "DateUTCString", text->str);
  sandbox_json_instant (json, "DateUTC", at_ms, "+0000");
  sandbox_json_string (json, "User", "Mia Example");
  sandbox_json_string (json, "Details", details);
  sandbox_json_close (json, '}');
}

static void
write_traces (SandboxJson *json, const SandboxInvoice *invoice)
{
  for (guint i = invoice->payments->len; i > 0; i--)
    {
      const SandboxPayment *payment = invoice->payments->pdata[i - 1];
      g_autoptr (GString) words = g_string_new ("Payment received: ");

      sandbox_decimal_append (words, payment->amount, SANDBOX_MONEY_PLACES);
      if (!payment->deleted)
        write_trace (json, "Paid", payment->day, 3, words->str);
    }
  if (invoice->status != SANDBOX_STATUS_DRAFT && invoice->status != SANDBOX_STATUS_SUBMITTED)
    write_trace (json, "Approved", invoice->day, 2, invoice->number != NULL ? invoice->number : "");
  write_trace (json, "Created", invoice->day, 1, invoice->number != NULL ? invoice->number : "");
}

static void
get_notes (const SandboxCall *call, const char *record_id, const SandboxInvoice *invoice)
{
  GPtrArray *notes = g_hash_table_lookup (call->organisation->notes, record_id);
  g_auto (SandboxJson) json = { NULL };

  sandbox_json_init (&json);
  sandbox_call_open_envelope (call, &json);
  sandbox_json_open (&json, "HistoryRecords", '[');
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      sandbox_json_open (&json, NULL, '{');
      write_members (call, notes->pdata[notes->len - 1 - i], &json); /* the newest first */
      sandbox_json_close (&json, '}');
    }
  if (invoice != NULL && invoice->created_by == NULL)
    write_traces (&json, invoice);
  sandbox_json_close (&json, ']');
  sandbox_json_close (&json, '}');
  sandbox_reply_json (call->reply, SOUP_STATUS_OK, &json);
}

/* GET and PUT alone. */
static void
serve (const SandboxCall *call, const char *record_id, const SandboxInvoice *invoice)
{
  SandboxRecord record = { .kept = FALSE };
  SandboxCall about = *call;

  sandbox_id_copy (record.id, record_id);
  about.target = &record;
  if (sandbox_request_is (call->request, "GET"))
    get_notes (call, record_id, invoice);
  else if (sandbox_request_is (call->request, "PUT"))
    sandbox_write_elements (&about, "HistoryRecords", apply_note, write_members);
  else
    sandbox_reply_not_implemented (call->reply);
}

void
sandbox_notes_serve (const SandboxCall *call, const char *record_id)
{
  serve (call, record_id, NULL);
}

void
sandbox_notes_serve_invoice (const SandboxCall *call, const SandboxInvoice *invoice)
{
  serve (call, invoice->id, invoice);
}
