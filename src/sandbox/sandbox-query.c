/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-query.h"

#include <stdio.h>
#include <string.h>

#define PAGE_SIZE_DEFAULT 100
#define PAGE_SIZE_MAX 1000

typedef enum
{
  OPERATOR_EQUAL,
  OPERATOR_DIFFERENT,
  OPERATOR_LESS,
  OPERATOR_LESS_OR_EQUAL,
  OPERATOR_GREATER,
  OPERATOR_GREATER_OR_EQUAL,
  OPERATOR_CONTAINS,
  OPERATOR_STARTS_WITH
} Operator;

typedef struct
{
  guint field;
  Operator comparison;
  char *text; /* case-folded */
  gint64 number;
  gboolean starts_group; /* what stood before it was OR */
} Term;

struct _SandboxFilter
{
  const SandboxQueryRules *rules;
  GArray *terms;
};

static void
term_clear (gpointer data)
{
  g_free (((Term *)data)->text);
}

static void
skip_spaces (const char **text)
{
  while (g_ascii_isspace (**text))
    (*text)++;
}

static gboolean
take (const char **text, const char *token)
{
  gsize length = strlen (token);

  skip_spaces (text);
  if (g_ascii_strncasecmp (*text, token, length) != 0)
    return FALSE;
  *text += length;
  return TRUE;
}

static gboolean
take_comparison (const char **text, Operator *comparison)
{
  /* The longer first, as "<" begins "<=". */
  static const struct
  {
    const char *token;
    Operator comparison;
  } comparisons[] = { { "==", OPERATOR_EQUAL },         { "!=", OPERATOR_DIFFERENT },
                      { "<=", OPERATOR_LESS_OR_EQUAL }, { ">=", OPERATOR_GREATER_OR_EQUAL },
                      { "<", OPERATOR_LESS },           { ">", OPERATOR_GREATER },
                      { "=", OPERATOR_EQUAL } };

  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    if (take (text, comparisons[i].token))
      {
        *comparison = comparisons[i].comparison;
        return TRUE;
      }
  return FALSE;
}

/* A text cannot hold a quote: no escape is known (xero-accounting 5.5). */
static gboolean
take_quoted (const char **text, Term *term)
{
  const char *end;
  g_autofree char *value = NULL;

  if (!take (text, "\"") || (end = strchr (*text, '"')) == NULL)
    return FALSE;
  value = g_strndup (*text, (gsize)(end - *text));
  term->text = g_utf8_casefold (value, -1);
  *text = end + 1;
  return TRUE;
}

static gboolean
take_date_time (const char **text, Term *term)
{
  int year, month, day, hour = 0, minute = 0, second = 0;
  const char *end;

  if (!take (text, "DateTime(")
      || sscanf (*text, "%d ,%d ,%d ,%d ,%d ,%d", &year, &month, &day, &hour, &minute, &second) < 3
      || month < 1 || month > 12 || (end = strchr (*text, ')')) == NULL)
    return FALSE;
  term->number = sandbox_day_from_ymd (year, month, day) * SANDBOX_DAY_MS
                 + ((hour * 60 + minute) * 60 + second) * (gint64)1000;
  *text = end + 1;
  return TRUE;
}

static gboolean
take_number (const char **text, Term *term)
{
  gsize length;
  g_autofree char *value = NULL;

  skip_spaces (text);
  length = strspn (*text, "+-.0123456789");
  value = g_strndup (*text, length);
  *text += length;
  return sandbox_decimal_parse (value, SANDBOX_FINE_PLACES, &term->number);
}

static gboolean
take_value (const char **text, SandboxFieldKind kind, Term *term)
{
  switch (kind)
    {
    case SANDBOX_FIELD_TEXT:
      if (take (text, "guid("))
        return take_quoted (text, term) && take (text, ")");
      return take_quoted (text, term);
    case SANDBOX_FIELD_NUMBER:
      return take_number (text, term);
    case SANDBOX_FIELD_INSTANT:
      return take_date_time (text, term);
    case SANDBOX_FIELD_BOOL:
      term->number = take (text, "true");
      return term->number != 0 || take (text, "false");
    default:
      g_assert_not_reached ();
    }
}

