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
CsIdSelection *cs_list_pane_get_selection (CsListPane *self);
void cs_list_pane_add_view (CsListPane *self,
                            GtkWidget *view); /* GtkListView or GtkColumnView: shown in content */
void cs_list_pane_set_note (CsListPane *self, const char *note); /* beside the count: "as of 09:12" */
void cs_list_pane_set_instead (CsListPane *self,
                               GtkWidget *page); /* (nullable): shown rather than an empty list */
void cs_list_pane_focus_search (CsListPane *self);
void cs_list_pane_focus_list (CsListPane *self);

G_END_DECLS
