/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-decimal.h"
#include "sandbox-time.h"

/* What an organisation holds. Money is minor units, prices, quantities and percentages are ten-thousandths.
 */

#define SANDBOX_ID_ZERO "00000000-0000-0000-0000-000000000000"

/* The plain text members of a contact, so that reading, writing, saving and length checks are one loop each.
 */
typedef enum
{
  SANDBOX_CONTACT_NUMBER,
  SANDBOX_CONTACT_ACCOUNT_NUMBER,
  SANDBOX_CONTACT_NAME,
  SANDBOX_CONTACT_FIRST_NAME,
  SANDBOX_CONTACT_LAST_NAME,
  SANDBOX_CONTACT_EMAIL,
  SANDBOX_CONTACT_COMPANY_NUMBER,
  SANDBOX_CONTACT_TAX_NUMBER,
  SANDBOX_CONTACT_CURRENCY,
  SANDBOX_CONTACT_SALES_ACCOUNT,
  SANDBOX_CONTACT_SALES_TAX_TYPE,
  SANDBOX_CONTACT_TEXTS
} SandboxContactText;

typedef struct
{
  const char *name;
  gsize length_max;
} SandboxTextRule;

extern const SandboxTextRule sandbox_contact_texts[SANDBOX_CONTACT_TEXTS];

#define SANDBOX_ADDRESSES 2
#define SANDBOX_ADDRESS_TEXTS 9
#define SANDBOX_PHONES 4
#define SANDBOX_PHONE_TEXTS 3

extern const char *const sandbox_address_types[SANDBOX_ADDRESSES];
extern const SandboxTextRule sandbox_address_texts[SANDBOX_ADDRESS_TEXTS];
extern const char *const sandbox_phone_types[SANDBOX_PHONES];
extern const SandboxTextRule sandbox_phone_texts[SANDBOX_PHONE_TEXTS];

typedef struct
{
  char *first_name;
  char *last_name;
  char *email;
  gboolean include_in_emails;
} SandboxPerson;

typedef struct
{
  char *id;
  char *text[SANDBOX_CONTACT_TEXTS];
  char *address[SANDBOX_ADDRESSES][SANDBOX_ADDRESS_TEXTS];
  char *phone[SANDBOX_PHONES][SANDBOX_PHONE_TEXTS];
  GPtrArray *persons;
  char *merged_to;  /* the id of the winner; the loser is archived (xero-accounting 8.5) */
  char *created_by; /* the client id that made it through the API */
  gboolean archived;
  gboolean customer;
  gint64 updated_ms;
} SandboxContact;

typedef struct
{
  char *id;
  char *description;
  char *item_code;
  char *account_code;
  char *tax_type;
  char *tracking; /* a JSON array as it goes on the wire, or NULL */
  gint64 quantity;
  gint64 unit_amount;
  gint64 discount_rate;   /* 0: none */
  gint64 discount_amount; /* 0: none */
  gint64 amount;
  gint64 tax_amount;
} SandboxLine;

typedef enum
{
  SANDBOX_AMOUNTS_EXCLUSIVE,
  SANDBOX_AMOUNTS_INCLUSIVE,
  SANDBOX_AMOUNTS_NO_TAX
} SandboxAmounts;

typedef enum
{
  SANDBOX_STATUS_DRAFT,
  SANDBOX_STATUS_SUBMITTED,
  SANDBOX_STATUS_AUTHORISED,
  SANDBOX_STATUS_PAID,
  SANDBOX_STATUS_VOIDED,
  SANDBOX_STATUS_DELETED,
  SANDBOX_STATUSES
} SandboxStatus;

extern const char *const sandbox_status_names[];
extern const char *const sandbox_amounts_names[];

int sandbox_name_index (const char *const *names, const char *name);

typedef struct
{
  char *id;
  char *number;
  int day;
  gint64 applied;
} SandboxCredit;

typedef struct
{
  char *id;
  char *number;
  char *reference;
  char *url;
  char *theme_id;
  char *currency;
  char *currency_rate;     /* its own digits */
  SandboxContact *contact; /* lent by the organisation */
  gboolean bill;           /* ACCPAY, else ACCREC */
  SandboxAmounts amounts;
  SandboxStatus status;
  int day;
  int due_day;
  int paid_day;
  GPtrArray *lines;
  GPtrArray *payments; /* lent by the organisation; deleted ones are not here */
  GPtrArray *credits;
  gint64 sub_total;
  gint64 total_tax;
  gint64 total;
  gint64 paid;
  gint64 credited;
  gboolean sent;
  char *created_by; /* the client id that made it through the API */
  gint64 updated_ms;
} SandboxInvoice;

typedef struct
{
  char *id;
  char *reference;
  char *account_code;
  SandboxInvoice *invoice; /* lent by the organisation */
  int day;
  gint64 amount;
  gboolean deleted;
  gboolean reconciled;
  gint64 updated_ms;
} SandboxPayment;

SandboxContact *sandbox_contact_new (const char *id);
SandboxContact *sandbox_contact_copy (const SandboxContact *contact);
void sandbox_contact_free (SandboxContact *contact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxContact, sandbox_contact_free)
void sandbox_contact_swap (SandboxContact *kept, SandboxContact *changed);
SandboxPerson *sandbox_person_new (const char *first_name,
                                   const char *last_name,
                                   const char *email,
                                   gboolean include_in_emails);

SandboxLine *sandbox_line_new (const char *id);
SandboxLine *sandbox_line_copy (const SandboxLine *line);
void sandbox_line_free (SandboxLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxLine, sandbox_line_free)

SandboxCredit *sandbox_credit_new (const char *id, const char *number, int day, gint64 applied);

SandboxInvoice *sandbox_invoice_new (const char *id);
SandboxInvoice *sandbox_invoice_copy (const SandboxInvoice *invoice);
void sandbox_invoice_free (SandboxInvoice *invoice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxInvoice, sandbox_invoice_free)
void sandbox_invoice_swap (SandboxInvoice *kept, SandboxInvoice *changed);
gint64 sandbox_invoice_due (const SandboxInvoice *invoice);
gboolean sandbox_invoice_settled_in_part (const SandboxInvoice *invoice);

SandboxPayment *sandbox_payment_new (const char *id);
void sandbox_payment_free (SandboxPayment *payment);
