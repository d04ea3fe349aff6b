/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-agreement-rows.h"
#include "cs-billing-words.h"
#include "cs-format.h"
#include "cs-operation-words.h"
#include "cs-proposal-words.h"
#include "cs-rhythm-words.h"
#include "cs-rows.h"
#include "cs-state-pill.h"

#include <glib/gi18n-lib.h>

#define SPACE 6
#define MARGIN 12

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, style);
    }
  return label;
}

static GtkWidget *
add_button (GtkWidget *box, const char *label, const char *action, const CsUuid *id)
{
  g_autofree char *text = cs_uuid_to_string (id);
  g_autofree char *detailed = g_strdup_printf ("%s::%s", action, text);
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), detailed);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
  return button;
}

/* One of many: by its name alone it can't be told which. */
static void
add_skip_button (GtkWidget *box, const CsPlannedInvoice *planned)
{
  GtkWidget *button = add_button (box, _ ("S_kip…"), "agreement.skip", &planned->id);
  g_autofree char *date = cs_format_date (planned->date);
  /* Translators: %s is a date. */
  g_autofree char *label = g_strdup_printf (_ ("Skip the invoice of %s…"), date);

  /* What is written on it would count before that. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
add_link (GtkWidget *box, const char *label, const char *link)
{
  GtkWidget *button;

  if (link == NULL)
    return;
  button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-uri");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", link);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
}

static void
add_open_button (GtkWidget *box, const CsOperation *operation, CsSession *session)
{
  g_autofree char *link = operation->is_invoice ? cs_session_get_invoice_link (session, operation->remote_id)
                                                : cs_session_get_contact_link (session, operation->remote_id);

  add_link (box, _ ("_Open in Xero"), link);
}

static void
add_connect_button (GtkWidget *box)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Connect…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.connect");
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
}

static void
add_buttons (GtkWidget *box,
             const CsOperation *operation,
             const CsPlannedInvoice *planned,
             CsSession *session)
{
  if (operation->state == CS_JOURNAL_DONE && *operation->remote_id != '\0')
    add_open_button (box, operation, session);
  if (cs_operation_words_needs_connection (operation, session))
    add_connect_button (box);
  /* What was kept from being sent is in no other invoice either. */
  if (operation->state == CS_JOURNAL_CANCELLED && planned != NULL)
    add_button (box, _ ("_Send after all"), "agreement.send-planned", &planned->id);
  if (operation->state != CS_JOURNAL_BLOCKED)
    return;
  if (cs_operation_words_names_contact (operation))
    {
      g_autofree char *link = cs_session_get_contact_link (session, operation->contact_id);

      add_link (box, _ ("_Open contact in Xero"), link);
    }
  if (!operation->is_invoice)
    add_button (box, _ ("_Link to a contact…"), "agreement.link", &operation->id);
  if (cs_operation_may_be_adopted (operation))
    add_button (box, _ ("It _is this one…"), "agreement.adopt", &operation->id);
  if (operation->found != NULL)
    {
      g_autofree char *link = cs_session_get_invoice_link (session, operation->found->remote_id);

      add_link (box, _ ("_Open in Xero"), link);
    }
  add_button (box, _ ("_Try again"), "agreement.retry", &operation->id);
  if (cs_operation_is_number_taken (operation))
    add_button (box, _ ("Use the _next number"), "agreement.renumber", &operation->id);
  add_button (box, _ ("_Don’t send"), "agreement.cancel", &operation->id);
}

/* What and how much; @amount may be NULL. */
static GtkWidget *
make_head (const char *title, const char *amount)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACE);
  GtkWidget *label = make_label (title, NULL);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (head), label);
  if (amount == NULL)
    return head;
  label = gtk_label_new (amount);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (head), label);
  return head;
}

/* How far it is, and what can be done about it. */
static GtkWidget *
make_foot (CsPill state)
{
  GtkWidget *foot = adw_wrap_box_new ();
  GtkWidget *pill = cs_state_pill_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (foot), SPACE);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (foot), SPACE);
  cs_state_pill_set (CS_STATE_PILL (pill), state);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  adw_wrap_box_append (ADW_WRAP_BOX (foot), pill);
  return foot;
}

