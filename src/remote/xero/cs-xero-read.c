/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xero-call.h"
#include "cs-xero-private.h"

/* Which address asks for which records (xero-accounting.md section 5). */

typedef struct
{
  const char *route;
  const char *id;      /* what a list is ordered by that no edit changes (5.2) */
  const char *options; /* always */
  gboolean has_dates;  /* documents: they can be narrowed by Date */
  gboolean has_ids;    /* knows IDs= */
} Endpoint;

/* Archived contacts too: they would hide else, and a merge with them (5.2, 8.5). unitdp=4, or prices of four
 * decimals come rounded to two (decision 8). */
static const Endpoint endpoints[CS_LEDGER_N_KINDS] = {
  [CS_LEDGER_KIND_CONTACTS] = { "/Contacts", "ContactID", "&includeArchived=true", FALSE, TRUE },
  [CS_LEDGER_KIND_INVOICES] = { "/Invoices", "InvoiceID", "&unitdp=4", TRUE, TRUE },
  [CS_LEDGER_KIND_PAYMENTS] = { "/Payments", "PaymentID", "", TRUE, FALSE },
  [CS_LEDGER_KIND_CREDIT_NOTES] = { "/CreditNotes", "CreditNoteID", "&unitdp=4", TRUE, FALSE },
  [CS_LEDGER_KIND_PREPAYMENTS] = { "/Prepayments", "PrepaymentID", "&unitdp=4", TRUE, FALSE },
  [CS_LEDGER_KIND_OVERPAYMENTS] = { "/Overpayments", "OverpaymentID", "&unitdp=4", TRUE, FALSE },
};

static void
append_escaped (GString *url, const char *name, const char *value)
{
  g_string_append_printf (url, "&%s=", name);
  g_string_append_uri_escaped (url, value, NULL, FALSE);
}

static void
append_bound (GString *where, const char *comparison, CsDate date)
{
  int year, month, day;

  if (!cs_date_is_set (date))
    return;
  cs_date_get_parts (date, &year, &month, &day);
  g_string_append_printf (where, "%sDate %s DateTime(%d, %02d, %02d)", where->len > 0 ? " AND " : "",
                          comparison, year, month, day);
}

static void
append_change (GString *where, const char *comparison, gint64 changed_ms)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (changed_ms == 0)
    return;
  time = g_date_time_new_from_unix_utc (changed_ms / 1000);
  text = g_date_time_format (time, "DateTime(%Y, %m, %d, %H, %M, %S)");
  g_string_append_printf (where, "%sUpdatedDateUTC %s %s", where->len > 0 ? " AND " : "", comparison, text);
}

/* 5.5: Date is one of the fields by which a search is narrowed before it is counted. Nothing of the kind is
 * documented for contacts, of which only equal names, addresses and numbers are named there. Assumed, and
 * never seen refused or granted: that a range of UpdatedDateUTC narrows as If-Modified-Since does, and that
 * DateTime takes hours, minutes and seconds. Where it does not, the ledger refuses, and that is said. */
static void
append_where (GString *url, const CsLedgerQuery *query)
{
  g_autoptr (GString) where = g_string_new (NULL);

  if (query->kind == CS_LEDGER_KIND_CONTACTS)
    {
      append_change (where, ">=", query->changed_from_ms);
      append_change (where, "<", query->changed_before_ms);
    }
  else
    {
      append_bound (where, ">=", query->from);
      append_bound (where, "<", query->before);
    }
  if (where->len > 0)
    append_escaped (url, "where", where->str);
}

static void
append_ids (GString *url, const char *const *ids)
{
  g_string_append (url, "&IDs=");
  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (url, ',');
      g_string_append_uri_escaped (url, ids[i], NULL, FALSE);
    }
}

/* The default is by last change. */
static void
append_order (GString *url, const Endpoint *endpoint, const CsLedgerQuery *query)
{
  g_autofree char *by_id = g_strconcat (endpoint->id, " ASC", NULL);

  if (query->newest_first)
    append_escaped (url, "order", endpoint->has_dates ? "Date DESC" : "UpdatedDateUTC DESC");
  else if (query->by_id)
    append_escaped (url, "order", by_id);
}

