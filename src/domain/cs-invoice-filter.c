/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-invoice-filter.h"
#include "cs-decimal.h"
#include "cs-vocabulary.h"

#include <string.h>

static const char *const shown_words[] = {
  [CS_INVOICES_ALL] = "all",         [CS_INVOICES_OPEN] = "open",           [CS_INVOICES_OVERDUE] = "overdue",
  [CS_INVOICES_PAID] = "paid",       [CS_INVOICES_UNPAID] = "unpaid",       [CS_INVOICES_PINNED] = "pinned",
  [CS_INVOICES_DRAFT] = "draft",     [CS_INVOICES_SUBMITTED] = "submitted", [CS_INVOICES_VOIDED] = "voided",
  [CS_INVOICES_DELETED] = "deleted",
};
G_STATIC_ASSERT (G_N_ELEMENTS (shown_words) == CS_INVOICES_SHOWN_N);
static const CsVocabulary shown_views = CS_VOCABULARY ("view of invoices", shown_words);

static const char *const ageing_words[] = {
  [CS_AGEING_ANY] = "any",     [CS_AGEING_CURRENT] = "current", [CS_AGEING_1_30] = "1-30",
  [CS_AGEING_31_60] = "31-60", [CS_AGEING_61_90] = "61-90",     [CS_AGEING_OVER_90] = "over-90",
};
G_STATIC_ASSERT (G_N_ELEMENTS (ageing_words) == CS_AGEING_N);
static const CsVocabulary ages = CS_VOCABULARY ("age", ageing_words);

static const char *const column_words[] = {
  [CS_INVOICE_COLUMN_PIN] = "pin",
  [CS_INVOICE_COLUMN_NUMBER] = "number",
  [CS_INVOICE_COLUMN_DATE] = "date",
  [CS_INVOICE_COLUMN_TYPE] = "type",
  [CS_INVOICE_COLUMN_DUE] = "due",
  [CS_INVOICE_COLUMN_CONTACT] = "contact",
  [CS_INVOICE_COLUMN_REFERENCE] = "reference",
  [CS_INVOICE_COLUMN_BALANCE] = "balance",
  [CS_INVOICE_COLUMN_TOTAL] = "total",
  [CS_INVOICE_COLUMN_STATUS] = "status",
};
G_STATIC_ASSERT (G_N_ELEMENTS (column_words) == CS_INVOICE_COLUMN_N);
static const CsVocabulary columns = CS_VOCABULARY ("column of invoices", column_words);

/** cs_invoice_filter_new: Returns: (transfer full): the practice's open invoices, newest first [V-03, V-04]
 */
CsInvoiceFilter *
cs_invoice_filter_new (void)
{
  CsInvoiceFilter *filter = g_new0 (CsInvoiceFilter, 1);

  filter->contact_ids = g_new0 (char *, 1);
  filter->shown = CS_INVOICES_OPEN;
  filter->search = g_strdup ("");
  filter->from = CS_DATE_NONE;
  filter->to = CS_DATE_NONE;
  filter->sort = CS_INVOICE_COLUMN_DATE;
  filter->is_descending = TRUE;
  return filter;
}

/**
 * cs_invoice_filter_new_for_contacts:
 * @contact_ids: the ledger's ids of a client's contact, or of those of a group's or a person's clients;
 * copied
 *
 * K-12: a client, a group and a person are the contacts that they have in the ledger. None has no invoices.
 *
 * Returns: (transfer full): their open invoices, newest first
 */
CsInvoiceFilter *
cs_invoice_filter_new_for_contacts (const char *const *contact_ids)
{
  CsInvoiceFilter *filter = cs_invoice_filter_new ();

  filter->scope = CS_INVOICE_SCOPE_CONTACTS;
  g_strfreev (filter->contact_ids);
  filter->contact_ids = g_strdupv ((char **)contact_ids);
  return filter;
}

/** cs_invoice_filter_new_for_proposal: Returns: (transfer full): what it billed and is open, newest first */
CsInvoiceFilter *
cs_invoice_filter_new_for_proposal (const CsUuid *proposal_id)
{
  CsInvoiceFilter *filter = cs_invoice_filter_new ();

  filter->scope = CS_INVOICE_SCOPE_PROPOSAL;
  filter->proposal_id = *proposal_id;
  return filter;
}

/** cs_invoice_filter_copy: Returns: (transfer full): the same again */
CsInvoiceFilter *
cs_invoice_filter_copy (const CsInvoiceFilter *filter)
{
  CsInvoiceFilter *copy;

  g_return_val_if_fail (filter != NULL, NULL);

  copy = g_memdup2 (filter, sizeof *filter);
  copy->contact_ids = g_strdupv (filter->contact_ids);
  copy->search = g_strdup (filter->search);
  return copy;
}

/** cs_invoice_filter_free: @filter: (nullable) (transfer full) */
void
cs_invoice_filter_free (CsInvoiceFilter *filter)
{
  if (filter == NULL)
    return;
  g_strfreev (filter->contact_ids);
  g_free (filter->search);
  g_free (filter);
}

/** cs_invoice_filter_equal: Returns: whether both ask for the same in the same order */
gboolean
cs_invoice_filter_equal (const CsInvoiceFilter *a, const CsInvoiceFilter *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->scope == b->scope
         && g_strv_equal ((const char *const *)a->contact_ids, (const char *const *)b->contact_ids)
         && cs_uuid_equal (&a->proposal_id, &b->proposal_id) && a->shown == b->shown && a->ageing == b->ageing
         && g_str_equal (a->search, b->search) && cs_date_compare (a->from, b->from) == 0
         && cs_date_compare (a->to, b->to) == 0 && a->sort == b->sort && a->is_descending == b->is_descending;
}

