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
  char *text;     /* folded */
  gboolean plain; /* the text is ASCII */
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

/* Without case and accents, as Xero compares (xero-accounting 5.5). */
char *
sandbox_text_fold (const char *text)
{
  g_autofree char *apart = NULL;
  g_autoptr (GString) bare = NULL;

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);
  apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  bare = g_string_new (NULL);
  for (const char *p = apart; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (bare, g_utf8_get_char (p));
  return g_utf8_casefold (bare->str, -1);
}

/* searchTerm: anywhere in the text; no term is in every text (xero-accounting 5.2). */
gboolean
sandbox_text_contains (const char *text, const char *folded)
{
  g_autofree char *candidate = text != NULL && folded != NULL ? sandbox_text_fold (text) : NULL;

  return folded == NULL || (candidate != NULL && strstr (candidate, folded) != NULL);
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
  term->text = sandbox_text_fold (value);
  term->plain = g_str_is_ascii (term->text);
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
text_holds (const Term *term, const char *text)
{
  g_autofree char *folded = NULL;

  if (term->comparison < OPERATOR_CONTAINS && term->plain && g_str_is_ascii (text))
    return holds (term->comparison, g_ascii_strcasecmp (text, term->text));
  folded = sandbox_text_fold (text);
  if (term->comparison == OPERATOR_CONTAINS)
    return strstr (folded, term->text) != NULL;
  if (term->comparison == OPERATOR_STARTS_WITH)
    return g_str_has_prefix (folded, term->text);
  return holds (term->comparison, strcmp (folded, term->text));
}

static gboolean
term_holds (const SandboxQueryRules *rules, const Term *term, gconstpointer row)
{
  SandboxFieldValue value = rules->value (row, term->field);

  if (rules->fields[term->field].kind == SANDBOX_FIELD_TEXT)
    return text_holds (term, value.text != NULL ? value.text : "");
  return holds (term->comparison, (value.number > term->number) - (value.number < term->number));
}

static gboolean
term_is_fast (const SandboxQueryRules *rules, const Term *term)
{
  guint fast = rules->fields[term->field].fast;

  if (term->comparison == OPERATOR_EQUAL)
    return (fast & SANDBOX_FAST_EQUAL) != 0;
  return term->comparison >= OPERATOR_LESS && term->comparison <= OPERATOR_GREATER_OR_EQUAL
         && (fast & SANDBOX_FAST_RANGE) != 0;
}

/* Whether the whole of it is what Xero has optimised; OR is for some ids alone. */
gboolean
sandbox_filter_is_fast (const SandboxFilter *filter)
{
  gboolean joined_by_or = FALSE;

  for (guint i = 1; i < filter->terms->len; i++)
    joined_by_or |= g_array_index (filter->terms, Term, i).starts_group;
  for (guint i = 0; i < filter->terms->len; i++)
    {
      const Term *term = &g_array_index (filter->terms, Term, i);

      if (!term_is_fast (filter->rules, term)
          || (joined_by_or && (filter->rules->fields[term->field].fast & SANDBOX_FAST_OR) == 0))
        return FALSE;
    }
  return TRUE;
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

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const SandboxOrder *order = data;

  for (guint i = 0; i < order->n_keys; i++)
    {
      guint field = order->keys[i].field;
      SandboxFieldValue x = order->rules->value (*(gconstpointer *)a, field);
      SandboxFieldValue y = order->rules->value (*(gconstpointer *)b, field);
      int difference = order->rules->fields[field].kind == SANDBOX_FIELD_TEXT
                           ? g_ascii_strcasecmp (x.text != NULL ? x.text : "", y.text != NULL ? y.text : "")
                           : (x.number > y.number) - (x.number < y.number);

      if (difference != 0)
        return order->keys[i].descending ? -difference : difference;
    }
  return 0;
}

/* "Field, Field DESC" */
gboolean
sandbox_order_parse (SandboxOrder *order, const SandboxQueryRules *rules, const char *text, GError **error)
{
  order->rules = rules;
  order->n_keys = 0;
  if (text == NULL)
    return TRUE;
  do
    {
      guint key = order->n_keys;

      if (key == G_N_ELEMENTS (order->keys) || !take_field (rules, &text, &order->keys[key].field))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Not understood from: %s", text);
          return FALSE;
        }
      order->keys[key].descending = take (&text, "DESC");
      if (!order->keys[key].descending)
        take (&text, "ASC");
      order->n_keys++;
    }
  while (take (&text, ","));
  skip_spaces (&text);
  if (*text == '\0')
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Not understood from: %s", text);
  return FALSE;
}

gboolean
sandbox_order_is_fast (const SandboxOrder *order)
{
  for (guint i = 0; i < order->n_keys; i++)
    if ((order->rules->fields[order->keys[i].field].fast & SANDBOX_FAST_ORDER) == 0)
      return FALSE;
  return TRUE;
}

/* Rows that are equal by all keys stay in the default order. */
void
sandbox_order_rows (const SandboxOrder *order, GPtrArray *rows)
{
  if (order->n_keys > 0)
    g_ptr_array_sort_with_data (rows, compare_rows, (gpointer)order);
}

/* To the second: what changed within the named second is in, or (unconfirmed) is not. HTTP dates are taken
 * too (xero-accounting 5.3). FALSE: the reply is a 412. */
gboolean
sandbox_modified_since (const SandboxCall *call, gint64 *since_ms)
{
  const char *header = soup_message_headers_get_one (call->request->headers, "If-Modified-Since");
  g_autoptr (GDateTime) http_date = NULL;

  *since_ms = G_MININT64;
  if (header == NULL)
    return TRUE;
  if (!sandbox_instant_parse (header, since_ms))
    {
      http_date = soup_date_time_new_from_http_string (header);
      if (http_date != NULL)
        *since_ms = g_date_time_to_unix (http_date) * 1000;
      else if (sandbox_call_assumes (call, SANDBOX_ASSUME_BAD_MODIFIED_SINCE_412))
        {
          sandbox_reply_set (call->reply, SOUP_STATUS_PRECONDITION_FAILED, "text/plain; charset=utf-8",
                             "The If-Modified-Since header could not be read");
          return FALSE;
        }
      else
        return TRUE;
    }
  if (!sandbox_call_assumes (call, SANDBOX_ASSUME_MODIFIED_SINCE_INCLUSIVE))
    *since_ms += 1000;
  return TRUE;
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
