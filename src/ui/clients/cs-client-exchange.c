/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-exchange.h"

#include "cs-client-import-dialog.h"
#include "cs-client-importer.h"
#include "cs-follow-up.h"
#include "cs-open.h"
#include "cs-save.h"
#include "cs-session-clients.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

struct _CsClientExchange
{
  GObject parent_instance;
  CsSession *session;
  GtkWidget *page; /* borrowed */
  GPtrArray *back; /* (nullable): of CsClient: takes the last import back */
};

G_DEFINE_FINAL_TYPE (CsClientExchange, cs_client_exchange, G_TYPE_OBJECT)

static void
cs_client_exchange_finalize (GObject *object)
{
  CsClientExchange *self = CS_CLIENT_EXCHANGE (object);

  g_clear_pointer (&self->back, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_client_exchange_parent_class)->finalize (object);
}

static void
cs_client_exchange_class_init (CsClientExchangeClass *class)
{
  G_OBJECT_CLASS (class)->finalize = cs_client_exchange_finalize;
}

static void
cs_client_exchange_init (CsClientExchange *self)
{
}

/** cs_client_exchange_new: Returns: (transfer full): for @page, which owns it */
CsClientExchange *
cs_client_exchange_new (CsSession *session, GtkWidget *page)
{
  CsClientExchange *self = g_object_new (CS_TYPE_CLIENT_EXCHANGE, NULL);

  self->session = g_object_ref (session);
  self->page = page;
  return self;
}

/** cs_client_exchange_make_button: Returns: (transfer floating): a button with the menu */
GtkWidget *
cs_client_exchange_make_button (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _ ("_Import from CSV…"), "clients.import");
  g_menu_append (menu, _ ("_Undo the last import"), "clients.undo-import");
  g_menu_append (menu, _ ("_Export to CSV…"), "clients.export");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("More about clients"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More about clients"), -1);
  return button;
}

/* --- in --- */

static void
set_back (CsClientExchange *self, GPtrArray *back)
{
  g_clear_pointer (&self->back, g_ptr_array_unref);
  self->back = back != NULL ? g_ptr_array_ref (back) : NULL;
  gtk_widget_action_set_enabled (self->page, "clients.undo-import", back != NULL);
}

static void
imported_cb (CsClientExchange *self, GPtrArray *back, const char *outcome)
{
  /* Translators: %s is how many clients are new, changed or left out. */
  g_autofree char *words = g_strdup_printf (_ ("Imported: %s"), outcome);

  cs_toast_dismiss (self->page); /* the Undo of the import before would take back this one */
  set_back (self, back);
  cs_toast_undo (self->page, words, "clients.undo-import");
}

static void
chosen_cb (GtkWidget *page, GFile *file, gpointer data)
{
  CsClientExchange *self = data;
  CsClientImportDialog *dialog = cs_client_import_dialog_new (self->session, file);

  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "another", G_CALLBACK (cs_client_exchange_import), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), page);
}

/** cs_client_exchange_import: asks for a list of clients, and shows what it would do. */
void
cs_client_exchange_import (CsClientExchange *self)
{
  static const char *const suffixes[] = { "csv", "tsv", "txt", NULL };
  const CsOpenQuestion question = { _ ("Import clients"), _ ("CSV files"), suffixes };

  g_return_if_fail (CS_IS_CLIENT_EXCHANGE (self));

  cs_open_ask (self->page, &question, chosen_cb, self);
}

static void
undone_cb (gpointer object, DexFuture *settled, gpointer back)
{
  CsClientExchange *self = object;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  cs_toast_dismiss (self->page);
  if (cs_settled_check (settled, &error))
    {
      cs_toast (self->page, _ ("The import was taken back"));
      return;
    }
  if (self->back == NULL)
    set_back (self, back);
  /* Translators: %s says why. */
  problem = g_strdup_printf (_ ("Nothing was taken back. %s"), error->message);
  cs_toast (self->page, problem);
}

/** cs_client_exchange_undo: takes the last import back: whom it changed is as before, whom it made is in the
 * archive; none of it where somebody was changed since, which is said */
void
cs_client_exchange_undo (CsClientExchange *self)
{
  g_autoptr (GPtrArray) back = NULL;

  g_return_if_fail (CS_IS_CLIENT_EXCHANGE (self));

  if (self->back == NULL)
    return;
  back = g_ptr_array_ref (self->back);
  set_back (self, NULL);
  cs_follow_up_to_the_end (cs_session_save_clients (self->session, back), self, undone_cb,
                           g_ptr_array_ref (back), (GDestroyNotify)g_ptr_array_unref);
}

/* --- out --- */

static void
made_cb (gpointer object, DexFuture *settled, gpointer file)
{
  CsClientExchange *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = cs_settled_steal_record (settled, &error);

  if (bytes == NULL)
    cs_show_error (self->page, error);
  else
    cs_save_bytes (self->page, file, bytes);
}

static void
named_cb (GtkWidget *page, GFile *file, gpointer data)
{
  CsClientExchange *self = data;

  cs_follow_up_to_the_end (cs_client_importer_export (self->session), self, made_cb, g_object_ref (file),
                           g_object_unref);
}

/** cs_client_exchange_export: asks where to, and writes the clients there. */
void
cs_client_exchange_export (CsClientExchange *self)
{
  /* Translators: the name of a file. */
  const CsSaveQuestion question = { _ ("Export clients"), _ ("Clients.csv"), "text/csv", _ ("CSV files") };

  g_return_if_fail (CS_IS_CLIENT_EXCHANGE (self));

  cs_save_ask (self->page, &question, named_cb, self, NULL);
}