static gboolean
take_field (const SandboxQueryRules *rules, const char **text, guint *field)
{
  gsize longest = 0;

  skip_spaces (text);
  for (guint i = 0; rules->fields[i].name != NULL; i++)
    {
      gsize length = strlen (rules->fields[i].name);

      if (length > longest && g_ascii_strncasecmp (*text, rules->fields[i].name, length) == 0
          && !g_ascii_isalnum ((*text)[length]))
        {
          longest = length;
          *field = i;
        }
    }
  *text += longest;
  return longest > 0;
}

static gboolean
take_term (const SandboxQueryRules *rules, const char **text, Term *term)
{
  if (!take_field (rules, text, &term->field))
    return FALSE;
  if (rules->fields[term->field].kind == SANDBOX_FIELD_TEXT && **text == '.')
    {
      term->comparison = take (text, ".StartsWith(") ? OPERATOR_STARTS_WITH : OPERATOR_CONTAINS;
      return (term->comparison == OPERATOR_STARTS_WITH || take (text, ".Contains("))
             && take_quoted (text, term) && take (text, ")");
    }
  return take_comparison (text, &term->comparison)
         && take_value (text, rules->fields[term->field].kind, term);
}

SandboxFilter *
sandbox_filter_new (const SandboxQueryRules *rules, const char *where, GError **error)
{
  g_autoptr (SandboxFilter) filter = g_new0 (SandboxFilter, 1);
  const char *text = where != NULL ? where : "";

  filter->rules = rules;
  filter->terms = g_array_new (FALSE, TRUE, sizeof (Term));
  g_array_set_clear_func (filter->terms, term_clear);
  skip_spaces (&text);
  for (gboolean joined_by_or = TRUE; *text != '\0';)
    {
      Term term = { .starts_group = joined_by_or };
      gboolean understood = take_term (rules, &text, &term);

      g_array_append_val (filter->terms, term);
      skip_spaces (&text);
      joined_by_or = understood && *text != '\0' && (take (&text, "OR ") || take (&text, "||"));
      if (!understood || (*text != '\0' && !joined_by_or && !take (&text, "AND ") && !take (&text, "&&")))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Not understood from: %s", text);
          return NULL;
        }
      skip_spaces (&text);
    }
  return g_steal_pointer (&filter);
}

void
sandbox_filter_free (SandboxFilter *filter)
{
  g_clear_pointer (&filter->terms, g_array_unref);
  g_free (filter);
}

static gboolean
holds (Operator comparison, gint64 difference)
{
  switch (comparison)
    {
    case OPERATOR_EQUAL:
      return difference == 0;
    case OPERATOR_DIFFERENT:
      return difference != 0;
    case OPERATOR_LESS:
      return difference < 0;
    case OPERATOR_LESS_OR_EQUAL:
      return difference <= 0;
    case OPERATOR_GREATER:
      return difference > 0;
    case OPERATOR_GREATER_OR_EQUAL:
      return difference >= 0;
    case OPERATOR_CONTAINS:
    case OPERATOR_STARTS_WITH:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
term_holds (const SandboxQueryRules *rules, const Term *term, gconstpointer row)
{
  SandboxFieldValue value = rules->value (row, term->field);
  g_autofree char *folded = NULL;

  if (rules->fields[term->field].kind != SANDBOX_FIELD_TEXT)
    return holds (term->comparison, (value.number > term->number) - (value.number < term->number));
  folded = g_utf8_casefold (value.text != NULL ? value.text : "", -1);
  if (term->comparison == OPERATOR_CONTAINS)
    return strstr (folded, term->text) != NULL;
  if (term->comparison == OPERATOR_STARTS_WITH)
    return g_str_has_prefix (folded, term->text);
  return holds (term->comparison, strcmp (folded, term->text));
}

/* Groups joined by OR, of terms joined by AND; brackets are not in the subset. */
gboolean
sandbox_filter_matches (const SandboxFilter *filter, gconstpointer row)
{
  gboolean group = filter->terms->len == 0;

  for (guint i = 0; i < filter->terms->len; i++)
    {
      const Term *term = &g_array_index (filter->terms, Term, i);

      if (term->starts_group && group && i > 0)
        return TRUE;
      group = (term->starts_group || group) && term_holds (filter->rules, term, row);
    }
  return group;
}

typedef struct
{
  guint field;
  gboolean descending;
} OrderKey;

typedef struct
{
  const SandboxQueryRules *rules;
  OrderKey keys[4];
  guint n_keys;
} Order;

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Order *order = data;

  for (guint i = 0; i < order->n_keys; i++)
    {
      const OrderKey *key = &order->keys[i];
      SandboxFieldValue x = order->rules->value (*(gconstpointer *)a, key->field);
      SandboxFieldValue y = order->rules->value (*(gconstpointer *)b, key->field);
      int difference = order->rules->fields[key->field].kind == SANDBOX_FIELD_TEXT
                           ? g_ascii_strcasecmp (x.text != NULL ? x.text : "", y.text != NULL ? y.text : "")
                           : (x.number > y.number) - (x.number < y.number);

      if (difference != 0)
        return key->descending ? -difference : difference;
    }
  return 0;
}

gboolean
sandbox_order_rows (const SandboxQueryRules *rules, const char *order_text, GPtrArray *rows, GError **error)
{
  Order order = { .rules = rules };
  const char *text = order_text != NULL ? order_text : rules->order;

  do
    {
      OrderKey *key = &order.keys[order.n_keys];

      if (order.n_keys == G_N_ELEMENTS (order.keys) || !take_field (rules, &text, &key->field))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Not understood from: %s", text);
          return FALSE;
        }
      key->descending = take (&text, "DESC");
      if (!key->descending)
        take (&text, "ASC");
      order.n_keys++;
    }
  while (take (&text, ","));
  skip_spaces (&text);
  if (*text != '\0')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Not understood from: %s", text);
      return FALSE;
    }
  g_ptr_array_sort_with_data (rows, compare_rows, &order);
  return TRUE;
}

