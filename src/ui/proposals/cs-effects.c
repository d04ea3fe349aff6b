/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-effects.h"
#include "cs-format.h"
#include "cs-rhythm-words.h"
#include "cs-rows.h"

#include <glib/gi18n-lib.h>

struct _CsEffects
{
  AdwBin parent_instance;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (CsEffects, cs_effects, ADW_TYPE_BIN)

static void
cs_effects_class_init (CsEffectsClass *class)
{
}

static void
cs_effects_init (CsEffects *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What this will do"), -1);
  adw_bin_set_child (ADW_BIN (self), list);
}

static void
add_row (CsEffects *self, const char *icon, const char *title, const char *subtitle, const char *amount)
{
  GtkWidget *row = cs_rows_new (title, subtitle);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  if (amount != NULL)
    cs_rows_add_amount (row, amount);
  gtk_list_box_append (self->list, row);
}

static const char *
name_fate (CsContactFate fate)
{
  switch (fate)
    {
    case CS_CONTACT_LINKED:
      return _ ("Existing contact in Xero");
    case CS_CONTACT_EXISTING:
      return _ ("Xero has this contact: the client will be linked to it");
    case CS_CONTACT_NAME_TAKEN:
      return _ ("Xero has a contact of this name: choose that one as the client, or rename this one");
    case CS_CONTACT_NEW:
    default:
      return _ ("New contact in Xero");
    }
}

static void
add_contact (CsEffects *self, const CsPreview *preview)
{
  if (*preview->contact_name == '\0')
    return;
  add_row (self, "avatar-default-symbolic", preview->contact_name, name_fate (preview->contact_fate), NULL);
}

/* What is said below its dates: that it is late before it is there, and how it is shaped. */
static char *
describe_details (const CsPlannedInvoice *invoice, CsDate today, const char *details)
{
  gboolean is_late = cs_date_is_set (invoice->due) && cs_date_compare (invoice->due, today) < 0;
  const char *late = is_late ? _ ("Its due date has already passed") : "";

  return g_strjoin (is_late && *details != '\0' ? "\n" : "", late, details, NULL);
}

static void
add_invoice (CsEffects *self, const CsPlannedInvoice *invoice, CsDate today, const char *shaping)
{
  g_autofree char *amount = cs_format_money_with_currency (invoice->totals.total);
  g_autofree char *tax = cs_format_money (invoice->totals.tax);
  g_autofree char *date = cs_format_date (invoice->date);
  g_autofree char *due = cs_format_date (invoice->due);
  /* Translators: %s is an invoice's number. */
  g_autofree char *title = g_strdup_printf (_ ("Invoice %s"), invoice->number);
  g_autofree char *details = describe_details (invoice, today, shaping);
  g_autofree char *subtitle = NULL;
  g_autofree char *both = NULL;

  if (invoice->authorise)
    /* Translators: two dates, and an amount of tax. */
    subtitle
        = g_strdup_printf (_ ("%1$s, due %2$s · awaiting payment · includes tax of %3$s"), date, due, tax);
  else
    subtitle = g_strdup_printf (_ ("%1$s, due %2$s · as a draft · includes tax of %3$s"), date, due, tax);
  both = *details != '\0' ? g_strdup_printf ("%s\n%s", subtitle, details) : NULL;
  add_row (self, "document-send-symbolic", title, both != NULL ? both : subtitle, amount);
}

static void
add_series (CsEffects *self, const CsPreviewSeries *series)
{
  g_autofree char *amount = cs_format_money_with_currency (series->each);
  g_autofree char *first = cs_format_date (series->first);
  g_autofree char *last = cs_format_date (series->last);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (series->count == 1)
    {
      /* Translators: %s is a date. */
      title = g_strdup_printf (_ ("Then on %s"), first);
      subtitle = g_strdup (_ ("1 invoice"));
    }
  else
    {
      title = cs_rhythm_words_from (series->is_even ? series->rhythm : CS_BILLING_ONCE, first);
      /* Translators: how many invoices, and a date, at which they do not end. */
      subtitle = g_strdup_printf (ngettext ("%1$'u invoice planned so far, up to %2$s",
                                            "%1$'u invoices planned so far, up to %2$s", series->count),
                                  series->count, last);
    }
  add_row (self, "x-office-calendar-symbolic", title, subtitle, amount);
}

/* What lies before today, and is not of the acceptance's own day, never goes without a person [U-11]. */
static void
add_past (CsEffects *self, const CsPreview *preview)
{
  g_autofree char *first = cs_format_date (preview->first_past);
  g_autofree char *last = cs_format_date (preview->last_past);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (preview->n_past == 0)
    return;
  title = g_strdup_printf (ngettext ("%'u past invoice is not sent by itself",
                                     "%'u past invoices are not sent by themselves", preview->n_past),
                           preview->n_past);
  if (preview->n_past == 1)
    /* Translators: %s is a date. */
    subtitle = g_strdup_printf (_ ("%s: you will be asked"), first);
  else
    /* Translators: two dates. */
    subtitle = g_strdup_printf (_ ("%1$s to %2$s: you will be asked"), first, last);
  add_row (self, "cs-activity-symbolic", title, subtitle, NULL);
}

/**
 * cs_effects_show:
 * @self: the list
 * @preview: (nullable): what will be done
 * @problem: (nullable): why that can't be told
 */
void
cs_effects_show (CsEffects *self, const CsPreview *preview, const char *problem)
{
  g_return_if_fail (CS_IS_EFFECTS (self));

  cs_rows_clear (self->list);
  if (preview == NULL)
    {
      add_row (self, "dialog-warning-symbolic", problem != NULL ? problem : "", NULL, NULL);
      return;
    }
  for (guint i = 0; i < preview->problems->len; i++)
    add_row (self, "dialog-warning-symbolic", _ ("Xero would not take it like this"),
             preview->problems->pdata[i], NULL);
  add_contact (self, preview);
  for (guint i = 0; i < preview->now->len; i++)
    add_invoice (self, preview->now->pdata[i], preview->today, preview->now_details->pdata[i]);
  add_past (self, preview);
  for (guint i = 0; i < preview->later->len; i++)
    add_series (self, &g_array_index (preview->later, CsPreviewSeries, i));
  if (preview->now->len == 0 && preview->n_past == 0 && preview->later->len == 0)
    add_row (self, "document-send-symbolic", _ ("Nothing to invoice yet"), NULL, NULL);
}
