/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-client-import-dialog.h"

#include "cs-client-importer.h"
#include "cs-follow-up.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _CsClientImportDialog
{
  AdwDialog parent_instance;
  GtkWidget *cancel_button;
  GtkWidget *import_button;
  GtkWidget *another_button;
  GtkWidget *spinner;
  GtkStack *stack;
  AdwStatusPage *failed_page;
  GtkListView *view;
  GtkLabel *problem_label;
  GtkLabel *summary_label;

  CsSession *session;
  GFile *file;
  char *file_name;
  GListStore *items; /* of CsImportItem */
  guint counts[CS_IMPORT_N];
  char *outcome; /* of what is being saved, in words */
  DexFuture *reading;
  DexFuture *saving;
};

G_DEFINE_FINAL_TYPE (CsClientImportDialog, cs_client_import_dialog, ADW_TYPE_DIALOG)

enum
{
  IMPORTED,
  ANOTHER,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- words --- */

static char *
describe_kind (CsImportKind kind, guint n)
{
  switch (kind)
    {
    case CS_IMPORT_WRONG:
      return g_strdup_printf (ngettext ("%'u row can’t be imported", "%'u rows can’t be imported", n), n);
    case CS_IMPORT_DOUBTFUL:
      return g_strdup_printf (ngettext ("%'u may be here already: tick it if it is somebody else",
                                        "%'u may be here already: tick those that are somebody else", n),
                              n);
    case CS_IMPORT_UPDATE:
      return g_strdup_printf (ngettext ("%'u client will be changed", "%'u clients will be changed", n), n);
    case CS_IMPORT_NEW:
      return g_strdup_printf (ngettext ("%'u new client", "%'u new clients", n), n);
    case CS_IMPORT_REPEATED:
      return g_strdup_printf (ngettext ("%'u row is there twice", "%'u rows are there twice", n), n);
    case CS_IMPORT_SAME:
    case CS_IMPORT_N:
    default:
      return g_strdup_printf (ngettext ("%'u client is here already, with the same details",
                                        "%'u clients are here already, with the same details", n),
                              n);
    }
}

static void
add_clause (GString *text, char *clause, guint n)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", clause);
  g_free (clause);
}

/* What became of each row of the file, once those that are ticked are saved. */
static char *
describe_outcome (GListModel *items)
{
  GString *text = g_string_new (NULL);
  guint n_new = 0;
  guint n_changed = 0;
  guint n_same = 0;
  guint n_left = 0;

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (CsImportItem) item = g_list_model_get_item (items, i);
      CsImportKind kind = cs_import_item_get (item)->kind;

      if (!cs_import_item_get_is_chosen (item))
        *(kind == CS_IMPORT_SAME ? &n_same : &n_left) += 1;
      else
        *(kind == CS_IMPORT_UPDATE ? &n_changed : &n_new) += 1;
    }
  add_clause (text, g_strdup_printf (ngettext ("%'u new client", "%'u new clients", n_new), n_new), n_new);
  add_clause (text,
              g_strdup_printf (ngettext ("%'u client changed", "%'u clients changed", n_changed), n_changed),
              n_changed);
  add_clause (text, g_strdup_printf (ngettext ("%'u as before", "%'u as before", n_same), n_same), n_same);
  add_clause (text, g_strdup_printf (ngettext ("%'u row left out", "%'u rows left out", n_left), n_left),
              n_left);
  return g_string_free_and_steal (text);
}

static guint
count_chosen (CsClientImportDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (CsImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      n += cs_import_item_get_is_chosen (item) ? 1 : 0;
    }
  return n;
}

static void
show_chosen (CsClientImportDialog *self)
{
  guint n = count_chosen (self);
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  /* Translators: %1$u rows are ticked of %2$u that the file %3$s has. */
  g_autofree char *summary = g_strdup_printf (
      ngettext ("%1$'u of %2$'u row of %3$s is ticked", "%1$'u of %2$'u rows of %3$s are ticked", n_all), n,
      n_all, self->file_name);

  gtk_label_set_text (self->summary_label, summary);
  gtk_widget_set_sensitive (self->import_button, n > 0 && self->saving == NULL);
}

