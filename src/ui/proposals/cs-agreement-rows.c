/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-agreement-rows.h"
#include "cs-agreement-row.h"
#include "cs-billing-words.h"
#include "cs-format.h"
#include "cs-operation-words.h"
#include "cs-proposal-words.h"
#include "cs-rhythm-words.h"
#include "cs-rows.h"

#include <glib/gi18n-lib.h>

#define AMOUNT_KEY "cs-amount"
#define ROWS_KEY "cs-rows"

static void
add_button (CsAgreementRow *row, const char *label, const char *action, const CsUuid *id)
{
  g_autofree char *text = cs_uuid_to_string (id);
  g_autofree char *detailed = g_strdup_printf ("%s::%s", action, text);

  cs_agreement_row_add_button (row, label, NULL, detailed);
}

/* One of many: by its name alone it can't be told which. */
static void
add_skip_button (CsAgreementRow *row, const CsPlannedInvoice *planned)
{
  g_autofree char *id = cs_uuid_to_string (&planned->id);
  g_autofree char *detailed = g_strdup_printf ("agreement.skip::%s", id);
  g_autofree char *date = cs_format_date (planned->date);
  /* Translators: %s is a date. */
  g_autofree char *spoken = g_strdup_printf (_ ("Skip the invoice of %s…"), date);

  cs_agreement_row_add_button (row, _ ("S_kip…"), spoken, detailed);
}

static void
add_link (CsAgreementRow *row, const char *label, const char *link)
{
  g_autofree char *detailed = link != NULL ? g_strdup_printf ("win.open-uri::%s", link) : NULL;

  if (detailed != NULL)
    cs_agreement_row_add_button (row, label, NULL, detailed);
}

static void
add_open_button (CsAgreementRow *row, const CsOperation *operation, CsSession *session)
{
  g_autofree char *link = operation->is_invoice ? cs_session_get_invoice_link (session, operation->remote_id)
                                                : cs_session_get_contact_link (session, operation->remote_id);

  add_link (row, _ ("_Open in Xero"), link);
}

static void
add_buttons (CsAgreementRow *row,
             const CsOperation *operation,
             const CsPlannedInvoice *planned,
             CsSession *session)
{
  if (operation->state == CS_JOURNAL_DONE && *operation->remote_id != '\0')
    add_open_button (row, operation, session);
  if (cs_operation_words_needs_connection (operation, session))
    cs_agreement_row_add_button (row, _ ("_Connect…"), NULL, "win.connect");
  /* What was kept from being sent is in no other invoice either. */
  if (operation->state == CS_JOURNAL_CANCELLED && planned != NULL)
    add_button (row, _ ("_Send after all"), "agreement.send-planned", &planned->id);
  if (operation->state != CS_JOURNAL_BLOCKED)
    return;
  if (cs_operation_words_names_contact (operation))
    {
      g_autofree char *link = cs_session_get_contact_link (session, operation->contact_id);

      add_link (row, _ ("_Open contact in Xero"), link);
    }
  if (!operation->is_invoice)
    add_button (row, _ ("_Link to a contact…"), "agreement.link", &operation->id);
  if (cs_operation_may_be_adopted (operation))
    add_button (row, _ ("It _is this one…"), "agreement.adopt", &operation->id);
  if (operation->found != NULL)
    {
      g_autofree char *link = cs_session_get_invoice_link (session, operation->found->remote_id);

      add_link (row, _ ("_Open in Xero"), link);
    }
  add_button (row, _ ("_Try again"), "agreement.retry", &operation->id);
  if (cs_operation_is_number_taken (operation))
    add_button (row, _ ("Use the _next number"), "agreement.renumber", &operation->id);
  add_button (row, _ ("_Don’t send"), "agreement.cancel", &operation->id);
}

/* Of these the pill, and the countdown above, say it all. */
static gboolean
needs_words (const CsOperation *operation, CsSession *session)
{
  if (cs_operation_words_needs_connection (operation, session))
    return TRUE;
  if (operation->state == CS_JOURNAL_DONE)
    return operation->outcome == CS_OUTCOME_CHANGED_BY_LEDGER || !operation->is_invoice;
  return operation->state != CS_JOURNAL_HELD && operation->state != CS_JOURNAL_CANCELLED;
}

