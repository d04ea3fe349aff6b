/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-pane.h"
#include "cs-client-detail.h"
#include "cs-client-dialog.h"
#include "cs-format.h"
#include "cs-invoices-card.h"
#include "cs-rows.h"
#include "cs-state-pill.h"
#include "cs-jobs-card.h"
#include "cs-work-card.h"

#include <glib/gi18n-lib.h>

struct _CsClientPane
{
  AdwBin parent_instance;
  AdwWindowTitle *title;
  GtkStack *stack;
  AdwStatusPage *gone_page;
  GtkLabel *name_label;
  CsStatePill *pill;
  GtkLabel *link_label;
  GtkListBox *facts;
  GtkListBox *proposals;
  CsInvoicesCard *invoices_card;
  CsWorkCard *work_card;
  CsJobsCard *jobs_card;

  CsSession *session;
  CsUuid id;
  CsClientDetail *detail;
};

G_DEFINE_FINAL_TYPE (CsClientPane, cs_client_pane, ADW_TYPE_BIN)

static void
act_edit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsClientPane *self = CS_CLIENT_PANE (widget);
  const CsClient *client = cs_client_detail_get (self->detail);

  if (client != NULL)
    adw_dialog_present (ADW_DIALOG (cs_client_dialog_new (self->session, client)), widget);
}

static void
act_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsClientPane *self = CS_CLIENT_PANE (widget);
  const CsClient *client = cs_client_detail_get (self->detail);
  g_autofree char *link
      = client != NULL ? cs_session_get_contact_link (self->session, client->remote_contact_id) : NULL;

  if (link != NULL)
    gtk_widget_activate_action (widget, "win.open-uri", "s", link);
}

static void
act_archive (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CsClientPane *self = CS_CLIENT_PANE (widget);
  const CsClient *client = cs_client_detail_get (self->detail);
  g_autofree char *id = cs_uuid_to_string (&self->id);

  if (client != NULL)
    gtk_widget_activate_action (widget, "clients.archive", "(sis)", id, (gint32)client->state, client->name);
}

static void
act_new_proposal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *id = cs_uuid_to_string (&CS_CLIENT_PANE (widget)->id);

  gtk_widget_activate_action (widget, "win.new-proposal", "s", id);
}

/* (transfer full) */
static char *
describe_link (CsClientPane *self, const CsClient *client)
{
  g_autofree char *moment = NULL;

  if (*client->remote_contact_id == '\0')
    return g_strdup (_ ("Not in Xero yet"));
  if (client->contact_gone_ms == 0)
    return g_strdup (_ ("Linked to a contact in Xero"));
  moment = cs_format_moment (client->contact_gone_ms, cs_session_get_time_zone (self->session));
  /* Translators: %s is an exact moment. */
  return g_strdup_printf (_ ("Its contact is not found in Xero any more (noticed %s). Nothing was deleted "
                             "here; look for it in Xero before you bill."),
                          moment);
}

static void
show_head (CsClientPane *self, const CsClient *client)
{
  gboolean is_linked = *client->remote_contact_id != '\0';
  g_autofree char *link = describe_link (self, client);

  adw_window_title_set_title (self->title, client->number);
  gtk_label_set_text (self->name_label, client->name);
  cs_state_pill_set (self->pill, cs_pill_for_client (client->state));
  gtk_label_set_text (self->link_label, link);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "client.open", is_linked);
}

/* Its people, then its groups; the person that it names is one of them and leads there, too. */
static void
show_sets (CsClientPane *self, CsRowsFill *fill)
{
  GPtrArray *sets = cs_client_detail_get_sets (self->detail);

  for (guint i = 0; i < sets->len; i++)
    {
      const CsClientSet *set = sets->pdata[i];
      gboolean is_person = set->kind == CS_CLIENT_SET_PERSON;
      g_autofree char *id = cs_uuid_to_string (&set->id);
      g_autofree char *action = g_strconcat (is_person ? "win.show-person::" : "win.show-group::", id, NULL);

      cs_rows_fill_property_link (fill, is_person ? _ ("Contact person") : _ ("Group"), set->name, action);
    }
}

static gboolean
is_among_sets (CsClientPane *self, const char *name)
{
  GPtrArray *sets = cs_client_detail_get_sets (self->detail);

  for (guint i = 0; i < sets->len; i++)
    if (((const CsClientSet *)sets->pdata[i])->kind == CS_CLIENT_SET_PERSON
        && g_ascii_strcasecmp (((const CsClientSet *)sets->pdata[i])->name, name) == 0)
      return TRUE;
  return FALSE;
}

