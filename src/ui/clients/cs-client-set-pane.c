/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-set-pane.h"
#include "cs-client-set-detail.h"
#include "cs-client-set-dialog.h"
#include "cs-invoices-card.h"
#include "cs-records.h"
#include "cs-rows.h"

#include <glib/gi18n-lib.h>

struct _CsClientSetPane
{
  AdwBin parent_instance;
  AdwNavigationPage *page;
  GtkStack *stack;
  AdwStatusPage *gone_page;
  GtkLabel *name_label;
  GtkListBox *facts;
  GtkListBox *clients;
  CsInvoicesCard *invoices_card;

  CsSession *session;
  CsClientSetDetail *detail;
};

G_DEFINE_FINAL_TYPE (CsClientSetPane, cs_client_set_pane, ADW_TYPE_BIN)

static void
act_edit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsClientSetPane *self = CS_CLIENT_SET_PANE (widget);
  const CsClientSet *set = cs_client_set_detail_get (self->detail);

  if (set != NULL)
    adw_dialog_present (ADW_DIALOG (cs_client_set_dialog_new (self->session, set)), widget);
}

/* The toast outlives the pane, so the page does it. */
static void
act_delete (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "sets.delete", NULL);
}

static void
show_clients (CsClientSetPane *self)
{
  GPtrArray *clients = cs_client_set_detail_get_clients (self->detail);

  cs_rows_clear (self->clients);
  for (guint i = 0; i < clients->len; i++)
    {
      const CsClient *client = clients->pdata[i];
      g_autofree char *id = cs_uuid_to_string (&client->id);
      g_autofree char *action = g_strdup_printf ("win.show-client::%s", id);
      GtkWidget *row = cs_rows_new (client->name, client->number);

      cs_rows_add_pill (row, cs_pill_for_client (client->state));
      cs_rows_set_action (row, action);
      gtk_list_box_append (self->clients, row);
    }
}

static void
show_invoices (CsClientSetPane *self, const CsClientSet *set)
{
  g_auto (GStrv) contact_ids = cs_client_set_detail_dup_contact_ids (self->detail);
  g_autoptr (CsInvoiceFilter) scope
      = *contact_ids != NULL ? cs_invoice_filter_new_for_contacts ((const char *const *)contact_ids) : NULL;

  cs_invoices_card_set (self->invoices_card, self->session, scope, set->name);
}

static void
show_facts (CsClientSetPane *self, const CsClientSet *set)
{
  CsRowsFill fill = cs_rows_fill_start (self->facts);

  if (set->kind == CS_CLIENT_SET_PERSON)
    {
      cs_rows_fill_property (&fill, _ ("E-mail"), set->email);
      cs_rows_fill_property (&fill, _ ("Phone"), set->phone);
    }
  cs_rows_fill_end (&fill);
}

static void
show (CsClientSetPane *self)
{
  const CsClientSet *set = cs_client_set_detail_get (self->detail);
  gboolean is_person = set != NULL && set->kind == CS_CLIENT_SET_PERSON;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "set.edit", set != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "set.delete", set != NULL);
  if (set == NULL)
    {
      adw_status_page_set_description (self->gone_page, cs_detail_get_problem (CS_DETAIL (self->detail)));
      gtk_stack_set_visible_child_name (
          self->stack,
          cs_detail_get_state (CS_DETAIL (self->detail)) == CS_LIST_LOADING ? "loading" : "gone");
      return;
    }
  adw_navigation_page_set_title (self->page, is_person ? _ ("Person") : _ ("Group"));
  gtk_label_set_text (self->name_label, set->name);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), is_person);
  show_facts (self, set);
  show_clients (self);
  show_invoices (self, set);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

static void
cs_client_set_pane_dispose (GObject *object)
{
  CsClientSetPane *self = CS_CLIENT_SET_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CLIENT_SET_PANE);
  g_clear_object (&self->detail);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_client_set_pane_parent_class)->dispose (object);
}

static void
cs_client_set_pane_class_init (CsClientSetPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_client_set_pane_dispose;
  g_type_ensure (CS_TYPE_INVOICES_CARD);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/clients/cs-client-set-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CsClientSetPane, page);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetPane, stack);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetPane, gone_page);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetPane, name_label);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetPane, facts);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetPane, clients);
  gtk_widget_class_bind_template_child (widget_class, CsClientSetPane, invoices_card);
  gtk_widget_class_install_action (widget_class, "set.edit", NULL, act_edit);
  gtk_widget_class_install_action (widget_class, "set.delete", NULL, act_delete);
}

static void
cs_client_set_pane_init (CsClientSetPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_client_set_pane_new: Returns: (transfer floating): the group or person of this id */
GtkWidget *
cs_client_set_pane_new (CsSession *session, const CsUuid *id)
{
  CsClientSetPane *self = g_object_new (CS_TYPE_CLIENT_SET_PANE, NULL);

  self->session = g_object_ref (session);
  self->detail = cs_client_set_detail_new (session, id);
  g_signal_connect_object (self->detail, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