static void
say_operation (CsAgreementRow *row,
               const CsOperation *operation,
               const CsPlannedInvoice *planned,
               CsSession *session)
{
  g_autofree char *title = cs_operation_words_title (operation);
  g_autofree char *amount = operation->is_invoice ? cs_format_money_with_currency (operation->amount) : NULL;
  g_autofree char *outcome
      = needs_words (operation, session) ? cs_operation_words_outcome (operation, session) : NULL;
  g_autofree char *date = planned != NULL ? cs_format_date (planned->date) : NULL;
  g_autofree char *due = planned != NULL ? cs_format_date (planned->due) : NULL;
  /* Translators: two dates. */
  g_autofree char *about
      = planned != NULL ? g_strdup_printf (_ ("%1$s, due %2$s"), date, due) : g_strdup (operation->title);

  cs_agreement_row_set_head (row, title, amount, about);
  cs_agreement_row_set_outcome (row, outcome, operation->state == CS_JOURNAL_BLOCKED,
                                cs_operation_words_advice (operation));
  cs_agreement_row_set_pill (row, cs_pill_for_operation (operation));
  cs_agreement_row_start_buttons (row);
  add_buttons (row, operation, planned, session);
  cs_agreement_row_end_buttons (row);
}

/* An invoice that goes by itself. */
static void
say_planned (CsAgreementRow *row, const CsPlannedInvoice *planned)
{
  g_autofree char *date = cs_format_date (planned->date);
  g_autofree char *amount = cs_format_money_with_currency (planned->totals.total);
  g_autofree char *due = cs_format_date (planned->due);
  /* Translators: %s is a date. */
  g_autofree char *about = g_strdup_printf (_ ("Due %s"), due);

  cs_agreement_row_set_head (row, date, amount, about);
  cs_agreement_row_set_outcome (row, NULL, FALSE, NULL);
  cs_agreement_row_set_pill (row, cs_pill_for_planned ());
  cs_agreement_row_start_buttons (row);
  add_skip_button (row, planned);
  cs_agreement_row_end_buttons (row);
}

/* An invoice whose day has passed: a person sends it, or said why not [U-11]. */
static void
say_missed (CsAgreementRow *row, const CsPlannedInvoice *planned)
{
  gboolean is_skipped = planned->skipped_ms > 0;
  g_autofree char *date = cs_format_date (planned->date);
  g_autofree char *amount = cs_format_money_with_currency (planned->totals.total);
  /* Translators: %s is a person's reason for not billing something. */
  g_autofree char *about = is_skipped ? g_strdup_printf (_ ("Skipped: %s"), planned->skip_reason)
                                      : g_strdup (_ ("Its day has passed. It goes when you say so."));

  cs_agreement_row_set_head (row, date, amount, about);
  cs_agreement_row_set_outcome (row, NULL, FALSE, NULL);
  cs_agreement_row_set_pill (row, is_skipped ? cs_pill_for_skipped () : cs_pill_for_person ());
  cs_agreement_row_start_buttons (row);
  if (is_skipped)
    add_button (row, _ ("_Undo skipping"), "agreement.undo-skip", &planned->id);
  else
    {
      add_button (row, _ ("_Send now"), "agreement.send-planned", &planned->id);
      add_skip_button (row, planned);
    }
  cs_agreement_row_end_buttons (row);
}

/* --- rows that stay --- */

/* The next row is the one at @found, or, where there is none, @fresh. */
static GtkWidget *
take_row (CsRowsFill *fill, int found, GtkWidget *fresh)
{
  if (fresh != NULL)
    gtk_list_box_insert (fill->list, fresh, fill->position);
  for (; found > fill->position; found--)
    gtk_list_box_remove (fill->list, GTK_WIDGET (gtk_list_box_get_row_at_index (fill->list, fill->position)));
  return GTK_WIDGET (gtk_list_box_get_row_at_index (fill->list, fill->position++));
}

/* @id: of a planned invoice, or a client */
static CsAgreementRow *
take_single (CsRowsFill *fill, const CsUuid *id)
{
  GtkListBoxRow *row;
  int found = fill->position;

  while (
      (row = gtk_list_box_get_row_at_index (fill->list, found)) != NULL
      && !(CS_IS_AGREEMENT_ROW (row) && cs_uuid_equal (cs_agreement_row_get_id (CS_AGREEMENT_ROW (row)), id)))
    found++;
  return CS_AGREEMENT_ROW (
      take_row (fill, row != NULL ? found : -1, row == NULL ? GTK_WIDGET (cs_agreement_row_new (id)) : NULL));
}

