/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-list-pane.h"
#include "cs-list-keys.h"

#include <glib/gi18n-lib.h>

/* How often "2 minutes ago" and "3 days overdue" are told anew. */
#define TICK_SECONDS 60

struct _CsListPane
{
  AdwBin parent_instance;
  AdwHeaderBar *header_bar;
  GtkButton *new_button;
  GtkWidget *search_bar;
  GtkEditable *search_entry;
  GtkStack *stack;
  AdwStatusPage *failed_page;
  AdwStatusPage *empty_page;
  GtkButton *empty_button;
  GtkBox *empty_buttons;
  AdwBin *instead_bin;
  AdwBin *top_bin;
  AdwBin *bottom_bin;
  GtkScrolledWindow *scroller;
  GtkWidget *count_bar;
  GtkLabel *count_label;

  const CsListPaneWords *words;
  CsRecordList *list;
  GListModel *model; /* what is filtered: @list, or what stands over it */
  gboolean (*shows) (gpointer item, gpointer data);
  void (*clear) (gpointer data);
  gpointer filter_data;
  GtkFilter *filter;
  CsIdSelection *selection;
  char *query;
  guint tick_source;
};

G_DEFINE_FINAL_TYPE (CsListPane, cs_list_pane, ADW_TYPE_BIN)

static const char *
choose_page (CsListPane *self, guint n_shown, guint n_all)
{
  if (n_shown > 0)
    return "content";
  if (n_all > 0)
    return "nothing-found";
  switch (cs_record_list_get_state (self->list))
    {
    case CS_LIST_LOADING:
      return "loading";
    case CS_LIST_FAILED:
      return "failed";
    case CS_LIST_READY:
    default:
      return adw_bin_get_child (self->instead_bin) != NULL ? "instead" : "empty";
    }
}

static void
update (CsListPane *self)
{
  guint n_all = g_list_model_get_n_items (self->model);
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autofree char *count = self->words->count (n_shown, n_all);

  adw_status_page_set_description (self->failed_page, cs_record_list_get_problem (self->list));
  gtk_stack_set_visible_child_name (self->stack, choose_page (self, n_shown, n_all));
  gtk_widget_set_visible (self->search_bar, n_all > 0);
  gtk_widget_set_visible (self->count_bar, n_all > 0);
  gtk_label_set_text (self->count_label, count);
}

static int
filter_cb (gpointer item, gpointer data)
{
  CsListPane *self = data;

  if (self->shows != NULL && !self->shows (item, self->filter_data))
    return FALSE;
  return self->words->matches (item, self->query);
}

static void
search_changed_cb (CsListPane *self)
{
  const char *query = gtk_editable_get_text (self->search_entry);
  gboolean is_narrower = self->query != NULL && g_str_has_prefix (query, self->query);
  gboolean is_wider = self->query != NULL && g_str_has_prefix (self->query, query);

  if (!g_set_str (&self->query, query) || self->filter == NULL)
    return;
  gtk_filter_changed (self->filter, is_narrower ? GTK_FILTER_CHANGE_MORE_STRICT
                                    : is_wider  ? GTK_FILTER_CHANGE_LESS_STRICT
                                                : GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

static void
stop_search_cb (CsListPane *self)
{
  gtk_editable_set_text (self->search_entry, "");
  search_changed_cb (self);
  if (self->clear != NULL)
    self->clear (self->filter_data);
  cs_list_pane_focus_list (self);
}

static void
try_again_cb (CsListPane *self)
{
  cs_record_list_reload (self->list);
}

static gboolean
tick_cb (gpointer data)
{
  CsListPane *self = data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (CsRecord) record = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      cs_record_emit_changed (record);
    }
  return G_SOURCE_CONTINUE;
}

static void
cs_list_pane_map (GtkWidget *widget)
{
  CsListPane *self = CS_LIST_PANE (widget);

  GTK_WIDGET_CLASS (cs_list_pane_parent_class)->map (widget);
  if (self->selection != NULL && self->tick_source == 0)
    self->tick_source = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
}

static void
cs_list_pane_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&CS_LIST_PANE (widget)->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (cs_list_pane_parent_class)->unmap (widget);
}

