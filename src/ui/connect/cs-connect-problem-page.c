/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-connect-problem-page.h"

#include "cs-connect-words.h"

struct _CsConnectProblemPage
{
  AdwBin parent_instance;
  AdwStatusPage *status;
  GtkWidget *words_card;
  GtkLabel *words;
  GtkWidget *redirects_group;
  GtkLabel *redirects;
  GtkWidget *back_button;
  GtkWidget *retry_button;
  GtkWidget *choose_again_button;

  CsConnect *connect;
};

G_DEFINE_FINAL_TYPE (CsConnectProblemPage, cs_connect_problem_page, ADW_TYPE_BIN)

/* --- what it shows --- */

static const char *
retry_label (CsConnectButtons buttons)
{
  if (buttons & CS_CONNECT_READ_AGAIN)
    return _ ("_Read again");
  return buttons & CS_CONNECT_SOMEBODY_ELSE ? _ ("_Sign in as somebody else") : _ ("_Try again");
}

/* After a choice that failed it is the choice that is made again; else the sign-in. */
static void
show_buttons (CsConnectProblemPage *self, CsConnectButtons buttons)
{
  gboolean can_choose
      = (buttons & CS_CONNECT_CHOOSE_AGAIN) != 0 && cs_connect_can_choose_again (self->connect);

  gtk_button_set_label (GTK_BUTTON (self->retry_button), retry_label (buttons));
  gtk_widget_set_visible (self->choose_again_button, can_choose);
  if (can_choose)
    gtk_widget_remove_css_class (self->retry_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->retry_button, "suggested-action");
  /* There is nothing to go back from once it is connected. */
  gtk_widget_set_visible (self->back_button, (buttons & CS_CONNECT_READ_AGAIN) == 0);
}

/**
 * cs_connect_problem_page_show:
 * @self: the page
 * @connect: in FAILED
 *
 * Shows what went wrong with @connect, and says it to who doesn't see it.
 */
void
cs_connect_problem_page_show (CsConnectProblemPage *self, CsConnect *connect)
{
  CsConnectWords words;
  const char *own = NULL;
  g_autofree char *advice = NULL;

  g_return_if_fail (CS_IS_CONNECT_PROBLEM_PAGE (self));
  g_return_if_fail (CS_IS_CONNECT (connect));

  g_set_object (&self->connect, connect);
  words = cs_connect_words_for (cs_connect_get_problem (connect));
  own = cs_connect_get_problem_text (connect);
  advice = g_markup_escape_text (words.advice, -1);
  adw_status_page_set_icon_name (self->status, words.icon_name);
  adw_status_page_set_title (self->status, words.title);
  adw_status_page_set_description (self->status, advice);
  gtk_label_set_label (self->words, own);
  gtk_widget_set_visible (self->words_card, (words.extras & CS_CONNECT_SHOW_TEXT) && *own != '\0');
  gtk_label_set_label (self->redirects, cs_connect_get_redirect_uris (connect));
  gtk_widget_set_visible (self->redirects_group, (words.extras & CS_CONNECT_SHOW_REDIRECTS) != 0);
  show_buttons (self, words.buttons);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words.title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/** cs_connect_problem_page_focus: moves the focus to the button that goes on. */
void
cs_connect_problem_page_focus (CsConnectProblemPage *self)
{
  g_return_if_fail (CS_IS_CONNECT_PROBLEM_PAGE (self));

  gtk_widget_grab_focus (gtk_widget_get_visible (self->choose_again_button) ? self->choose_again_button
                                                                            : self->retry_button);
}

/* --- buttons --- */

static void
on_cancel (CsConnectProblemPage *self)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG);

  if (dialog != NULL)
    adw_dialog_close (ADW_DIALOG (dialog));
}

static void
on_back (CsConnectProblemPage *self)
{
  cs_connect_cancel (self->connect);
}

static void
on_retry (CsConnectProblemPage *self)
{
  if (cs_connect_get_problem (self->connect) == CS_CONNECT_PROBLEM_FIRST_READ)
    cs_connect_read_again (self->connect);
  else
    cs_connect_start (self->connect, cs_connect_get_client_id (self->connect));
}

static void
on_choose_again (CsConnectProblemPage *self)
{
  cs_connect_choose_again (self->connect);
}

static void
copy (CsConnectProblemPage *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_copy_redirects (CsConnectProblemPage *self)
{
  copy (self, cs_connect_get_redirect_uris (self->connect));
}

/* W-06: to show to whoever can help. */
static void
on_copy_words (CsConnectProblemPage *self)
{
  copy (self, gtk_label_get_label (self->words));
}

static void
cs_connect_problem_page_dispose (GObject *object)
{
  CsConnectProblemPage *self = CS_CONNECT_PROBLEM_PAGE (object);

  g_clear_object (&self->connect);
  /* The template would take the child away unnoticed by the bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CS_TYPE_CONNECT_PROBLEM_PAGE);
  G_OBJECT_CLASS (cs_connect_problem_page_parent_class)->dispose (object);
}

static void
cs_connect_problem_page_class_init (CsConnectProblemPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_connect_problem_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/countersign/Countersign/ui/connect/cs-connect-problem-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsConnectProblemPage, status);
  gtk_widget_class_bind_template_child (widget_class, CsConnectProblemPage, words_card);
  gtk_widget_class_bind_template_child (widget_class, CsConnectProblemPage, words);
  gtk_widget_class_bind_template_child (widget_class, CsConnectProblemPage, redirects_group);
  gtk_widget_class_bind_template_child (widget_class, CsConnectProblemPage, redirects);
  gtk_widget_class_bind_template_child (widget_class, CsConnectProblemPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CsConnectProblemPage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, CsConnectProblemPage, choose_again_button);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_again);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_redirects);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_words);
}

static void
cs_connect_problem_page_init (CsConnectProblemPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
