/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero.h"

#include "cs-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* xero-accounting.md 8.1, 9.1, 9.2 */
#define NAME_CHARACTERS_MAX 255
#define CONTACT_NUMBER_CHARACTERS_MAX 50
#define PHONE_CHARACTERS_MAX 50
#define INVOICE_NUMBER_CHARACTERS_MAX 255
#define DESCRIPTION_CHARACTERS_MAX 4000

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED, message);
  return FALSE;
}

static gboolean
is_text (const char *text, glong characters_max)
{
  return text != NULL && text[0] != '\0' && g_utf8_validate (text, -1, NULL)
         && g_utf8_strlen (text, -1) <= characters_max;
}

static void
set_text (CsJsonBuilder *builder, const char *member, const char *text)
{
  if (text != NULL && text[0] != '\0')
    cs_json_builder_set_string (builder, member, text);
}

static void
begin_document (CsJsonBuilder *builder, const char *list)
{
  cs_json_builder_begin_object (builder);
  cs_json_builder_name (builder, list);
  cs_json_builder_begin_array (builder);
  cs_json_builder_begin_object (builder);
}

static GBytes *
end_document (CsJsonBuilder *builder)
{
  cs_json_builder_end_object (builder);
  cs_json_builder_end_array (builder);
  cs_json_builder_end_object (builder);
  return cs_json_builder_end (builder);
}

/* "Mary Jane Watson": the last word is the family name; one word alone is a first name. */
static void
set_person (CsJsonBuilder *builder, const char *person)
{
  g_autofree char *name = g_strstrip (g_strdup (person != NULL ? person : ""));
  char *last = strrchr (name, ' ');

  if (last != NULL)
    *last++ = '\0';
  g_strchomp (name);
  set_text (builder, "FirstName", name);
  set_text (builder, "LastName", last);
}

static void
set_phone (CsJsonBuilder *builder, const char *phone)
{
  if (phone == NULL || phone[0] == '\0')
    return;
  cs_json_builder_name (builder, "Phones");
  cs_json_builder_begin_array (builder);
  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "PhoneType", "DEFAULT");
  cs_json_builder_set_string (builder, "PhoneNumber", phone);
  cs_json_builder_end_object (builder);
  cs_json_builder_end_array (builder);
}

static gboolean
check_client (const CsClient *client, GError **error)
{
  if (!is_text (client->name, NAME_CHARACTERS_MAX))
    return refuse (error,
                   _ ("Xero wants a client name of at most 255 characters. Shorten it and try again."));
  if (!is_text (client->number, CONTACT_NUMBER_CHARACTERS_MAX))
    return refuse (error, _ ("The client has no number that Xero could keep. Give it one and try again."));
  if (client->phone != NULL && client->phone[0] != '\0' && !is_text (client->phone, PHONE_CHARACTERS_MAX))
    return refuse (error,
                   _ ("Xero wants a phone number of at most 50 characters. Shorten it and try again."));
  return TRUE;
}

/**
 * cs_xero_encode_contact:
 * @client: the client
 * @push_email: K-6
 * @error: what Xero would surely refuse
 *
 * The body of PUT /Contacts (xero-accounting.md 8.2): our number as ContactNumber, which only the API writes,
 * and no tax number ever.
 *
 * Returns: (transfer full) (nullable): the exact bytes
 */
GBytes *
cs_xero_encode_contact (const CsClient *client, gboolean push_email, GError **error)
{
  g_autoptr (CsJsonBuilder) builder = NULL;

  g_return_val_if_fail (client != NULL, NULL);

  if (!check_client (client, error))
    return NULL;
  builder = cs_json_builder_new ();
  begin_document (builder, "Contacts");
  cs_json_builder_set_string (builder, "ContactNumber", client->number);
  cs_json_builder_set_string (builder, "Name", client->name);
  set_person (builder, client->contact_name);
  if (push_email)
    set_text (builder, "EmailAddress", client->email);
  set_phone (builder, client->phone);
  return end_document (builder);
}

/* A bad id is a 500 at Xero, not a refusal (section 15). */
static gboolean
check_ids (const CsPlannedInvoice *invoice)
{
  if (*invoice->theme_id != '\0' && !g_uuid_string_is_valid (invoice->theme_id))
    return FALSE;
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const CsPlannedLine *line = g_ptr_array_index (invoice->lines, i);
      g_autoptr (GArray) tracking = cs_shape_tracking_parse (line->tracking);

      for (guint j = 0; j < tracking->len; j++)
        if (!g_uuid_string_is_valid (g_array_index (tracking, CsShapeTracking, j).category_id)
            || !g_uuid_string_is_valid (g_array_index (tracking, CsShapeTracking, j).option_id))
          return FALSE;
      if (tracking->len > CS_SHAPE_TRACKING_MAX)
        return FALSE;
    }
  return TRUE;
}

/* Printable ASCII (9.1), and no comma: InvoiceNumbers= is a list by comma, and what can't be looked up can't
 * be probed. */
static gboolean
is_invoice_number (const char *number)
{
  gsize length = number != NULL ? strlen (number) : 0;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (number[i]) || number[i] == ',')
      return FALSE;
  return length > 0 && length <= INVOICE_NUMBER_CHARACTERS_MAX && number[0] != ' '
         && number[length - 1] != ' ';
}