static void
show_problem (CsClientImportDialog *self, const char *problem)
{
  gtk_label_set_text (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  if (problem != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), problem, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* --- rows --- */

typedef struct
{
  GtkWidget *check;
  GtkLabel *title;
  GtkLabel *words;
} Row;

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  Row *row = g_new0 (Row, 1);

  row->check = gtk_check_button_new ();
  row->title = GTK_LABEL (gtk_label_new (NULL));
  row->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_valign (row->check, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (row->title, 0);
  gtk_label_set_wrap (row->title, TRUE);
  gtk_label_set_wrap_mode (row->title, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (row->words, 0);
  gtk_label_set_wrap (row->words, TRUE);
  gtk_label_set_wrap_mode (row->words, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (row->words), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (row->words), "dimmed");
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (row->title));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (row->words));
  gtk_widget_set_margin_top (box, 7);
  gtk_widget_set_margin_bottom (box, 7);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_box_append (GTK_BOX (box), row->check);
  gtk_box_append (GTK_BOX (box), texts);
  g_object_set_data_full (G_OBJECT (box), "row", row, g_free);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item, CsClientImportDialog *self)
{
  CsImportItem *item = gtk_list_item_get_item (list_item);
  Row *row = g_object_get_data (G_OBJECT (gtk_list_item_get_child (list_item)), "row");
  CsImportKind kind = cs_import_item_get (item)->kind;
  g_autofree char *title = cs_import_item_dup_title (item);
  g_autofree char *words = cs_import_item_describe (item);
  /* Translators: %s is a client's name: the name of a check button. */
  g_autofree char *name = g_strdup_printf (_ ("Import %s"), title);
  GBinding *binding;

  gtk_label_set_text (row->title, title);
  gtk_label_set_text (row->words, words);
  gtk_list_item_set_accessible_label (list_item, title);
  gtk_list_item_set_accessible_description (list_item, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* In line with the others, though there is nothing to tick. */
  gtk_widget_set_opacity (row->check, cs_import_kind_is_offered (kind) ? 1 : 0);
  gtk_widget_set_sensitive (row->check, cs_import_kind_is_offered (kind));
  binding = g_object_bind_property (item, "is-chosen", row->check, "active",
                                    G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_set_data (G_OBJECT (list_item), "binding", binding);
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GBinding *binding = g_object_steal_data (G_OBJECT (list_item), "binding");

  if (binding != NULL)
    g_binding_unbind (binding);
}

static void
setup_header (GtkSignalListItemFactory *factory, GtkListHeader *header, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_end (label, 6);
  gtk_list_header_set_child (header, label);
}

static void
bind_header (GtkSignalListItemFactory *factory, GtkListHeader *header, CsClientImportDialog *self)
{
  CsImportItem *item = gtk_list_header_get_item (header);
  CsImportKind kind = cs_import_item_get (item)->kind;
  g_autofree char *words = describe_kind (kind, self->counts[kind]);

  gtk_label_set_text (GTK_LABEL (gtk_list_header_get_child (header)), words);
}

static gint
compare_kinds (gconstpointer a, gconstpointer b, gpointer data)
{
  return (int)cs_import_item_get ((CsImportItem *)a)->kind
         - (int)cs_import_item_get ((CsImportItem *)b)->kind;
}

static void
set_up_view (CsClientImportDialog *self)
{
  GtkListItemFactory *rows = gtk_signal_list_item_factory_new ();
  GtkListItemFactory *headers = gtk_signal_list_item_factory_new ();
  /* They come in this order: it only tells where a section begins. */
  GtkSortListModel *sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->items)), NULL);
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (G_LIST_MODEL (sorted));
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_kinds, NULL, NULL));

  g_signal_connect (rows, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect_object (rows, "bind", G_CALLBACK (bind_row), self, 0);
  g_signal_connect (rows, "unbind", G_CALLBACK (unbind_row), NULL);
  g_signal_connect (headers, "setup", G_CALLBACK (setup_header), NULL);
  g_signal_connect_object (headers, "bind", G_CALLBACK (bind_header), self, 0);
  gtk_sort_list_model_set_section_sorter (sorted, sorter);
  gtk_list_view_set_factory (self->view, rows);
  gtk_list_view_set_header_factory (self->view, headers);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (rows);
  g_object_unref (headers);
}

static void
activate_cb (CsClientImportDialog *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->view));
  g_autoptr (CsImportItem) item = g_list_model_get_item (model, position);

  cs_import_item_set_is_chosen (item, !cs_import_item_get_is_chosen (item));
}

/* --- reading --- */

static void
take_rows (CsClientImportDialog *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  memset (self->counts, 0, sizeof self->counts);
  g_ptr_array_set_free_func (rows, NULL); /* the items have them now */
  for (guint i = 0; i < rows->len; i++)
    {
      CsImportRow *row = g_ptr_array_index (rows, i);
      CsImportItem *item = cs_import_item_new (row);

      self->counts[row->kind]++;
      g_signal_connect_object (item, "notify::is-chosen", G_CALLBACK (show_chosen), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata,
                       items->len);
}

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientImportDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (cs_error_is_cancelled (error))
    return;
  if (rows == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, escaped);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      gtk_widget_grab_focus (self->another_button);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), error->message,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      return;
    }
  take_rows (self, rows);
  show_chosen (self);
  gtk_stack_set_visible_child_name (self->stack, "content");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