static void
show_facts (CsClientPane *self, const CsClient *client)
{
  CsRowsFill fill = cs_rows_fill_start (self->facts);

  if (!is_among_sets (self, client->contact_name))
    cs_rows_fill_property (&fill, _ ("Contact person"), client->contact_name);
  show_sets (self, &fill);
  cs_rows_fill_property (&fill, _ ("E-mail"), client->email);
  cs_rows_fill_property (&fill, _ ("Phone"), client->phone);
  cs_rows_fill_end (&fill);
}

static void
show_proposals (CsClientPane *self)
{
  GPtrArray *proposals = cs_client_detail_get_proposals (self->detail);

  cs_rows_clear (self->proposals);
  for (guint i = 0; i < proposals->len; i++)
    {
      const CsProposalSummary *summary = proposals->pdata[i];
      g_autofree char *id = cs_uuid_to_string (&summary->proposal->id);
      g_autofree char *action = g_strdup_printf ("win.show-proposal::%s", id);
      GtkWidget *row
          = cs_rows_new (*summary->proposal->title != '\0' ? summary->proposal->title : _ ("Untitled"),
                         summary->proposal->number);

      cs_rows_add_pill (row, cs_pill_for_proposal (summary->proposal->state));
      cs_rows_set_action (row, action);
      gtk_list_box_append (self->proposals, row);
    }
}

/* V-02: who is no contact in the ledger has no invoices there. */
static void
show_invoices (CsClientPane *self, const CsClient *client)
{
  const char *contact_ids[] = { client->remote_contact_id, NULL };
  g_autoptr (CsInvoiceFilter) scope
      = *client->remote_contact_id != '\0' ? cs_invoice_filter_new_for_contacts (contact_ids) : NULL;

  cs_invoices_card_set (self->invoices_card, self->session, scope, client->name);
}

static void
show (CsClientPane *self)
{
  const CsClient *client = cs_client_detail_get (self->detail);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "client.edit", client != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "client.archive", client != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "client.open", FALSE);
  if (client == NULL)
    {
      adw_status_page_set_description (self->gone_page, cs_detail_get_problem (CS_DETAIL (self->detail)));
      gtk_stack_set_visible_child_name (
          self->stack,
          cs_detail_get_state (CS_DETAIL (self->detail)) == CS_LIST_LOADING ? "loading" : "gone");
      return;
    }
  show_head (self, client);
  show_facts (self, client);
  show_proposals (self);
  show_invoices (self, client);
  cs_work_card_set (self->work_card, self->session, client);
  cs_jobs_card_set_client (self->jobs_card, self->session, &client->id);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

static void
cs_client_pane_dispose (GObject *object)
{
  CsClientPane *self = CS_CLIENT_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CLIENT_PANE);
  g_clear_object (&self->detail);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_client_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsClientPane, title);
  gtk_widget_class_bind_template_child (widget_class, CsClientPane, stack);
  gtk_widget_class_bind_template_child (widget_class, CsClientPane, gone_page);
  gtk_widget_class_bind_template_child (widget_class, CsClientPane, name_label);
  gtk_widget_class_bind_template_child (widget_class, CsClientPane, pill);
  gtk_widget_class_bind_template_child (widget_class, CsClientPane, link_label);
  gtk_widget_class_bind_template_child (widget_class, CsClientPane, facts);
  gtk_widget_class_bind_template_child (widget_class, CsClientPane, proposals);
  gtk_widget_class_bind_template_child (widget_class, CsClientPane, invoices_card);
  gtk_widget_class_bind_template_child (widget_class, CsClientPane, work_card);
  gtk_widget_class_bind_template_child (widget_class, CsClientPane, jobs_card);
}

static void
cs_client_pane_class_init (CsClientPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_client_pane_dispose;
  g_type_ensure (CS_TYPE_INVOICES_CARD);
  g_type_ensure (CS_TYPE_JOBS_CARD);
  g_type_ensure (CS_TYPE_WORK_CARD);
  g_type_ensure (CS_TYPE_STATE_PILL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/clients/cs-client-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "client.edit", NULL, act_edit);
  gtk_widget_class_install_action (widget_class, "client.open", NULL, act_open);
  gtk_widget_class_install_action (widget_class, "client.archive", NULL, act_archive);
  gtk_widget_class_install_action (widget_class, "client.new-proposal", NULL, act_new_proposal);
}

static void
cs_client_pane_init (CsClientPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_client_pane_new: Returns: (transfer floating): the client of this id */
GtkWidget *
cs_client_pane_new (CsSession *session, const CsUuid *id)
{
  CsClientPane *self = g_object_new (CS_TYPE_CLIENT_PANE, NULL);

  self->session = g_object_ref (session);
  self->id = *id;
  self->detail = cs_client_detail_new (session, id);
  g_signal_connect_object (self->detail, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
