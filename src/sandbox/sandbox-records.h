/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox-decimal.h"
#include "sandbox-time.h"

/* What an organisation holds. Money is minor units, prices, quantities and percentages are ten-thousandths.
 */

#define SANDBOX_ID_ZERO "00000000-0000-0000-0000-000000000000"
#define SANDBOX_ID_SIZE 37 /* with its NUL */

/* What an organisation lists, and what it keeps beside. */
typedef enum
{
  SANDBOX_LIST_CONTACTS,
  SANDBOX_LIST_INVOICES,
  SANDBOX_LIST_CREDIT_NOTES,
  SANDBOX_LIST_PREPAYMENTS,
  SANDBOX_LIST_OVERPAYMENTS,
  SANDBOX_LIST_PAYMENTS,
  SANDBOX_LIST_ALLOCATIONS,
  SANDBOX_LISTS
} SandboxList;

/* What each of those begins with, so that one index and one journal serve them all. Codes that repeat from
 * record to record are interned: they are compared and copied as pointers, and a million invoices hold them
 * once. */
#define SANDBOX_RECORD_HEAD                                                                                  \
  char id[SANDBOX_ID_SIZE];                                                                                  \
  gboolean kept;    /* differs from what the seed made: the state file must hold it */                       \
  gboolean pending; /* changed since the state file was written */                                           \
  gint64 updated_ms;                                                                                         \
  gint64 filed_ms; /* the updated_ms under which the index holds it */

typedef struct
{
  SANDBOX_RECORD_HEAD
} SandboxRecord;

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
  SANDBOX_RECORD_HEAD
  char *text[SANDBOX_CONTACT_TEXTS];
  char *address[SANDBOX_ADDRESSES][SANDBOX_ADDRESS_TEXTS];
  char *phone[SANDBOX_PHONES][SANDBOX_PHONE_TEXTS];
  GPtrArray *persons;
  char *merged_to;        /* the id of the winner; the loser is archived (xero-accounting 8.5) */
  const char *created_by; /* interned; the client id that made it through the API */
  gboolean archived;
  gboolean customer;
  gint64 outstanding; /* of its sales invoices in the base currency; as fresh as the last paged reading */
  gint64 overdue;
} SandboxContact;

typedef struct
{
  char id[SANDBOX_ID_SIZE];
  char *description;        /* a GRefString */
  const char *item_code;    /* interned */
  const char *account_code; /* interned */
  const char *tax_type;     /* interned */
  const char *tracking;     /* interned; a JSON array as it goes on the wire, or NULL */
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

/* A credit note, prepayment or overpayment is an invoice the other way round (xero-accounting 10.4): its
 * `paid` is what was refunded, its `credited` what was allocated, its due the remaining credit. */
typedef struct
{
  SANDBOX_RECORD_HEAD
  SandboxList kind; /* SANDBOX_LIST_INVOICES to SANDBOX_LIST_OVERPAYMENTS */
  char *number;
  char *reference;
  char *url;
  const char *theme_id;      /* interned */
  const char *currency;      /* interned */
  const char *currency_rate; /* interned; its own digits */
  SandboxContact *contact;   /* lent by the organisation */
  gboolean bill;             /* ACCPAY, else ACCREC */
  SandboxAmounts amounts;
  SandboxStatus status;
  int day;
  int due_day;
  int paid_day;
  GPtrArray *lines;
  GPtrArray *payments;    /* lent by the organisation */
  GPtrArray *allocations; /* lent by the organisation: credit taken here, or given from here; live ones */
  gint64 sub_total;
  gint64 total_tax;
  gint64 total;
  gint64 paid;
  gint64 credited;
  gboolean sent;
  const char *created_by; /* interned; the client id that made it through the API */
} SandboxInvoice;

typedef struct
{
  SANDBOX_RECORD_HEAD
  char *reference;
  const char *account_code; /* interned */
  SandboxInvoice *invoice;  /* lent by the organisation; a credit document when it is a refund */
  int day;
  gint64 amount;
  gboolean deleted;
  gboolean reconciled;
} SandboxPayment;

/* So much of a credit, put to an invoice. */
typedef struct
{
  SANDBOX_RECORD_HEAD
  SandboxInvoice *credit;
  SandboxInvoice *invoice;
  int day;
  gint64 amount;
  gboolean deleted;
} SandboxAllocation;

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

SandboxInvoice *sandbox_invoice_new (const char *id);
SandboxInvoice *sandbox_invoice_copy (const SandboxInvoice *invoice);
void sandbox_invoice_free (SandboxInvoice *invoice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxInvoice, sandbox_invoice_free)
void sandbox_invoice_swap (SandboxInvoice *kept, SandboxInvoice *changed);
gint64 sandbox_invoice_due (const SandboxInvoice *invoice);
gboolean sandbox_invoice_settled_in_part (const SandboxInvoice *invoice);

SandboxPayment *sandbox_payment_new (const char *id);
void sandbox_payment_free (SandboxPayment *payment);
SandboxAllocation *sandbox_allocation_new (const char *id);

void sandbox_id_copy (char *id, const char *value);
void sandbox_id_random (char *id);
void sandbox_set_name (const char **name, const char *value);
void sandbox_line_describe (SandboxLine *line, const char *description);
