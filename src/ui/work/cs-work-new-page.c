/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "cs-work-new-page.h"

#include "cs-follow-up.h"
#include "cs-rows.h"
#include "cs-toast.h"
#include "cs-work-links.h"
#include "cs-work-review.h"
#include "cs-work-words.h"

/* More than anybody looks through; a search narrows them. */
#define SHOWN_MAX 100

struct _CsWorkNewPage
{
  AdwNavigationPage parent_instance;
  GtkWidget *search_entry;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkWidget *doubtful_group;
  GtkListBox *doubtful_list;
  GtkWidget *new_group;
  GtkListBox *new_list;
  GtkWidget *more_group;
  GtkLabel *more_label;
  GtkWidget *error_group;
  GtkLabel *error_label;
  GtkButton *make_button;

  CsSession *session;
  GPtrArray *found;   /* (nullable): of CsWorkNew, as last read */
  GHashTable *spared; /* of char *: those that a person took the tick away from */
  DexFuture *reading;
};

G_DEFINE_FINAL_TYPE (CsWorkNewPage, cs_work_new_page, ADW_TYPE_NAVIGATION_PAGE)

static CsWork *
get_work (CsWorkNewPage *self)
{
  return cs_session_get_work (self->session);
}

static void
show_error (CsWorkNewPage *self, const char *words)
{
  gtk_label_set_text (self->error_label, words);
  gtk_widget_set_visible (self->error_group, *words != '\0');
}

/* --- what a person says --- */

static void
on_done (gpointer object, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!cs_settled_check (settled, &error) && !cs_error_is_cancelled (error))
    show_error (object, error->message);
}

static const CsWorkNew *
get_new (gpointer widget)
{
  return g_object_get_data (widget, "only-there");
}

static void
on_same (CsWorkNewPage *self, GtkWidget *button)
{
  const CsWorkNew *only_there = get_new (button);

  cs_follow_up_to_the_end (
      cs_work_link_client (get_work (self), &only_there->client_id, only_there->entry->remote_id), self,
      on_done, NULL, NULL);
}

static void
on_another (CsWorkNewPage *self, GtkWidget *button)
{
  cs_follow_up_to_the_end (cs_work_add_client (get_work (self), get_new (button)->entry->remote_id), self,
                           on_done, NULL, NULL);
}

static void
on_leave_out (CsWorkNewPage *self, GtkWidget *button)
{
  const char *remote_id = get_new (button)->entry->remote_id;
  /* Translators: %s is a client in Practice Manager. */
  g_autofree char *words
      = g_strdup_printf (_ ("Nobody is asked about %s any more"), get_new (button)->entry->name);
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (remote_id));
  g_autofree char *action = g_action_print_detailed_name ("win.ask-work-again", target);

  cs_toast_dismiss (GTK_WIDGET (self));
  cs_toast_undo (GTK_WIDGET (self), words, action);
  cs_follow_up_to_the_end (cs_work_leave_out (get_work (self), remote_id, TRUE), self, on_done, NULL, NULL);
}

static gboolean
is_searched (const CsWorkNew *only_there, const char *folded)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", only_there->entry->name, only_there->entry->email,
                                           only_there->client_name != NULL ? only_there->client_name : "");
  g_autofree char *there = g_utf8_casefold (text, -1);

  return strstr (there, folded) != NULL;
}

static char *
fold_search (CsWorkNewPage *self)
{
  return g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), -1);
}

/* Of char *: those with a tick that the search leaves: nobody makes leads of what they don't look at. */
static GPtrArray *
list_chosen (CsWorkNewPage *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = fold_search (self);

  for (guint i = 0; self->found != NULL && i < self->found->len; i++)
    {
      const CsWorkNew *only_there = self->found->pdata[i];

      if (only_there->match == CS_MATCH_NONE && is_searched (only_there, folded)
          && !g_hash_table_contains (self->spared, only_there->entry->remote_id))
        g_ptr_array_add (chosen, g_strdup (only_there->entry->remote_id));
    }
  return chosen;
}

static void
show_count (CsWorkNewPage *self)
{
  g_autoptr (GPtrArray) chosen = list_chosen (self);
  guint n = chosen->len;
  g_autofree char *label = g_strdup_printf (ngettext ("_Make %'u lead", "_Make %'u leads", n), n);

  gtk_button_set_label (self->make_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->make_button), n > 0);
}