/* To the second: what changed within the named second is in. An unreadable header is passed over, as only its
 * absence is documented. HTTP dates are taken too (xero-accounting 5.3). */
gint64
sandbox_modified_since (const SandboxCall *call)
{
  const char *header = soup_message_headers_get_one (call->request->headers, "If-Modified-Since");
  g_autoptr (GDateTime) http_date = NULL;
  gint64 ms;

  if (header == NULL)
    return G_MININT64;
  if (sandbox_instant_parse (header, &ms))
    return ms;
  http_date = soup_date_time_new_from_http_string (header);
  return http_date != NULL ? g_date_time_to_unix (http_date) * 1000 : G_MININT64;
}

/* Whether a comma separated list, such as IDs=, names the value; no list names everything. */
gboolean
sandbox_list_has (const char *list, const char *value)
{
  gsize length = value != NULL ? strlen (value) : 0;

  if (list == NULL)
    return TRUE;
  for (const char *item = list; item != NULL && length > 0; item = strchr (item, ','))
    {
      if (*item == ',')
        item++;
      skip_spaces (&item);
      if (g_ascii_strncasecmp (item, value, length) == 0 && (item[length] == ',' || item[length] == '\0'))
        return TRUE;
    }
  return FALSE;
}

static guint
query_number (const SandboxCall *call, const char *name, guint fallback, guint most)
{
  const char *text = sandbox_request_query (call->request, name);
  gint64 value;

  if (!sandbox_decimal_parse (text, 0, &value))
    return fallback;
  return (guint)CLAMP (value, 1, (gint64)most);
}

/* Out of range is clamped, not refused (xero-accounting 5.2). */
SandboxPage
sandbox_page_cut (const SandboxCall *call, gboolean forced, guint rows)
{
  SandboxPage page = { .paged = forced || sandbox_request_query (call->request, "page") != NULL
                                || sandbox_request_query (call->request, "pageSize") != NULL };

  if (!page.paged)
    {
      page.end = rows;
      return page;
    }
  page.page = query_number (call, "page", 1, G_MAXUINT / PAGE_SIZE_MAX);
  page.size = query_number (call, "pageSize", PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX);
  page.first = MIN (rows, (page.page - 1) * page.size);
  page.end = MIN (rows, page.first + page.size);
  return page;
}

void
sandbox_page_write (const SandboxPage *page, guint rows, SandboxJson *json)
{
  if (!page->paged)
    return;
  sandbox_json_open (json, "pagination", '{');
  sandbox_json_integer (json, "page", page->page);
  sandbox_json_integer (json, "pageSize", page->size);
  sandbox_json_integer (json, "pageCount", (rows + page->size - 1) / page->size);
  sandbox_json_integer (json, "itemCount", rows);
  sandbox_json_close (json, '}');
}