static void
cs_list_pane_dispose (GObject *object)
{
  CsListPane *self = CS_LIST_PANE (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  /* The filter asks this pane what matches, and is told last of all that nobody does. */
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_func (self->selection, update, self);
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (self->filter), NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_LIST_PANE);
  g_clear_object (&self->filter);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (cs_list_pane_parent_class)->dispose (object);
}

static void
cs_list_pane_finalize (GObject *object)
{
  g_clear_pointer (&CS_LIST_PANE (object)->query, g_free);
  G_OBJECT_CLASS (cs_list_pane_parent_class)->finalize (object);
}

static void
cs_list_pane_class_init (CsListPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_list_pane_dispose;
  G_OBJECT_CLASS (class)->finalize = cs_list_pane_finalize;
  widget_class->map = cs_list_pane_map;
  widget_class->unmap = cs_list_pane_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/common/cs-list-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CsListPane, header_bar);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, new_button);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, search_bar);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, stack);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, failed_page);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, empty_page);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, empty_button);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, empty_buttons);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, instead_bin);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, top_bin);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, bottom_bin);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, count_bar);
  gtk_widget_class_bind_template_child (widget_class, CsListPane, count_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "focus_list_cb",
                                                G_CALLBACK (cs_list_pane_focus_list));
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
}

static void
cs_list_pane_init (CsListPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_list_keys_lead (GTK_SEARCH_ENTRY (self->search_entry));
}

/* The same words without the line under a letter, for a button that is an icon alone. */
static char *
drop_mnemonic (const char *label)
{
  GString *plain = g_string_new (label);

  g_string_replace (plain, "_", "", 1);
  return g_string_free_and_steal (plain);
}

static void
show_words (CsListPane *self)
{
  const CsListPaneWords *words = self->words;
  g_autofree char *new_label = NULL;

  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (self->search_entry), _ (words->search_label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (words->search_label), -1);
  adw_status_page_set_icon_name (self->empty_page, words->empty_icon);
  adw_status_page_set_title (self->empty_page, _ (words->empty_title));
  adw_status_page_set_description (self->empty_page, _ (words->empty_text));
  gtk_widget_set_visible (GTK_WIDGET (self->empty_button), words->empty_button != NULL);
  /* What only leads elsewhere has no place over a list that is not empty. */
  gtk_widget_set_visible (GTK_WIDGET (self->new_button),
                          words->empty_button != NULL && g_str_has_prefix (words->empty_action, "win.new"));
  if (words->empty_button == NULL)
    return;
  gtk_button_set_label (self->empty_button, _ (words->empty_button));
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->empty_button), words->empty_action);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->new_button), words->empty_action);
  new_label = drop_mnemonic (_ (words->empty_button));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->new_button), new_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->new_button), GTK_ACCESSIBLE_PROPERTY_LABEL, new_label,
                                  -1);
}

/**
 * cs_list_pane_set_up:
 * @self: the pane
 * @list: (transfer full): what is listed
 * @words: what it is called
 */
void
cs_list_pane_set_up (CsListPane *self, CsRecordList *list, const CsListPaneWords *words)
{
  cs_list_pane_set_up_over (self, list, G_LIST_MODEL (g_object_ref (list)), words);
}

/**
 * cs_list_pane_set_up_over:
 * @self: the pane
 * @list: (transfer full): whether there is something to list, or it could not be read
 * @model: (transfer full): what is listed, of #CsRecord; its sections are kept
 * @words: what it is called
 */