static void
on_ticked (CsWorkNewPage *self, GParamSpec *spec, GtkCheckButton *check)
{
  const char *remote_id = get_new (check)->entry->remote_id;

  if (gtk_check_button_get_active (check))
    g_hash_table_remove (self->spared, remote_id);
  else
    g_hash_table_add (self->spared, g_strdup (remote_id));
  show_count (self);
}

/* A name may hold there what it may not here. */
static void
show_left_over (CsWorkNewPage *self, guint n)
{
  g_autofree char *words = NULL;

  if (n == 0)
    return;
  words = g_strdup_printf (
      ngettext (
          "%'u client was left out: Xero takes no contact of that name. It has < or > in it, a blank "
          "too many, or over 255 characters. Change the name in Practice Manager, then refresh.",
          "%'u clients were left out: Xero takes no contacts of those names. They have < or > in them, a "
          "blank too many, or over 255 characters. Change the names in Practice Manager, then refresh.",
          n),
      n);
  show_error (self, words);
}

static void
on_made (gpointer object, DexFuture *settled, gpointer data)
{
  CsWorkNewPage *self = object;
  g_autoptr (GError) error = NULL;
  g_autofree guint *n = cs_settled_steal_record (settled, &error);
  g_autofree char *words = NULL;

  if (n == NULL)
    {
      show_error (self, error != NULL ? error->message : "");
      return;
    }
  words = g_strdup_printf (ngettext ("%'u lead was made", "%'u leads were made", *n), *n);
  cs_toast (GTK_WIDGET (self), words);
  show_left_over (self, GPOINTER_TO_UINT (data) - MIN (*n, GPOINTER_TO_UINT (data)));
}

static void
on_make (CsWorkNewPage *self)
{
  g_autoptr (GPtrArray) chosen = list_chosen (self);

  show_error (self, "");
  if (chosen->len > 0)
    cs_follow_up_to_the_end (cs_work_add_some (get_work (self), chosen), self, on_made,
                             GUINT_TO_POINTER (chosen->len), NULL);
}

/* --- what is shown --- */

static GtkWidget *
add_button (CsWorkNewPage *self,
            GtkWidget *row,
            const char *label,
            const CsWorkNew *only_there,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "only-there", (gpointer)only_there);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static GtkWidget *
make_row (const CsWorkNew *only_there, const char *about)
{
  GtkWidget *row = cs_rows_new (only_there->entry->name, about);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static const char *
or_nothing (const char *text)
{
  return *text != '\0' ? text : _ ("no e-mail address");
}

/* Side by side: what each has, and what of it is the same. */
static void
add_doubtful (CsWorkNewPage *self, const CsWorkNew *only_there)
{
  g_autofree char *about
      /* Translators: 1 is an e-mail address there, 2 its unique id, 3 a client's name here, 4 its e-mail
       * address, and 5 a sentence such as "The same name". */
      = g_strdup_printf (_ ("There: %1$s\n%2$s\nHere: %3$s, %4$s\n%5$s"),
                         or_nothing (only_there->entry->email), only_there->entry->remote_id,
                         only_there->client_name, or_nothing (only_there->client_email),
                         cs_work_words_match (only_there->match));
  GtkWidget *row = make_row (only_there, about);

  add_button (self, row, _ ("_Same"), only_there, G_CALLBACK (on_same));
  add_button (self, row, _ ("_Another"), only_there, G_CALLBACK (on_another));
  gtk_list_box_append (self->doubtful_list, row);
}

static void
add_new (CsWorkNewPage *self, const CsWorkNew *only_there)
{
  g_autofree char *about
      = *only_there->entry->email != '\0'
            ? g_strdup_printf ("%s\n%s", only_there->entry->email, only_there->entry->remote_id)
            : g_strdup (only_there->entry->remote_id);
  GtkWidget *row = make_row (only_there, about);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *button;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               !g_hash_table_contains (self->spared, only_there->entry->remote_id));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (check), "only-there", (gpointer)only_there);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  only_there->entry->name, -1);
  g_signal_connect_object (check, "notify::active", G_CALLBACK (on_ticked), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  button = add_button (self, row, _ ("_Leave out"), only_there, G_CALLBACK (on_leave_out));
  gtk_widget_add_css_class (button, "flat");
  gtk_list_box_append (self->new_list, row);
}