/* (nullable): the rows in it, of CsAgreementRow, where it is a series */
static GPtrArray *
get_rows (gpointer row)
{
  return g_object_get_data (row, ROWS_KEY);
}

/* From @from on; the number of them: not there */
static guint
find_among (GPtrArray *rows, guint from, const CsUuid *id)
{
  guint i = from;

  while (i < rows->len && !cs_uuid_equal (cs_agreement_row_get_id (rows->pdata[i]), id))
    i++;
  return i;
}

static gboolean
has_row (GtkListBoxRow *series, const CsUuid *id)
{
  GPtrArray *rows = get_rows (series);

  return rows != NULL && find_among (rows, 0, id) < rows->len;
}

static GtkWidget *
new_series (gboolean is_unfolded)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *amount = gtk_label_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_add_css_class (amount, "numeric");
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), amount);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), is_unfolded);
  g_object_set_data (G_OBJECT (row), AMOUNT_KEY, amount);
  g_object_set_data_full (G_OBJECT (row), ROWS_KEY, g_ptr_array_new (), (GDestroyNotify)g_ptr_array_unref);
  return row;
}

/* The one that has its first invoice: the months go out of it one by one. */
static AdwExpanderRow *
take_series (CsRowsFill *fill, const CsUuid *first_id, gboolean is_unfolded)
{
  GtkListBoxRow *row;
  int found = fill->position;

  while ((row = gtk_list_box_get_row_at_index (fill->list, found)) != NULL && !has_row (row, first_id))
    found++;
  return ADW_EXPANDER_ROW (
      take_row (fill, row != NULL ? found : -1, row == NULL ? new_series (is_unfolded) : NULL));
}

/* Within it a row can be put at the end alone. */
static void
fill_series (AdwExpanderRow *series, CsPlannedInvoice *const *planned, guint n)
{
  GPtrArray *rows = get_rows (series);

  for (guint i = 0; i < n; i++)
    {
      guint found = find_among (rows, i, &planned[i]->id);

      while (rows->len > i && found > i)
        {
          adw_expander_row_remove (series, rows->pdata[i]);
          g_ptr_array_remove_index (rows, i);
          found--;
        }
      if (i == rows->len)
        {
          g_ptr_array_add (rows, cs_agreement_row_new (&planned[i]->id));
          adw_expander_row_add_row (series, rows->pdata[i]);
        }
      say_planned (rows->pdata[i], planned[i]);
    }
  while (rows->len > n)
    adw_expander_row_remove (series, g_ptr_array_steal_index (rows, rows->len - 1));
}

static void
say_series (AdwExpanderRow *row, const CsPreviewSeries *series)
{
  g_autofree char *first = cs_format_date (series->first);
  g_autofree char *last = cs_format_date (series->last);
  g_autofree char *amount = cs_format_money_with_currency (series->each);
  g_autofree char *title = cs_rhythm_words_from (series->is_even ? series->rhythm : CS_BILLING_ONCE, first);
  /* Translators: how many invoices, and a date, at which they do not end. */
  g_autofree char *subtitle
      = g_strdup_printf (ngettext ("%1$'u invoice planned so far, up to %2$s",
                                   "%1$'u invoices planned so far, up to %2$s", series->count),
                         series->count, last);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (row, subtitle);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), AMOUNT_KEY), amount);
}

static gboolean
has_unfolded (GtkListBox *list)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list));

  while (row != NULL
         && !(ADW_IS_EXPANDER_ROW (row) && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row))))
    row = gtk_widget_get_next_sibling (row);
  return row != NULL;
}

/* What is a year of the same is one row, which opens; somebody who goes through the months finds them open.
 */
static void
fill_series_of (CsRowsFill *fill, const CsProposal *proposal, GPtrArray *planned, gboolean is_unfolded)
{
  g_autoptr (GArray) series = cs_preview_group (proposal, planned, 0);
  CsPlannedInvoice *const *next = (CsPlannedInvoice *const *)planned->pdata;

  for (guint i = 0; i < series->len; i++)
    {
      const CsPreviewSeries *group = &g_array_index (series, CsPreviewSeries, i);

      if (group->count > 1)
        {
          AdwExpanderRow *row = take_series (fill, &next[0]->id, is_unfolded);

          say_series (row, group);
          fill_series (row, next, group->count);
        }
      else
        say_planned (take_single (fill, &next[0]->id), next[0]);
      next += group->count;
    }
}

