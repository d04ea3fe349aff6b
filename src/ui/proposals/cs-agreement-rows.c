/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-agreement-rows.h"
#include "cs-format.h"
#include "cs-operation-words.h"
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

static void
add_button (GtkWidget *box, const char *label, const char *action, const CsUuid *id)
{
  g_autofree char *text = cs_uuid_to_string (id);
  g_autofree char *detailed = g_strdup_printf ("%s::%s", action, text);
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), detailed);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
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
add_buttons (GtkWidget *box, const CsOperation *operation, CsSession *session)
{
  if (operation->state == CS_JOURNAL_DONE && *operation->remote_id != '\0')
    add_open_button (box, operation, session);
  if (cs_operation_words_needs_connection (operation, session))
    add_connect_button (box);
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
  add_buttons (foot, operation, session);
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

  return make_planned (planned, words, make_foot (cs_pill_for_planned ()));
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
    add_button (foot, _ ("_Send now"), "agreement.send-planned", &planned->id);
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
  /* Translators: %s is a date. */
  g_autofree char *title = g_strdup_printf (_ ("Monthly from %s"), first);
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