void
cs_list_pane_set_up_over (CsListPane *self,
                          CsRecordList *list,
                          GListModel *model,
                          const CsListPaneWords *words)
{
  GtkFilterListModel *filtered;

  g_return_if_fail (CS_IS_LIST_PANE (self) && self->list == NULL);

  self->words = words;
  self->list = list;
  self->model = model;
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (model), g_object_ref (self->filter));
  self->selection = cs_id_selection_new (G_LIST_MODEL (filtered));
  show_words (self);
  g_signal_connect_object (list, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/** cs_list_pane_set_empty_text: says another thing of an empty list than the words that it was set up with.
 */
void
cs_list_pane_set_empty_text (CsListPane *self, const char *text)
{
  g_return_if_fail (CS_IS_LIST_PANE (self));

  adw_status_page_set_description (self->empty_page, text);
}

/** cs_list_pane_add_empty_button: offers another way out of an empty list. */
void
cs_list_pane_add_empty_button (CsListPane *self, const char *label, const char *action)
{
  GtkWidget *button;

  g_return_if_fail (CS_IS_LIST_PANE (self));

  button = gtk_button_new_with_mnemonic (label);
  /* A longer language takes two lines in a narrow window. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), GTK_JUSTIFY_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  gtk_box_append (self->empty_buttons, button);
}

/**
 * cs_list_pane_set_filter:
 * @self: the pane, set up
 * @shows: whether an item is shown; asked beside the search
 * @clear: called when a person wants to see everything
 * @data: for both; outlives the pane
 */
void
cs_list_pane_set_filter (CsListPane *self,
                         gboolean (*shows) (gpointer item, gpointer data),
                         void (*clear) (gpointer data),
                         gpointer data)
{
  g_return_if_fail (CS_IS_LIST_PANE (self) && self->filter != NULL);

  self->shows = shows;
  self->clear = clear;
  self->filter_data = data;
  cs_list_pane_refilter (self);
}

/** cs_list_pane_refilter: asks again what is shown. */
void
cs_list_pane_refilter (CsListPane *self)
{
  g_return_if_fail (CS_IS_LIST_PANE (self) && self->filter != NULL);

  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

/** cs_list_pane_add_to_header: puts @widget at the end of the header. */
void
cs_list_pane_add_to_header (CsListPane *self, GtkWidget *widget)
{
  g_return_if_fail (CS_IS_LIST_PANE (self));

  adw_header_bar_pack_end (self->header_bar, widget);
}

/** cs_list_pane_add_top: puts @bar between the search and the list. */
void
cs_list_pane_add_top (CsListPane *self, GtkWidget *bar)
{
  g_return_if_fail (CS_IS_LIST_PANE (self));

  adw_bin_set_child (self->top_bin, bar);
}

/** cs_list_pane_add_bottom: puts @bar between the list and its count. */
void
cs_list_pane_add_bottom (CsListPane *self, GtkWidget *bar)
{
  g_return_if_fail (CS_IS_LIST_PANE (self));

  adw_bin_set_child (self->bottom_bin, bar);
}

/** cs_list_pane_get_selection: Returns: (transfer none): what is shown and which row is selected */
CsIdSelection *
cs_list_pane_get_selection (CsListPane *self)
{
  g_return_val_if_fail (CS_IS_LIST_PANE (self), NULL);

  return self->selection;
}

/** cs_list_pane_add_view: shows the list in @view; another view takes its place. */
void
cs_list_pane_add_view (CsListPane *self, GtkWidget *view)
{
  g_return_if_fail (CS_IS_LIST_PANE (self) && self->selection != NULL);

  gtk_scrolled_window_set_child (self->scroller, view);
}

/** cs_list_pane_set_instead: shows @page (nullable) where there is nothing to list yet. */
void
cs_list_pane_set_instead (CsListPane *self, GtkWidget *page)
{
  g_return_if_fail (CS_IS_LIST_PANE (self));

  adw_bin_set_child (self->instead_bin, page);
  if (self->list != NULL)
    update (self);
}

/** cs_list_pane_focus_search: */
void
cs_list_pane_focus_search (CsListPane *self)
{
  g_return_if_fail (CS_IS_LIST_PANE (self));

  if (gtk_widget_get_visible (self->search_bar))
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/** cs_list_pane_focus_list: */
void
cs_list_pane_focus_list (CsListPane *self)
{
  GtkWidget *view = gtk_scrolled_window_get_child (self->scroller);

  if (view != NULL)
    gtk_widget_grab_focus (view);
}