/** cs_agreement_rows_fill_written: @list gets a row of all that was written, or is about to be. Those that
 * are there already stay, with whoever is in them, and only say how far it is by now. */
void
cs_agreement_rows_fill_written (GtkListBox *list, CsProposalProgress *progress, CsSession *session)
{
  const CsOperation *contact = cs_proposal_progress_get_contact (progress);
  GPtrArray *rows = cs_proposal_progress_get_rows (progress);
  CsRowsFill fill = cs_rows_fill_start (list);

  if (contact != NULL)
    say_operation (take_single (&fill, &contact->subject_id), contact, NULL, session);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const CsProgressRow *row = rows->pdata[i];

      if (row->operation != NULL)
        say_operation (take_single (&fill, &row->planned->id), row->operation, row->planned, session);
    }
  cs_rows_fill_end (&fill);
}

/** cs_agreement_rows_fill_planned: @list gets, in the same way, a row of all that is to be billed yet. What a
 * person decides, or decided, stands by itself, above what goes on its day. */
void
cs_agreement_rows_fill_planned (GtkListBox *list, CsProposalProgress *progress, const CsProposal *proposal)
{
  GPtrArray *rows = cs_proposal_progress_get_rows (progress);
  g_autoptr (GPtrArray) planned = g_ptr_array_new ();
  gboolean is_unfolded = has_unfolded (list);
  CsRowsFill fill = cs_rows_fill_start (list);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const CsProgressRow *row = rows->pdata[i];

      if (row->operation != NULL)
        continue;
      if (row->needs_word || row->planned->skipped_ms > 0)
        say_missed (take_single (&fill, &row->planned->id), row->planned);
      else
        g_ptr_array_add (planned, row->planned);
    }
  fill_series_of (&fill, proposal, planned, is_unfolded);
  cs_rows_fill_end (&fill);
}

/* --- services --- */

static void
add_item (GMenu *menu, const char *label, const char *action, const CsUuid *line_id)
{
  g_autofree char *text = cs_uuid_to_string (line_id);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", text);
  g_menu_append_item (menu, item);
}

/* What can be said of a service depends on what was said before. */
static GMenuModel *
make_line_menu (const CsProposalLine *line, CsDate today)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GArray) gaps = cs_billing_changes_list_gaps (line->changes);
  const CsBillingGap *now = cs_billing_gaps_find (gaps, today);
  const CsBillingGap *next = cs_billing_gaps_find_next (gaps, today);

  if (now == NULL)
    add_item (menu, _ ("_Pause…"), "agreement.pause", &line->id);
  if (now != NULL || next != NULL)
    add_item (menu, _ ("_Resume…"), "agreement.resume", &line->id);
  if (now == NULL || now->change->kind != CS_BILLING_STOP)
    add_item (menu, _ ("S_top…"), "agreement.stop", &line->id);
  return G_MENU_MODEL (menu);
}

static void
add_line_menu (GtkWidget *row, const CsProposalLine *line, CsDate today)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = make_line_menu (line, today);
  /* Translators: %s is a service. */
  g_autofree char *label = g_strdup_printf (_ ("More about “%s”"), line->description);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Pause, resume or stop"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/** cs_agreement_rows_new_line: Returns: (transfer floating): a row of a service as agreed, with what was said
 * of it since [U-13]; one that recurs, of a proposal that is active, can be paused, resumed and stopped */
GtkWidget *
cs_agreement_rows_new_line (const CsProposal *proposal,
                            const CsProposalLine *line,
                            CsLedgerLists *lists,
                            CsDate today)
{
  g_autofree char *words = cs_proposal_words_line (proposal, line, lists);
  g_autofree char *amount = cs_proposal_words_line_amount (proposal, line);
  g_autofree char *state = cs_billing_words_state (line, today);
  g_autofree char *subtitle = state != NULL ? g_strconcat (words, "\n", state, NULL) : NULL;
  GtkWidget *row = cs_rows_new (line->description, subtitle != NULL ? subtitle : words);

  cs_rows_add_amount (row, amount);
  if (line->billing.unit != CS_BILLING_UNIT_ONCE && proposal->state == CS_PROPOSAL_ACTIVE)
    add_line_menu (row, line, today);
  return row;
}