read_file (CsClientImportDialog *self)
{
  self->reading
      = cs_follow_up (cs_client_importer_read (self->session, self->file), self, read_cb, NULL, NULL);
}

static void
cancel_cb (CsClientImportDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
another_cb (CsClientImportDialog *self)
{
  g_signal_emit (self, signals[ANOTHER], 0);
  adw_dialog_close (ADW_DIALOG (self));
}

/* --- importing --- */

static GPtrArray *
dup_chosen (CsClientImportDialog *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (CsImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (cs_import_item_get_is_chosen (item))
        g_ptr_array_add (chosen, g_steal_pointer (&item));
    }
  return chosen;
}

/* What has begun to be saved is not given up by closing this, and its Undo must have somebody to tell it. */
static void
set_saving (CsClientImportDialog *self, DexFuture *saving)
{
  dex_clear (&self->saving);
  self->saving = saving;
  adw_dialog_set_can_close (ADW_DIALOG (self), saving == NULL);
  gtk_widget_set_sensitive (self->cancel_button, saving == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->view), saving == NULL);
  gtk_widget_set_visible (self->spinner, saving != NULL);
  show_chosen (self);
}

static void
imported_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsClientImportDialog *self = object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) back = cs_settled_steal_record (settled, &error);
  g_autofree char *problem = NULL;

  set_saving (self, NULL);
  if (back != NULL)
    {
      g_signal_emit (self, signals[IMPORTED], 0, back, self->outcome);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  /* Translators: %s says why. The list is read again then. */
  problem = g_strdup_printf (_ ("Nothing was imported. %s"), error->message);
  show_problem (self, problem);
  read_file (self);
}

static void
import_cb (CsClientImportDialog *self)
{
  g_autoptr (GPtrArray) chosen = dup_chosen (self);

  if (chosen->len == 0 || self->saving != NULL || self->reading != NULL)
    return;
  show_problem (self, NULL);
  g_free (self->outcome);
  self->outcome = describe_outcome (G_LIST_MODEL (self->items));
  set_saving (self,
              cs_follow_up (cs_client_importer_run (self->session, chosen), self, imported_cb, NULL, NULL));
}

/* --- the dialog --- */

static void
cs_client_import_dialog_dispose (GObject *object)
{
  CsClientImportDialog *self = CS_CLIENT_IMPORT_DIALOG (object);

  dex_clear (&self->reading);
  dex_clear (&self->saving);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CLIENT_IMPORT_DIALOG);
  g_clear_object (&self->items);
  g_clear_object (&self->file);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_client_import_dialog_parent_class)->dispose (object);
}

static void
cs_client_import_dialog_finalize (GObject *object)
{
  g_free (CS_CLIENT_IMPORT_DIALOG (object)->file_name);
  g_free (CS_CLIENT_IMPORT_DIALOG (object)->outcome);
  G_OBJECT_CLASS (cs_client_import_dialog_parent_class)->finalize (object);
}

static void
cs_client_import_dialog_class_init (CsClientImportDialogClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = cs_client_import_dialog_dispose;
  object_class->finalize = cs_client_import_dialog_finalize;
  signals[IMPORTED] = g_signal_new ("imported", CS_TYPE_CLIENT_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_PTR_ARRAY, G_TYPE_STRING);
  signals[ANOTHER] = g_signal_new ("another", CS_TYPE_CLIENT_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/clients/cs-client-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CsClientImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, CsClientImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CsClientImportDialog, another_button);
  gtk_widget_class_bind_template_child (widget_class, CsClientImportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, CsClientImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, CsClientImportDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, CsClientImportDialog, view);
  gtk_widget_class_bind_template_child (widget_class, CsClientImportDialog, problem_label);
  gtk_widget_class_bind_template_child (widget_class, CsClientImportDialog, summary_label);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, another_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
cs_client_import_dialog_init (CsClientImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (CS_TYPE_IMPORT_ITEM);
}

/**
 * cs_client_import_dialog_new:
 * @session: the practice
 * @file: a list of clients as CSV; read at once
 *
 * Returns: (transfer floating): the dialog
 */
CsClientImportDialog *
cs_client_import_dialog_new (CsSession *session, GFile *file)
{
  CsClientImportDialog *self = g_object_new (CS_TYPE_CLIENT_IMPORT_DIALOG, NULL);
  g_autofree char *name = g_file_get_basename (file);

  self->session = g_object_ref (session);
  self->file = g_object_ref (file);
  self->file_name = g_filename_display_name (name != NULL ? name : "");
  set_up_view (self);
  read_file (self);
  return self;
}