/** cs_invoice_filter_is_narrowed: Returns: whether a person narrowed the view by words, dates or age */
gboolean
cs_invoice_filter_is_narrowed (const CsInvoiceFilter *filter)
{
  g_return_val_if_fail (filter != NULL, FALSE);

  return *filter->search != '\0' || filter->ageing != CS_AGEING_ANY || cs_date_is_set (filter->from)
         || cs_date_is_set (filter->to);
}

static void
add_date (GString *text, const char *key, CsDate date)
{
  g_autofree char *day = cs_date_to_string (date);

  if (*day != '\0')
    g_string_append_printf (text, " %s=%s", key, day);
}

/**
 * cs_invoice_filter_to_string:
 * @filter: a filter
 *
 * "view=open sort=-date", then what narrows it, in a fixed order and only where it does.
 *
 * Returns: (transfer full): the text that a saved view keeps, without the scope
 */
char *
cs_invoice_filter_to_string (const CsInvoiceFilter *filter)
{
  GString *text;

  g_return_val_if_fail (filter != NULL, NULL);

  text = g_string_new (NULL);
  g_string_printf (text, "view=%s sort=%s%s", shown_words[filter->shown], filter->is_descending ? "-" : "",
                   column_words[filter->sort]);
  if (filter->ageing != CS_AGEING_ANY)
    g_string_append_printf (text, " ageing=%s", ageing_words[filter->ageing]);
  add_date (text, "from", filter->from);
  add_date (text, "to", filter->to);
  if (*filter->search != '\0')
    {
      g_autofree char *escaped = g_uri_escape_string (filter->search, NULL, FALSE);

      g_string_append_printf (text, " search=%s", escaped);
    }
  return g_string_free_and_steal (text);
}

static gboolean
parse_sort (CsInvoiceFilter *filter, const char *value, GError **error)
{
  filter->is_descending = *value == '-';
  return cs_invoice_column_parse (value + (filter->is_descending ? 1 : 0), &filter->sort, error);
}

static gboolean
parse_search (CsInvoiceFilter *filter, const char *value, GError **error)
{
  char *plain = g_uri_unescape_string (value, NULL);

  if (plain == NULL)
    {
      g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, "This search is not escaped well");
      return FALSE;
    }
  g_free (filter->search);
  filter->search = plain;
  return TRUE;
}

static gboolean
parse_part (CsInvoiceFilter *filter, const char *key, const char *value, GError **error)
{
  if (g_str_equal (key, "view"))
    return cs_invoices_shown_parse (value, &filter->shown, error);
  if (g_str_equal (key, "sort"))
    return parse_sort (filter, value, error);
  if (g_str_equal (key, "ageing"))
    return cs_ageing_parse (value, &filter->ageing, error);
  if (g_str_equal (key, "from"))
    return cs_date_parse (value, &filter->from, error);
  if (g_str_equal (key, "to"))
    return cs_date_parse (value, &filter->to, error);
  if (g_str_equal (key, "search"))
    return parse_search (filter, value, error);
  g_set_error (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, "A filter has no part “%s”", key);
  return FALSE;
}

/**
 * cs_invoice_filter_parse:
 * @text: as cs_invoice_filter_to_string() writes it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the filter, of the practice's scope; else %CS_DOMAIN_ERROR_SYNTAX or
 * _RANGE
 */
CsInvoiceFilter *
cs_invoice_filter_parse (const char *text, GError **error)
{
  g_autoptr (CsInvoiceFilter) filter = cs_invoice_filter_new ();
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  parts = g_strsplit (text, " ", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');

      if (equals == NULL)
        {
          g_set_error_literal (error, CS_DOMAIN_ERROR, CS_DOMAIN_ERROR_SYNTAX, "This is not a filter");
          return NULL;
        }
      *equals = '\0';
      if (!parse_part (filter, parts[i], equals + 1, error))
        return NULL;
    }
  return g_steal_pointer (&filter);
}

/** cs_invoices_shown_to_string: Returns: the word that a file keeps for it; never translated */
const char *
cs_invoices_shown_to_string (CsInvoicesShown shown)
{
  return cs_vocabulary_get_word (&shown_views, shown);
}

/** cs_invoices_shown_parse: Returns: whether @text is such a word; else %CS_DOMAIN_ERROR_SYNTAX */
gboolean
cs_invoices_shown_parse (const char *text, CsInvoicesShown *shown, GError **error)
{
  guint value;

  if (!cs_vocabulary_parse (&shown_views, text, &value, error))
    return FALSE;
  *shown = (CsInvoicesShown)value;
  return TRUE;
}

/** cs_ageing_parse: Returns: whether @text is such a word; else %CS_DOMAIN_ERROR_SYNTAX */
gboolean
cs_ageing_parse (const char *text, CsAgeing *ageing, GError **error)
{
  guint value;

  if (!cs_vocabulary_parse (&ages, text, &value, error))
    return FALSE;
  *ageing = (CsAgeing)value;
  return TRUE;
}

/** cs_invoice_column_to_string: Returns: the word that a file keeps for it; never translated */
const char *
cs_invoice_column_to_string (CsInvoiceColumn column)
{
  return cs_vocabulary_get_word (&columns, column);
}

/** cs_invoice_column_parse: Returns: whether @text is such a word; else %CS_DOMAIN_ERROR_SYNTAX */
gboolean
cs_invoice_column_parse (const char *text, CsInvoiceColumn *column, GError **error)
{
  guint value;

  if (!cs_vocabulary_parse (&columns, text, &value, error))
    return FALSE;
  *column = (CsInvoiceColumn)value;
  return TRUE;
}