/* A row that stays readable on a phone: the words have its whole width, the buttons stand below. */
static GtkWidget *
make_row (const char *title, GtkWidget *box)
{
  GtkWidget *row = adw_preferences_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_margin_top (box, MARGIN);
  gtk_widget_set_margin_bottom (box, MARGIN);
  gtk_widget_set_margin_start (box, MARGIN);
  gtk_widget_set_margin_end (box, MARGIN);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
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

/**
 * cs_agreement_rows_new_operation:
 * @operation: what is written
 * @planned: (nullable): the invoice that it writes
 * @session: the practice
 *
 * Returns: (transfer floating): a row that says how far it is
 */
GtkWidget *
cs_agreement_rows_new_operation (const CsOperation *operation,
                                 const CsPlannedInvoice *planned,
                                 CsSession *session)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE);
  GtkWidget *foot = make_foot (cs_pill_for_operation (operation));
  g_autofree char *title = cs_operation_words_title (operation);
  g_autofree char *amount = operation->is_invoice ? cs_format_money_with_currency (operation->amount) : NULL;
  g_autofree char *outcome = cs_operation_words_outcome (operation, session);
  g_autofree char *date = planned != NULL ? cs_format_date (planned->date) : NULL;
  g_autofree char *due = planned != NULL ? cs_format_date (planned->due) : NULL;
  /* Translators: two dates. */
  g_autofree char *about
      = planned != NULL ? g_strdup_printf (_ ("%1$s, due %2$s"), date, due) : g_strdup (operation->title);

  gtk_box_append (GTK_BOX (box), make_head (title, amount));
  gtk_box_append (GTK_BOX (box), make_label (about, "dimmed"));
  if (needs_words (operation, session))
    gtk_box_append (GTK_BOX (box),
                    make_label (outcome, operation->state == CS_JOURNAL_BLOCKED ? "error" : "dimmed"));
  if (*cs_operation_words_advice (operation) != '\0')
    gtk_box_append (GTK_BOX (box), make_label (cs_operation_words_advice (operation), "dimmed"));
  add_buttons (foot, operation, planned, session);
  gtk_box_append (GTK_BOX (box), foot);
  return make_row (title, box);
}

/* When, how much, and @words; its foot takes buttons. */
static GtkWidget *
make_planned (const CsPlannedInvoice *planned, const char *words, GtkWidget *foot)
{
  g_autofree char *date = cs_format_date (planned->date);
  g_autofree char *amount = cs_format_money_with_currency (planned->totals.total);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE);

  gtk_box_append (GTK_BOX (box), make_head (date, amount));
  gtk_box_append (GTK_BOX (box), make_label (words, "dimmed"));
  gtk_box_append (GTK_BOX (box), foot);
  return make_row (date, box);
}

/** cs_agreement_rows_new_planned: Returns: (transfer floating): a row of an invoice that goes by itself */
GtkWidget *
cs_agreement_rows_new_planned (const CsPlannedInvoice *planned)
{
  g_autofree char *due = cs_format_date (planned->due);
  /* Translators: %s is a date. */
  g_autofree char *words = g_strdup_printf (_ ("Due %s"), due);
  GtkWidget *foot = make_foot (cs_pill_for_planned ());

  add_skip_button (foot, planned);
  return make_planned (planned, words, foot);
}

/** cs_agreement_rows_new_missed: Returns: (transfer floating): a row of an invoice whose day has passed: a
 * person sends it, or said why not [U-11] */
GtkWidget *
cs_agreement_rows_new_missed (const CsPlannedInvoice *planned)
{
  gboolean is_skipped = planned->skipped_ms > 0;
  GtkWidget *foot = make_foot (is_skipped ? cs_pill_for_skipped () : cs_pill_for_person ());
  /* Translators: %s is a person's reason for not billing something. */
  g_autofree char *words = is_skipped ? g_strdup_printf (_ ("Skipped: %s"), planned->skip_reason)
                                      : g_strdup (_ ("Its day has passed. It goes when you say so."));

  if (is_skipped)
    add_button (foot, _ ("_Undo skipping"), "agreement.undo-skip", &planned->id);
  else
    {
      add_button (foot, _ ("_Send now"), "agreement.send-planned", &planned->id);
      add_skip_button (foot, planned);
    }
  return make_planned (planned, words, foot);
}

/** cs_agreement_rows_new_series: Returns: (transfer floating): a row that opens into one for each of @planned
 * (of #CsPlannedInvoice, from @start on, as many as @series says) */
GtkWidget *
cs_agreement_rows_new_series (const CsPreviewSeries *series, GPtrArray *planned, guint start)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *first = cs_format_date (series->first);
  g_autofree char *last = cs_format_date (series->last);
  g_autofree char *amount = cs_format_money_with_currency (series->each);
  g_autofree char *title = cs_rhythm_words_from (series->is_even ? series->rhythm : CS_BILLING_ONCE, first);
  /* Translators: how many invoices, and a date, at which they do not end. */
  g_autofree char *subtitle
      = g_strdup_printf (ngettext ("%1$u invoice planned so far, up to %2$s",
                                   "%1$u invoices planned so far, up to %2$s", series->count),
                         series->count, last);
  GtkWidget *label = gtk_label_new (amount);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  gtk_widget_add_css_class (label, "numeric");
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), label);
  for (guint i = start; i < start + series->count; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), cs_agreement_rows_new_planned (planned->pdata[i]));
  return row;
}

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
