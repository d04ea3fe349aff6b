/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-exporter.h"
#include "cs-follow-up.h"
#include "cs-print.h"
#include "cs-save.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

/* Fewer are done before a dialog is read. */
#define ROWS_WITHOUT_PROGRESS_MAX 3000
#define SPACE 12

struct _CsExporter
{
  GObject parent_instance;
  GtkWidget *widget; /* unowned: it owns us */
  GSimpleActionGroup *actions;
  GMenu *menu;
  CsExportMake make;
  gpointer data;
  CsListExport *export; /* while one is under way */
  DexFuture *running;
  GFile *file;       /* it goes to; none: to a printer */
  AdwDialog *dialog; /* (nullable): for long ones */
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (CsExporter, cs_exporter, G_TYPE_OBJECT)

static void
set_enabled (CsExporter *self, gboolean is_enabled)
{
  static const char *const names[] = { "csv", "pdf", "print" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i])), is_enabled);
}

/* --- how far it is --- */

static void
show_progress (CsExporter *self)
{
  guint n_done = cs_list_export_get_n_done (self->export);
  guint n = cs_list_export_get_n_rows (self->export);
  /* Translators: how many of how many rows are written. */
  g_autofree char *words = g_strdup_printf (_ ("%1$'u of %2$'u rows"), n_done, n);

  if (self->bar == NULL)
    return;
  gtk_progress_bar_set_fraction (self->bar, n > 0 ? (double)n_done / n : 0);
  gtk_progress_bar_set_text (self->bar, words);
}

static void
stop (CsExporter *self)
{
  dex_clear (&self->running);
  if (self->export != NULL)
    g_signal_handlers_disconnect_by_func (self->export, show_progress, self);
  g_clear_object (&self->export);
  g_clear_object (&self->file);
  set_enabled (self, TRUE);
}

static void
dialog_closed_cb (CsExporter *self)
{
  self->dialog = NULL;
  self->bar = NULL;
  if (self->running == NULL)
    return;
  stop (self);
  cs_toast (self->widget, _ ("Export cancelled. No file was written."));
}

static void
present_progress (CsExporter *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE);
  GtkWidget *bar = gtk_progress_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->dialog = adw_dialog_new ();
  self->bar = GTK_PROGRESS_BAR (bar);
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Exporting"), -1);
  gtk_widget_set_halign (cancel, GTK_ALIGN_END);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (adw_dialog_close), self->dialog, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), cancel);
  g_object_set (box, "margin-top", 2 * SPACE, "margin-bottom", SPACE, "margin-start", 2 * SPACE, "margin-end",
                2 * SPACE, NULL);
  adw_dialog_set_title (self->dialog, _ ("Exporting"));
  adw_dialog_set_content_width (self->dialog, 360);
  adw_dialog_set_child (self->dialog, box);
  g_signal_connect_object (self->dialog, "closed", G_CALLBACK (dialog_closed_cb), self, G_CONNECT_SWAPPED);
  show_progress (self);
  adw_dialog_present (self->dialog, self->widget);
}

/* --- the three ways --- */

static CsReport *
make_report (CsPaper paper, gpointer export)
{
  return cs_list_export_new_report (export, paper);
}

static void
done_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsExporter *self = object;
  g_autoptr (GError) error = NULL;
  gboolean is_good = cs_settled_check (settled, &error);
  g_autoptr (GFile) file = self->file != NULL ? g_object_ref (self->file) : NULL;
  g_autoptr (CsListExport) export = g_object_ref (self->export);
  const char *name = _ (cs_list_export_get_kind (export)->print_name);

  stop (self);
  if (self->dialog != NULL)
    adw_dialog_force_close (self->dialog);
  if (cs_error_is_cancelled (error))
    return;
  if (!is_good)
    cs_show_error (self->widget, error);
  else if (file != NULL)
    cs_save_tell (self->widget, file);
  else
    cs_print (self->widget, name, cs_settled_dup_array (settled, NULL), make_report,
              g_steal_pointer (&export), g_object_unref);
}

static void
run (CsExporter *self, DexFuture *work)
{
  set_enabled (self, FALSE);
  g_signal_connect_object (self->export, "notify::n-done", G_CALLBACK (show_progress), self,
                           G_CONNECT_SWAPPED);
  self->running = cs_follow_up (work, self, done_cb, NULL, NULL);
  if (self->running != NULL && cs_list_export_get_n_rows (self->export) > ROWS_WITHOUT_PROGRESS_MAX)
    present_progress (self);
}

