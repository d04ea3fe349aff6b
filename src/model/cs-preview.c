/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-preview.h"
#include "cs-plan.h"
#include "cs-shape-words.h"

/** cs_preview_free: */
void
cs_preview_free (CsPreview *preview)
{
  if (preview == NULL)
    return;
  g_free (preview->contact_name);
  g_clear_pointer (&preview->now, g_ptr_array_unref);
  g_clear_pointer (&preview->now_details, g_ptr_array_unref);
  g_clear_pointer (&preview->problems, g_ptr_array_unref);
  g_clear_pointer (&preview->later, g_array_unref);
  g_free (preview);
}

/* The line whose period is the longest: with it the invoice as a whole comes again. */
static const CsPlannedLine *
find_longest (const CsPlannedInvoice *invoice)
{
  const CsPlannedLine *longest = g_ptr_array_index (invoice->lines, 0);

  for (guint i = 1; i < invoice->lines->len; i++)
    {
      const CsPlannedLine *line = g_ptr_array_index (invoice->lines, i);

      if (cs_date_compare (line->period.end, longest->period.end) > 0)
        longest = line;
    }
  return longest;
}

/* How far a service has come. */
typedef struct
{
  CsDate next;
  guint run; /* another one after each pause */
} Course;

/* What an invoice bills, and in which run of it: those of one series have the same. A quarter's invoice in
 * between, with more on it, is no pause of what is billed each month. */
static char *
describe_courses (GHashTable *courses, const CsPlannedInvoice *invoice)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GINT64_FORMAT, invoice->totals.total.minor);
  for (guint i = 0; i < invoice->lines->len; i++)
    {
      const CsPlannedLine *line = g_ptr_array_index (invoice->lines, i);
      g_autofree char *id = cs_uuid_to_string (&line->line_id);
      Course *course = g_hash_table_lookup (courses, id);

      if (course == NULL)
        g_hash_table_insert (courses, g_strdup (id), course = g_new0 (Course, 1));
      else if (cs_date_compare (course->next, line->period.start) != 0)
        course->run++;
      course->next = cs_date_add_days (line->period.end, 1);
      g_string_append_printf (text, " %s/%u", id, course->run);
    }
  return g_string_free (text, FALSE);
}

static void
append_series (GArray *series, const CsProposal *proposal, const CsPlannedInvoice *invoice)
{
  const CsProposalLine *line = cs_proposal_find_line (proposal, &find_longest (invoice)->line_id);
  CsPreviewSeries fresh
      = { .first = invoice->date,
          .next = invoice->date,
          .each = invoice->totals.total,
          .is_even = TRUE,
          .rhythm = line != NULL ? cs_billing_rule_get_rhythm (&line->billing) : CS_BILLING_ONCE };

  g_array_append_val (series, fresh);
}

static void
join_series (CsPreviewSeries *series, const CsPlannedInvoice *invoice)
{
  series->is_even &= cs_date_compare (series->next, invoice->date) == 0;
  series->next = cs_date_add_days (find_longest (invoice)->period.end, 1);
  series->last = invoice->date;
  series->count++;
}

/**
 * cs_preview_group:
 * @proposal: whose they are
 * @planned: (element-type CsPlannedInvoice): by date; from @start on brought into the order of the series
 * @start: what comes before is left alone
 *
 * What is billed alone on the same days is a series of its own, not one of every second invoice.
 *
 * Returns: (transfer full) (element-type CsPreviewSeries): series of one amount, by their first day
 */
GArray *
cs_preview_group (const CsProposal *proposal, GPtrArray *planned, guint start)
{
  GArray *series = g_array_new (FALSE, FALSE, sizeof (CsPreviewSeries));
  g_autoptr (GHashTable) courses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  guint next = start;

  for (guint i = start; i < planned->len; i++)
    {
      CsPlannedInvoice *invoice = planned->pdata[i];
      char *described = describe_courses (courses, invoice);
      gpointer place = NULL;

      if (!g_hash_table_lookup_extended (places, described, NULL, &place))
        {
          place = GUINT_TO_POINTER (members->len);
          append_series (series, proposal, invoice);
          g_ptr_array_add (members, g_ptr_array_new ());
        }
      g_hash_table_insert (places, described, place);
      join_series (&g_array_index (series, CsPreviewSeries, GPOINTER_TO_UINT (place)), invoice);
      g_ptr_array_add (members->pdata[GPOINTER_TO_UINT (place)], invoice);
    }
  for (guint i = 0; i < members->len; i++)
    for (guint j = 0; j < ((GPtrArray *)members->pdata[i])->len; j++)
      planned->pdata[next++] = ((GPtrArray *)members->pdata[i])->pdata[j];
  return series;
}

static CsContactFate
foretell_contact (const CsClient *client, CsMatch known)
{
  if (client != NULL && *client->remote_contact_id != '\0')
    return CS_CONTACT_LINKED;
  if (cs_match_links_by_itself (known))
    return CS_CONTACT_EXISTING;
  return known == CS_MATCH_NAME ? CS_CONTACT_NAME_TAKEN : CS_CONTACT_NEW;
}