/* Always with page: without it lists lack lines and persons (5.2). */
static char *
make_url (const CsXero *xero, const CsLedgerQuery *query)
{
  const Endpoint *endpoint = &endpoints[query->kind];
  gboolean can_be_summed_up
      = query->kind == CS_LEDGER_KIND_INVOICES || query->kind == CS_LEDGER_KIND_CONTACTS;
  GString *url = g_string_new (NULL);

  g_string_printf (url, "%s%s?page=%u&pageSize=%d%s", xero->api_url, endpoint->route, query->page,
                   CS_XERO_PAGE_SIZE, endpoint->options);
  if (query->open_only && query->kind == CS_LEDGER_KIND_INVOICES)
    g_string_append (url, "&Statuses=AUTHORISED");
  if (query->summary_only && can_be_summed_up)
    g_string_append (url, "&summaryOnly=true");
  if (query->ids != NULL)
    append_ids (url, query->ids);
  append_where (url, query);
  append_order (url, endpoint, query);
  return g_string_free (url, FALSE);
}

static DexFuture *
decode_page (GBytes *body, gconstpointer data)
{
  const CsXeroReading *reading = data;
  g_autoptr (CsLedgerPage) page = g_new0 (CsLedgerPage, 1);
  GError *error = NULL;

  page->page = reading->page;
  page->records = cs_xero_decode_page (body, (CsLedgerKind)reading->kind, page, &error);
  if (page->records == NULL)
    return cs_future_new_take_error (error);
  if (reading->is_summary && reading->kind == CS_LEDGER_KIND_INVOICES)
    for (guint i = 0; i < page->records->len; i++)
      ((CsLedgerInvoice *)g_ptr_array_index (page->records, i))->is_summary = TRUE;
  return cs_future_new_for_record (g_steal_pointer (&page), (GDestroyNotify)cs_ledger_page_free);
}

static gboolean
check_ids (const Endpoint *endpoint, const CsLedgerQuery *query)
{
  return query->ids == NULL
         || (endpoint->has_ids && query->ids[0] != NULL
             && g_strv_length ((GStrv)query->ids) <= CS_LEDGER_IDS_MAX);
}

/**
 * cs_xero_read_page:
 * @xero: the organisation
 * @query: which records; ids only of contacts and invoices, which alone know IDs= (5.1), and as many as an
 *   address holds
 *
 * Returns: (transfer full): of #CsLedgerPage; rejects with TOO_MANY beyond 100,000 rows (3.1)
 */
DexFuture *
cs_xero_read_page (CsXero *xero, const CsLedgerQuery *query)
{
  const Endpoint *endpoint;
  CsHttpRequest *request;

  g_return_val_if_fail (xero != NULL && query != NULL && query->kind < CS_LEDGER_N_KINDS, NULL);
  g_return_val_if_fail (query->page > 0, NULL);

  endpoint = &endpoints[query->kind];
  if (!check_ids (endpoint, query))
    return dex_future_new_reject (CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED,
                                  "%s can't be asked for by these ids", endpoint->route);
  request = cs_xero_request_new (xero, "GET", endpoint->route, make_url (xero, query));
  request->modified_since_ms = query->modified_since_ms;
  return cs_xero_call (xero->http, request,
                       (CsXeroReading){ .decode = decode_page,
                                        .kind = (int)query->kind,
                                        .is_summary = query->summary_only,
                                        .page = query->page });
}

static DexFuture *
decode_list (GBytes *body, gconstpointer data)
{
  const CsXeroReading *reading = data;
  GError *error = NULL;
  GPtrArray *records = cs_xero_decode_list (body, (CsLedgerListKind)reading->kind, &error);

  return records != NULL ? cs_future_new_for_array (records) : cs_future_new_take_error (error);
}

/**
 * cs_xero_read_list:
 * @xero: the organisation
 * @kind: which of the short lists
 *
 * Returns: (transfer full): array of all the kind's records, whatever their state (section 11)
 */
DexFuture *
cs_xero_read_list (CsXero *xero, CsLedgerListKind kind)
{
  static const struct
  {
    const char *route;
    const char *options;
  } lists[CS_LEDGER_N_LISTS] = {
    [CS_LEDGER_LIST_ACCOUNTS] = { "/Accounts", "" },
    [CS_LEDGER_LIST_TAX_RATES] = { "/TaxRates", "" },
    [CS_LEDGER_LIST_TRACKING] = { "/TrackingCategories", "?includeArchived=true" },
    [CS_LEDGER_LIST_BRANDING_THEMES] = { "/BrandingThemes", "" },
    [CS_LEDGER_LIST_ITEMS] = { "/Items", "?unitdp=4" },
  };
  char *url;

  g_return_val_if_fail (xero != NULL && kind < CS_LEDGER_N_LISTS, NULL);

  url = g_strconcat (xero->api_url, lists[kind].route, lists[kind].options, NULL);
  return cs_xero_call (xero->http, cs_xero_request_new (xero, "GET", lists[kind].route, url),
                       (CsXeroReading){ .decode = decode_list, .kind = (int)kind });
}