static void
show_more (CsWorkNewPage *self, guint n_hidden)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%'u more is not shown: search for it.",
                                                      "%'u more are not shown: search for them.", n_hidden),
                                            n_hidden);

  gtk_label_set_text (self->more_label, words);
  gtk_widget_set_visible (self->more_group, n_hidden > 0);
}

static void
show (CsWorkNewPage *self)
{
  g_autofree char *folded = fold_search (self);
  guint n_doubtful = 0;
  guint n_new = 0;
  guint n_hidden = 0;

  cs_rows_clear (self->doubtful_list);
  cs_rows_clear (self->new_list);
  for (guint i = 0; i < self->found->len; i++)
    {
      const CsWorkNew *only_there = self->found->pdata[i];

      if (!is_searched (only_there, folded))
        continue;
      if (n_doubtful + n_new >= SHOWN_MAX)
        n_hidden++;
      else if (only_there->match != CS_MATCH_NONE && ++n_doubtful > 0)
        add_doubtful (self, only_there);
      else if (++n_new > 0)
        add_new (self, only_there);
    }
  gtk_widget_set_visible (self->doubtful_group, n_doubtful > 0);
  gtk_widget_set_visible (self->new_group, n_new > 0);
  show_more (self, n_hidden);
  show_count (self);
  adw_status_page_set_title (self->empty_page,
                             self->found->len > 0 ? _ ("Nobody found") : _ ("Nobody is only there"));
  adw_status_page_set_description (
      self->empty_page, self->found->len > 0
                            ? _ ("Try fewer or other words.")
                            : _ ("Every client of Practice Manager is linked to one here, or was left out."));
  gtk_stack_set_visible_child_name (self->stack, n_doubtful + n_new > 0 ? "content" : "empty");
}

static void
on_search_changed (CsWorkNewPage *self)
{
  if (self->found != NULL)
    show (self);
}

static void
on_read (gpointer object, DexFuture *settled, gpointer data)
{
  CsWorkNewPage *self = object;
  g_autoptr (GError) error = NULL;
  GPtrArray *found = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (found == NULL)
    {
      if (error != NULL && !cs_error_is_cancelled (error))
        show_error (self, error->message);
      return;
    }
  /* The rows point into what was read. */
  cs_rows_clear (self->doubtful_list);
  cs_rows_clear (self->new_list);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = found;
  show (self);
}

static void
read_new (CsWorkNewPage *self)
{
  dex_clear (&self->reading);
  self->reading = cs_follow_up (cs_work_review_new (get_work (self)), self, on_read, NULL, NULL);
}

static void
on_session_changed (CsWorkNewPage *self, guint changes)
{
  if ((changes & (CS_CHANGE_WORK | CS_CHANGE_CLIENTS)) != 0)
    read_new (self);
}

/* --- the object --- */

static void
cs_work_new_page_dispose (GObject *object)
{
  CsWorkNewPage *self = CS_WORK_NEW_PAGE (object);

  dex_clear (&self->reading);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_WORK_NEW_PAGE);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->spared, g_hash_table_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_work_new_page_parent_class)->dispose (object);
}

static void
cs_work_new_page_class_init (CsWorkNewPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = cs_work_new_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/work/cs-work-new-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, doubtful_group);
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, doubtful_list);
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, new_group);
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, new_list);
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, more_group);
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, more_label);
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, error_group);
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, CsWorkNewPage, make_button);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_make);
}

static void
cs_work_new_page_init (CsWorkNewPage *self)
{
  self->spared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_button_set_use_underline (self->make_button, TRUE);
}

/** cs_work_new_page_new: Returns: (transfer floating): the clients that are only at @session's practice
 * manager */
AdwNavigationPage *
cs_work_new_page_new (CsSession *session)
{
  CsWorkNewPage *self = g_object_new (CS_TYPE_WORK_NEW_PAGE, NULL);

  self->session = g_object_ref (session);
  gtk_stack_set_visible_child_name (self->stack, "reading");
  gtk_widget_set_visible (GTK_WIDGET (self->make_button), FALSE);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed), self, G_CONNECT_SWAPPED);
  read_new (self);
  return ADW_NAVIGATION_PAGE (self);
}