/* The @index-th invoice that takes a number of its series. */
static char *
foretell_number (const CsPlannedInvoice *invoice,
                 const CsSettings *settings,
                 const CsPreviewFacts *facts,
                 guint index)
{
  gboolean is_practice = *invoice->series == '\0' || g_str_equal (invoice->series, settings->number_prefix);
  const GPtrArray *numbers = is_practice ? facts->numbers : facts->client_numbers;

  if (numbers != NULL && index < numbers->len)
    return g_strdup (numbers->pdata[index]);
  return is_practice ? cs_settings_format_number (settings, settings->number_next + index)
                     : g_strdup (invoice->series);
}

static guint
count_series (GPtrArray *invoices, const char *series)
{
  guint n = 0;

  for (guint i = 0; i < invoices->len; i++)
    n += g_str_equal (((CsPlannedInvoice *)invoices->pdata[i])->series, series) ? 1 : 0;
  return n;
}

/* Said once, however many invoices it is about. */
static void
add_problems (CsPreview *preview, const CsPlannedInvoice *invoice, const CsPreviewFacts *facts)
{
  g_autoptr (GArray) violations = facts->world != NULL ? cs_shape_check (invoice, facts->world) : NULL;

  for (guint i = 0; violations != NULL && i < violations->len; i++)
    {
      const CsShapeViolation *violation = &g_array_index (violations, CsShapeViolation, i);
      g_autofree char *words = cs_shape_words_violation (violation->outcome, violation->parameter);
      guint index;

      if (!g_ptr_array_find_with_equal_func (preview->problems, words, g_str_equal, &index))
        g_ptr_array_add (preview->problems, g_steal_pointer (&words));
    }
}

/* Of what is planned, by date: how many are dated up to @day. */
static guint
count_until (GPtrArray *planned, CsDate day)
{
  guint n = 0;

  while (n < planned->len && cs_date_compare (((CsPlannedInvoice *)planned->pdata[n])->date, day) <= 0)
    n++;
  return n;
}

/* From @start to before @end, later than what was noted before. */
static void
note_past (CsPreview *preview, GPtrArray *planned, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    {
      CsDate date = ((CsPlannedInvoice *)planned->pdata[i])->date;

      if (preview->n_past == 0)
        preview->first_past = date;
      preview->last_past = date;
      preview->n_past++;
    }
}

/* What is written at once; it is taken out of @planned. */
static void
take_now (CsPreview *preview,
          GPtrArray *planned,
          guint start,
          guint end,
          const CsSettings *settings,
          const CsPreviewFacts *facts)
{
  for (guint i = start; i < end; i++)
    {
      CsPlannedInvoice *invoice = g_ptr_array_steal_index (planned, start);

      g_free (invoice->number);
      invoice->number
          = foretell_number (invoice, settings, facts, count_series (preview->now, invoice->series));
      g_ptr_array_add (preview->now, invoice);
      g_ptr_array_add (preview->now_details, cs_shape_words_invoice (invoice, facts->world));
      add_problems (preview, invoice, facts);
    }
}

/**
 * cs_preview_new:
 * @proposal: as it stands
 * @client: (nullable): whom it is for
 * @known: how far the ledger has a contact that may be @client
 * @settings: the practice's
 * @facts: what the file knows beside it
 * @accepted_on: the day of the acceptance
 * @today: in the practice's zone
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what accepting it would do
 */
CsPreview *
cs_preview_new (const CsProposal *proposal,
                const CsClient *client,
                CsMatch known,
                const CsSettings *settings,
                const CsPreviewFacts *facts,
                CsDate accepted_on,
                CsDate today,
                GError **error)
{
  g_autoptr (GPtrArray) planned = NULL;
  CsPreview *preview;
  CsDate from = cs_date_compare (accepted_on, today) > 0 ? accepted_on : today;
  guint n_before, n_now, n_past;

  g_return_val_if_fail (proposal != NULL && settings != NULL, NULL);

  planned = cs_proposal_plan_invoices (proposal, accepted_on, cs_date_add_months (from, CS_PLAN_MONTHS, 0),
                                       error);
  if (planned == NULL)
    return NULL;
  preview = g_new0 (CsPreview, 1);
  preview->today = today;
  preview->contact_name = g_strdup (client != NULL ? client->name : "");
  preview->contact_fate = foretell_contact (client, known);
  n_before = count_until (planned, cs_date_add_days (accepted_on, -1));
  n_now = count_until (planned, accepted_on);
  n_past = MAX (n_now, count_until (planned, cs_date_add_days (today, -1)));
  preview->first_past = preview->last_past = CS_DATE_NONE;
  note_past (preview, planned, 0, n_before);
  note_past (preview, planned, n_now, n_past);
  preview->later = cs_preview_group (proposal, planned, n_past);
  preview->now_details = g_ptr_array_new_with_free_func (g_free);
  preview->problems = g_ptr_array_new_with_free_func (g_free);
  preview->now = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_planned_invoice_free);
  take_now (preview, planned, n_before, n_now, settings, facts);
  if (preview->now->len == 0 && planned->len > 0)
    add_problems (preview, planned->pdata[0], facts);
  return preview;
}
