/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cs-id-selection.h"
#include "cs-record-list.h"

G_BEGIN_DECLS

/* What a list says of itself. @count: ngettext() forms by way of @n. All (transfer none) but @count's answer.
 */
typedef struct
{
  const char *search_label;
  const char *empty_icon;
  const char *empty_title;
  const char *empty_text;
  const char *empty_button; /* (nullable) */
  const char *empty_action; /* detailed */
  char *(*count) (guint n_shown, guint n_all);
  gboolean (*matches) (gpointer item, const char *query);
} CsListPaneWords;

/* The list side of a page: header, search, the list in its four states, how many there are. */
#define CS_TYPE_LIST_PANE (cs_list_pane_get_type ())
G_DECLARE_FINAL_TYPE (CsListPane, cs_list_pane, CS, LIST_PANE, AdwBin)

void
cs_list_pane_set_up (CsListPane *self, CsRecordList *list, const CsListPaneWords *words); /* @words: static */
/* The same over another order of the same records, and more beside: a GListModel of CsRecord. */
void cs_list_pane_set_up_over (CsListPane *self,
                               CsRecordList *list,
                               GListModel *model,
                               const CsListPaneWords *words);
void cs_list_pane_set_empty_text (CsListPane *self, const char *text);
void cs_list_pane_add_empty_button (CsListPane *self, const char *label, const char *action);
/* Beside the search. @clear: a person wants to see everything. */
void cs_list_pane_set_filter (CsListPane *self,
                              gboolean (*shows) (gpointer item, gpointer data),
                              void (*clear) (gpointer data),
                              gpointer data);
void cs_list_pane_refilter (CsListPane *self);
void cs_list_pane_add_to_header (CsListPane *self, GtkWidget *widget); /* at its end */
void cs_list_pane_add_top (CsListPane *self, GtkWidget *bar);          /* under the search */
void cs_list_pane_add_bottom (CsListPane *self, GtkWidget *bar);       /* over the count */
CsIdSelection *cs_list_pane_get_selection (CsListPane *self);
void
cs_list_pane_add_view (CsListPane *self, GtkWidget *view); /* GtkListView or CsColumns: shown in content */
void cs_list_pane_set_instead (CsListPane *self,
                               GtkWidget *page); /* (nullable): shown rather than an empty list */
void cs_list_pane_focus_search (CsListPane *self);
void cs_list_pane_focus_list (CsListPane *self);

G_END_DECLS
