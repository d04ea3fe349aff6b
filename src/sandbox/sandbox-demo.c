/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-demo.h"

#include "sandbox-rounding.h"
#include "sandbox-settings.h"
#include "sandbox-settlement.h"

#include <gio/gio.h>
#include <string.h>

#define YEARS_DAYS 730
#define INVOICES_DEMO 400
#define INVOICES_SECOND 12
#define INVOICES_MAX 1000000

typedef struct
{
  SandboxOrganisation *organisation;
  GRand *random;
  const char *tax_type;
  const char *prefix;
  int today;
  guint n_invoices;
  guint64 scope; /* of the organisation and the seed; ids grow from it */
  const char *theme_id;
} Maker;

static guint
below (Maker *maker, guint limit)
{
  return (guint)g_rand_int_range (maker->random, 0, (gint32)limit);
}

static gboolean
chance (Maker *maker, guint percent)
{
  return below (maker, 100) < percent;
}

/* SplitMix64: enough for ids that only must differ, and a hundred times faster than a digest. */
static guint64
mix (guint64 value)
{
  value += 0x9e3779b97f4a7c15u;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

/* Of the shape of a version 4 UUID. */
static void
spell_id (const guint64 halves[2], char id[SANDBOX_ID_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  char *out = id;

  for (guint i = 0; i < 32; i++)
    {
      guint nibble = (guint)(halves[i / 16] >> (60 - 4 * (i % 16))) & 15;

      if (i == 8 || i == 12 || i == 16 || i == 20)
        *out++ = '-';
      *out++ = i == 12 ? '4' : digits[i == 16 ? 8 + nibble % 4 : nibble];
    }
  *out = '\0';
}

void
sandbox_demo_random_id (GRand *random, char id[SANDBOX_ID_SIZE])
{
  guint64 first = (guint64)g_rand_int (random) << 32 | g_rand_int (random);

  spell_id ((guint64[]){ mix (first), mix (first + 1) }, id);
}

/* The same for the same seed, organisation, kind and number. */
static const char *
make_id (Maker *maker, char kind, guint64 number, char id[SANDBOX_ID_SIZE])
{
  guint64 first = mix (maker->scope ^ mix ((guint64)(guchar)kind << 56 ^ number));

  spell_id ((guint64[]){ first, mix (first) }, id);
  return id;
}

/* An instant on a day, at an hour when people work, never after now. */
static gint64
instant_on (Maker *maker, int day)
{
  gint64 ms = MIN (day, maker->today - 1) * SANDBOX_DAY_MS + (gint64)below (maker, 9 * 3600 * 1000);

  return ms + 20 * (gint64)3600000 - SANDBOX_DAY_MS / 2;
}

/* Letters and digits of ASCII; a name in another script gets its number. */
char *
sandbox_demo_email (const char *name, guint number)
{
  g_autoptr (GString) domain = g_string_new (NULL);

  for (const char *p = name; *p != '\0' && domain->len < 24; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (domain, g_ascii_tolower (*p));
  if (domain->len < 3)
    g_string_append_printf (domain, "client%u", number);
  return g_strdup_printf ("accounts@%s.example", domain->str);
}

static SandboxContact *
add_contact (Maker *maker, const SandboxDemoName *name, const char *full_name, guint number)
{
  char id[SANDBOX_ID_SIZE];
  SandboxContact *contact = sandbox_contact_new (make_id (maker, 'c', number, id));

  contact->text[SANDBOX_CONTACT_NAME] = g_strdup (full_name);
  contact->text[SANDBOX_CONTACT_FIRST_NAME] = g_strdup (name->first_name);
  contact->text[SANDBOX_CONTACT_LAST_NAME] = g_strdup (name->last_name);
  if (strstr (full_name, "No Email") == NULL)
    contact->text[SANDBOX_CONTACT_EMAIL] = sandbox_demo_email (full_name, number);
  if (number % 3 == 0)
    contact->text[SANDBOX_CONTACT_ACCOUNT_NUMBER] = g_strdup_printf ("AC%04u", number);
  contact->address[1][0] = g_strdup_printf ("PO Box %u", 100 + number * 7);
  contact->address[1][4] = g_strdup (name->city);
  contact->address[1][7]
      = g_strdup (g_str_equal (maker->organisation->settings->country, "NZ") ? "New Zealand" : "Australia");
  contact->phone[1][0] = g_strdup_printf ("555%04u", number);
  contact->phone[1][1] = g_strdup ("04");
  if (number % 4 == 0)
    g_ptr_array_add (contact->persons, sandbox_person_new ("Pat", name->last_name, NULL, FALSE));
  contact->updated_ms = instant_on (maker, maker->today - YEARS_DAYS - 30 + (int)number % 30);
  sandbox_organisation_add_contact (maker->organisation, contact);
  return contact;
}

/* The archived and the merged one get their state after the invoices, as in life. */
static void
add_contacts (Maker *maker, const SandboxDemoName *names, guint at_least)
{
  guint n_names = 0;

  for (; names[n_names].name != NULL; n_names++)
    add_contact (maker, &names[n_names], names[n_names].name, n_names);
  for (guint i = n_names; i < at_least; i++)
    {
      const SandboxDemoName *name = &names[i % n_names];
      g_autofree char *full_name = g_strdup_printf ("%s %s Holdings %u", name->city, name->last_name, i);

      add_contact (maker, name, full_name, i);
    }
}

static void
add_line (Maker *maker, SandboxInvoice *invoice, guint number)
{
  const SandboxDemoService *service = &sandbox_demo_services[below (maker, sandbox_demo_n_services)];
  char id[SANDBOX_ID_SIZE];
  SandboxLine *line = sandbox_line_new (make_id (maker, 'l', number, id));
  gboolean has_account = sandbox_organisation_account (maker->organisation, service->account_code) != NULL;

  sandbox_line_describe (line, service->description);
  line->account_code = has_account ? service->account_code : "200";
  line->tax_type = maker->tax_type;
  line->unit_amount = service->unit_price;
  line->quantity = 10000 * (1 + (gint64)below (maker, (guint)service->quantity_max));
  if (service->quantity_max > 2 && chance (maker, 25))
    line->quantity += 2500 * (gint64)(1 + below (maker, 3));
  if (chance (maker, 6))
    line->discount_rate = 100000;
  if (service->quantity_max == 1 && chance (maker, 4))
    line->tax_type = "EXEMPTOUTPUT";
  g_ptr_array_add (invoice->lines, line);
}

static void
pay (Maker *maker, SandboxInvoice *invoice, gint64 amount, int day, guint number)
{
  char id[SANDBOX_ID_SIZE];
  SandboxPayment *payment = sandbox_payment_new (make_id (maker, 'p', number, id));

  payment->account_code = "090";
  payment->reference = chance (maker, 50) ? g_strdup (invoice->number) : NULL;
  payment->invoice = invoice;
  payment->day = MIN (day, maker->today);
  payment->amount = amount;
  payment->reconciled = TRUE;
  payment->updated_ms = instant_on (maker, payment->day);
  invoice->updated_ms = MAX (invoice->updated_ms, payment->updated_ms);
  sandbox_settlement_add_payment (maker->organisation, payment);
}

/* One to three payments; all of what is due, or a part. */
static void
pay_in_parts (Maker *maker, SandboxInvoice *invoice, gboolean whole, guint number)
{
  guint parts = whole && chance (maker, 85) ? 1 : 1 + below (maker, 3);
  gint64 due = sandbox_invoice_due (invoice);
  int day = invoice->day + 5 + (int)below (maker, 30);

  for (guint i = 0; i < parts && due > 1; i++)
    {
      gint64 rest = sandbox_invoice_due (invoice);
      gint64 amount = whole && i + 1 == parts ? rest : MAX (1, due * (gint64)(20 + below (maker, 10)) / 100);

      pay (maker, invoice, amount, day, number * 4 + i);
      day += 4 + (int)below (maker, 12);
    }
  sandbox_settlement_settle (invoice, MIN (day, maker->today));
}

/* A credit document of one line for the invoice's contact, of which `used` goes to the invoice; the rest
 * stays as remaining credit (xero-accounting 10.4). */
static void
credit (Maker *maker, SandboxInvoice *invoice, SandboxList kind, gint64 total, gint64 used, guint number)
{
  char id[SANDBOX_ID_SIZE];
  SandboxInvoice *document = sandbox_invoice_new (make_id (maker, (char)('A' + kind), number, id));
  SandboxLine *line = sandbox_line_new (make_id (maker, 'L', number, id));
  SandboxAllocation *allocation = sandbox_allocation_new (make_id (maker, 'a', number, id));
  int day = MIN (invoice->day + 10, maker->today);

  document->kind = kind;
  document->contact = invoice->contact;
  document->number = kind == SANDBOX_LIST_CREDIT_NOTES ? g_strdup_printf ("CN-%04u", number) : NULL;
  document->theme_id = maker->theme_id;
  document->currency = invoice->currency;
  document->currency_rate = invoice->currency_rate;
  document->status = SANDBOX_STATUS_AUTHORISED;
  document->amounts = SANDBOX_AMOUNTS_NO_TAX;
  document->day = allocation->day = day;
  sandbox_line_describe (line, kind == SANDBOX_LIST_CREDIT_NOTES ? "Credit" : "Paid in advance");
  line->account_code = kind == SANDBOX_LIST_CREDIT_NOTES ? "200" : "610";
  line->tax_type = "NONE";
  line->quantity = 10000;
  line->unit_amount = total * 100;
  g_ptr_array_add (document->lines, line);
  sandbox_invoice_count (document, maker->organisation);
  document->updated_ms = instant_on (maker, day);
  sandbox_organisation_add_invoice (maker->organisation, document);
  allocation->credit = document;
  allocation->invoice = invoice;
  allocation->amount = used;
  sandbox_settlement_add_allocation (maker->organisation, allocation);
  sandbox_settlement_settle (document, day);
  invoice->updated_ms = MAX (invoice->updated_ms, document->updated_ms);
  sandbox_settlement_settle (invoice, day);
}

/* What was credited: a part, all of it, or from a deposit that is not used up. */
static void
credit_some (Maker *maker, SandboxInvoice *invoice, guint number)
{
  gint64 due = sandbox_invoice_due (invoice);
  gint64 part = MIN (5000, due / 2);

  if (part <= 0)
    return;
  if (number % 131 == 7)
    credit (maker, invoice, SANDBOX_LIST_CREDIT_NOTES, due, due, number);
  else if (number % 37 == 5)
    credit (maker, invoice, SANDBOX_LIST_CREDIT_NOTES, part, part, number);
  else if (number % 61 == 9)
    credit (maker, invoice, SANDBOX_LIST_OVERPAYMENTS, part + 2500, part, number);
  else if (number % 89 == 13)
    credit (maker, invoice, SANDBOX_LIST_PREPAYMENTS, part + 10000, part, number);
}

/* Old invoices are mostly paid, young ones mostly open; the newest dozen show each state once more. */
static SandboxStatus
choose_status (Maker *maker, guint number, int age)
{
  static const SandboxStatus newest[]
      = { SANDBOX_STATUS_DRAFT,  SANDBOX_STATUS_SUBMITTED, SANDBOX_STATUS_AUTHORISED,
          SANDBOX_STATUS_VOIDED, SANDBOX_STATUS_DELETED,   SANDBOX_STATUS_PAID };
  guint die = below (maker, 100);

  if (maker->n_invoices - number < 12)
    return newest[number % G_N_ELEMENTS (newest)];
  if (die < 4)
    return SANDBOX_STATUS_VOIDED;
  if (die < 6)
    return SANDBOX_STATUS_DELETED;
  if (age > 60)
    return die < 95 ? SANDBOX_STATUS_PAID : SANDBOX_STATUS_AUTHORISED;
  if (die < 24)
    return age < 25 ? SANDBOX_STATUS_DRAFT : SANDBOX_STATUS_PAID;
  if (die < 34)
    return age < 25 ? SANDBOX_STATUS_SUBMITTED : SANDBOX_STATUS_PAID;
  return die < 60 ? SANDBOX_STATUS_PAID : SANDBOX_STATUS_AUTHORISED;
}

/* What happened to it after it was made. */
static void
live (Maker *maker, SandboxInvoice *invoice, SandboxStatus status, guint number)
{
  if (status != SANDBOX_STATUS_PAID && status != SANDBOX_STATUS_AUTHORISED)
    {
      invoice->status = status;
      return;
    }
  invoice->status = SANDBOX_STATUS_AUTHORISED;
  invoice->sent = TRUE;
  credit_some (maker, invoice, number);
  if (status == SANDBOX_STATUS_PAID)
    pay_in_parts (maker, invoice, TRUE, number);
  else if (chance (maker, 40))
    pay_in_parts (maker, invoice, FALSE, number);
}

static void
set_money (Maker *maker, SandboxInvoice *invoice, guint number)
{
  const SandboxSettings *settings = maker->organisation->settings;
  gboolean foreign = settings->second_currency != NULL && number % 53 == 11;

  invoice->currency = foreign ? settings->second_currency : settings->currency;
  invoice->currency_rate = foreign ? "0.920000" : "1.000000";
  invoice->amounts = number % 17 == 3 ? SANDBOX_AMOUNTS_INCLUSIVE : SANDBOX_AMOUNTS_EXCLUSIVE;
}

static void
add_invoice (Maker *maker, guint number)
{
  char id[SANDBOX_ID_SIZE];
  SandboxInvoice *invoice = sandbox_invoice_new (make_id (maker, 'i', number, id));
  int age = (int)((gint64)(maker->n_invoices - 1 - number) * YEARS_DAYS / maker->n_invoices);
  guint lines = chance (maker, 45) ? 1 : 1 + below (maker, 5);

  invoice->contact = maker->organisation->contacts->pdata[below (maker, maker->organisation->contacts->len)];
  invoice->number = g_strdup_printf ("%s%04u", maker->prefix, number + 1);
  invoice->reference = chance (maker, 60) ? g_strdup_printf ("PROP-%04u", 1000 + number / 3) : NULL;
  invoice->theme_id = maker->theme_id;
  invoice->day = maker->today - age;
  invoice->due_day = invoice->day + (chance (maker, 70) ? 20 : 14);
  invoice->updated_ms = instant_on (maker, invoice->day);
  set_money (maker, invoice, number);
  for (guint i = 0; i < lines; i++)
    add_line (maker, invoice, number * 8 + i);
  sandbox_invoice_count (invoice, maker->organisation);
  sandbox_organisation_add_invoice (maker->organisation, invoice);
  live (maker, invoice, choose_status (maker, number, age), number);
}

static void
archive (Maker *maker, const char *name, const char *winner_name)
{
  SandboxOrganisation *organisation = maker->organisation;
  SandboxContact *contact
      = sandbox_organisation_contact_by_text (organisation, SANDBOX_CONTACT_NAME, name, TRUE);
  SandboxContact *winner
      = winner_name != NULL
            ? sandbox_organisation_contact_by_text (organisation, SANDBOX_CONTACT_NAME, winner_name, TRUE)
            : NULL;

  contact->archived = TRUE;
  contact->merged_to = winner != NULL ? g_strdup (winner->id) : NULL;
  contact->updated_ms = instant_on (maker, maker->today - 40);
}

/* From the organisation's id, in which the seed is. */
static guint64
make_scope (const SandboxOrganisation *organisation)
{
  guint64 scope = 0;

  for (const char *p = organisation->id; *p != '\0'; p++)
    scope = mix (scope ^ (guint64)(guchar)*p);
  return scope;
}

static void
fill_organisation (SandboxOrganisation *organisation,
                   guint seed,
                   int today,
                   guint n_invoices,
                   guint n_contacts)
{
  gboolean first = organisation->settings == &sandbox_settings_nz;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed + !first);
  g_autofree char *theme = sandbox_settings_default_theme (organisation);
  Maker maker = { organisation, random,     first ? "OUTPUT2" : "OUTPUT", first ? "INV-" : "HT-",
                  today,        n_invoices, make_scope (organisation),    g_intern_string (theme) };

  sandbox_organisation_begin_fill (organisation);
  add_contacts (&maker, first ? sandbox_demo_names_nz : sandbox_demo_names_au, n_contacts);
  for (guint i = 0; i < n_invoices; i++)
    add_invoice (&maker, i);
  if (first)
    {
      archive (&maker, "Archived Alpacas Ltd", NULL);
      archive (&maker, "Harbour Lights Café (old)", "Harbour Lights Café");
    }
  organisation->next_number = n_invoices + 1;
  organisation->next_credit = n_invoices + 1;
  sandbox_organisation_end_fill (organisation);
}

gboolean
sandbox_demo_fill (GPtrArray *organisations, const char *profile, guint seed, int today, GError **error)
{
  gint64 n_invoices = INVOICES_DEMO;

  if (g_str_equal (profile, "empty"))
    return TRUE;
  if (g_str_has_prefix (profile, "count:")
          ? !sandbox_decimal_parse (profile + strlen ("count:"), 0, &n_invoices) || n_invoices < 1
                || n_invoices > INVOICES_MAX
          : !g_str_equal (profile, "demo"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "The profile must be demo, empty or count:N, N up to %d", INVOICES_MAX);
      return FALSE;
    }
  fill_organisation (organisations->pdata[0], seed, today, (guint)n_invoices,
                     (guint)MIN (n_invoices / 7, 20000));
  fill_organisation (organisations->pdata[1], seed, today, INVOICES_SECOND, 0);
  return TRUE;
}