static gboolean
begin (CsExporter *self)
{
  const CsExportKind *kind;

  if (self->export != NULL)
    return FALSE;
  self->export = self->make (self->data);
  if (cs_list_export_get_n_rows (self->export) > 0)
    return TRUE;
  kind = cs_list_export_get_kind (self->export);
  g_clear_object (&self->export);
  cs_toast (self->widget, _ (kind->nothing));
  return FALSE;
}

typedef struct
{
  CsExporter *exporter;
  CsListExport *export;
  CsExportFormat format;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->exporter);
  g_object_unref (wish->export);
  g_free (wish);
}

static void
file_cb (GtkWidget *from, GFile *file, gpointer data)
{
  Wish *wish = data;
  CsExporter *self = wish->exporter;

  if (self->export != NULL)
    return;
  self->export = g_object_ref (wish->export);
  self->file = g_object_ref (file);
  run (self, cs_list_export_write (self->export, file, wish->format,
                                   cs_paper_for_locale (setlocale (LC_PAPER, NULL))));
}

/* What is shown is what was shown when it was asked for, however long a person looks for a folder. */
static void
ask (CsExporter *self, CsExportFormat format)
{
  CsSaveQuestion csv = { NULL, NULL, "text/csv", _ ("CSV files") };
  CsSaveQuestion pdf = { NULL, NULL, "application/pdf", _ ("PDF documents") };
  const CsExportKind *kind;
  Wish *wish = NULL;

  if (!begin (self))
    return;
  kind = cs_list_export_get_kind (self->export);
  csv.title = _ (kind->csv_title);
  csv.initial_name = _ (kind->csv_name);
  pdf.title = _ (kind->pdf_title);
  pdf.initial_name = _ (kind->pdf_name);
  wish = g_new0 (Wish, 1);
  wish->exporter = g_object_ref (self);
  wish->export = g_steal_pointer (&self->export);
  wish->format = format;
  cs_save_ask (self->widget, format == CS_EXPORT_CSV ? &csv : &pdf, file_cb, wish, wish_free);
}

static void
act_csv (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  ask (self, CS_EXPORT_CSV);
}

static void
act_pdf (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  ask (self, CS_EXPORT_PDF);
}

static void
act_print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CsExporter *self = data;

  if (begin (self))
    run (self, cs_list_export_make_rows (self->export));
}

/* --- the object --- */

static void
cs_exporter_dispose (GObject *object)
{
  CsExporter *self = CS_EXPORTER (object);

  dex_clear (&self->running);
  g_clear_object (&self->export);
  g_clear_object (&self->file);
  g_clear_object (&self->actions);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (cs_exporter_parent_class)->dispose (object);
}

static void
cs_exporter_class_init (CsExporterClass *class)
{
  G_OBJECT_CLASS (class)->dispose = cs_exporter_dispose;
}

static void
cs_exporter_init (CsExporter *self)
{
  static const GActionEntry entries[] = { { "csv", act_csv, NULL, NULL, NULL },
                                          { "pdf", act_pdf, NULL, NULL, NULL },
                                          { "print", act_print, NULL, NULL, NULL } };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  self->menu = g_menu_new ();
  g_menu_append (self->menu, _ ("_CSV…"), "export.csv");
  g_menu_append (self->menu, _ ("_PDF…"), "export.pdf");
  g_menu_append (self->menu, _ ("P_rint…"), "export.print");
}

/* What is under way is given up with the widget that it was asked from. */
static void
destroyed_cb (CsExporter *self)
{
  dex_clear (&self->running);
  if (self->dialog != NULL)
    adw_dialog_force_close (self->dialog);
}

/** cs_exporter_attach: Returns: (transfer none): what gives @widget its actions */
CsExporter *
cs_exporter_attach (GtkWidget *widget, CsExportMake make, gpointer data)
{
  CsExporter *self = g_object_new (CS_TYPE_EXPORTER, NULL);

  self->widget = widget;
  self->make = make;
  self->data = data;
  gtk_widget_insert_action_group (widget, "export", G_ACTION_GROUP (self->actions));
  g_signal_connect_object (widget, "destroy", G_CALLBACK (destroyed_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (widget), "cs-exporter", self, g_object_unref);
  return self;
}

/** cs_exporter_get_menu: Returns: (transfer none): the three ways */
GMenuModel *
cs_exporter_get_menu (CsExporter *self)
{
  g_return_val_if_fail (CS_IS_EXPORTER (self), NULL);

  return G_MENU_MODEL (self->menu);
}