static gboolean
check_invoice (const CsPlannedInvoice *invoice, const char *number, const char *contact_id, GError **error)
{
  if (!is_invoice_number (number))
    return refuse (
        error, _ ("The invoice has no number that Xero takes: plain letters, digits and signs, no comma."));
  /* A bad id is a 500 at Xero, not a refusal (section 15). */
  if (!g_uuid_string_is_valid (contact_id != NULL ? contact_id : ""))
    return refuse (error, _ ("The client isn’t linked to a contact in Xero yet. Link it and try again."));
  if (!cs_date_is_set (invoice->date) || (invoice->authorise && !cs_date_is_set (invoice->due)))
    return refuse (error, _ ("The invoice has no date, or no due date. Set it and try again."));
  if (invoice->lines == NULL || invoice->lines->len == 0)
    return refuse (error, _ ("The invoice has no lines."));
  if (!check_ids (invoice))
    return refuse (error, _ ("The invoice names a branding theme or a tracking option that Xero can’t have. "
                             "Choose it again in the settings of the client or of the practice."));
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const CsPlannedLine *line = g_ptr_array_index (invoice->lines, i);

      if (!is_text (line->description, DESCRIPTION_CHARACTERS_MAX))
        return refuse (error, _ ("Each line needs a description of at most 4,000 characters."));
    }
  return TRUE;
}

/* By the ids of category and option, which renaming them at Xero does not change (9.2). */
static void
write_tracking (CsJsonBuilder *builder, const char *text)
{
  g_autoptr (GArray) tracking = cs_shape_tracking_parse (text);

  if (tracking->len == 0)
    return;
  cs_json_builder_name (builder, "Tracking");
  cs_json_builder_begin_array (builder);
  for (guint i = 0; i < tracking->len; i++)
    {
      const CsShapeTracking *one = &g_array_index (tracking, CsShapeTracking, i);

      cs_json_builder_begin_object (builder);
      cs_json_builder_set_string (builder, "TrackingCategoryID", one->category_id);
      cs_json_builder_set_string (builder, "TrackingOptionID", one->option_id);
      cs_json_builder_end_object (builder);
    }
  cs_json_builder_end_array (builder);
}

/* No LineAmount, no TaxAmount: Xero computes, and the result is compared (6.5). */
static void
write_line (CsJsonBuilder *builder, const CsPlannedLine *line)
{
  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "Description", line->description);
  cs_json_builder_set_decimal (builder, "Quantity", line->quantity);
  cs_json_builder_set_decimal (builder, "UnitAmount", line->unit_price);
  set_text (builder, "AccountCode", line->account_code);
  set_text (builder, "TaxType", line->tax_type);
  write_tracking (builder, line->tracking);
  cs_json_builder_end_object (builder);
}

static void
write_head (CsJsonBuilder *builder,
            const CsPlannedInvoice *invoice,
            const char *number,
            const char *contact_id)
{
  g_autofree char *date = cs_date_to_string (invoice->date);
  g_autofree char *due = cs_date_to_string (invoice->due);

  cs_json_builder_set_string (builder, "Type", "ACCREC");
  /* The id and nothing else: any further member may create or change a contact (8.4) [U-05]. */
  cs_json_builder_name (builder, "Contact");
  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "ContactID", contact_id);
  cs_json_builder_end_object (builder);
  cs_json_builder_set_string (builder, "InvoiceNumber", number);
  set_text (builder, "Reference", invoice->reference);
  cs_json_builder_set_string (builder, "Date", date);
  set_text (builder, "DueDate", due);
  cs_json_builder_set_string (builder, "LineAmountTypes", cs_tax_mode_to_string (invoice->tax_mode));
  set_text (builder, "CurrencyCode", invoice->currency.code);
  set_text (builder, "BrandingThemeID", invoice->theme_id);
  cs_json_builder_set_string (builder, "Status", invoice->authorise ? "AUTHORISED" : "DRAFT");
}

/**
 * cs_xero_encode_invoice:
 * @invoice: what is billed
 * @number: our own number
 * @contact_id: whom
 * @error: what Xero would surely refuse
 *
 * The body of PUT /Invoices (xero-accounting.md 9.3): no totals.
 *
 * Returns: (transfer full) (nullable): the exact bytes
 */
GBytes *
cs_xero_encode_invoice (const CsPlannedInvoice *invoice,
                        const char *number,
                        const char *contact_id,
                        GError **error)
{
  g_autoptr (CsJsonBuilder) builder = NULL;

  g_return_val_if_fail (invoice != NULL, NULL);

  if (!check_invoice (invoice, number, contact_id, error))
    return NULL;
  builder = cs_json_builder_new ();
  begin_document (builder, "Invoices");
  write_head (builder, invoice, number, contact_id);
  cs_json_builder_name (builder, "LineItems");
  cs_json_builder_begin_array (builder);
  for (guint i = 0; i < invoice->lines->len; i++)
    write_line (builder, g_ptr_array_index (invoice->lines, i));
  cs_json_builder_end_array (builder);
  return end_document (builder);
}
