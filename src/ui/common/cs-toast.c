/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-toast.h"

#include "cs-error-words.h"

#include <glib/gi18n-lib.h>

#define UNDO_SECONDS 10
/* Of a toast: what stands around its words, and around those of its button. */
#define AROUND_WORDS 130
#define AROUND_BUTTON 40
#define CHARACTERS_MIN 12

typedef struct
{
  GWeakRef from;
  char *action;
  char *details;
} ToastAction;

static void
toast_action_free (gpointer data, GClosure *closure)
{
  ToastAction *action = data;

  g_weak_ref_clear (&action->from);
  g_free (action->action);
  g_free (action->details);
  g_free (action);
}

static ToastAction *
toast_action_new (GtkWidget *from, const char *detailed_action, const char *details)
{
  ToastAction *action = g_new0 (ToastAction, 1);

  g_weak_ref_init (&action->from, from);
  action->action = g_strdup (detailed_action);
  action->details = g_strdup (details);
  return action;
}

static AdwToast *
make_toast (const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  return toast;
}

static GtkWidget *
find_overlay_below (GtkWidget *widget)
{
  GtkWidget *found = ADW_IS_TOAST_OVERLAY (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_overlay_below (child);
  return found;
}

static GtkWidget *
find_overlay (GtkWidget *from)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (from, ADW_TYPE_TOAST_OVERLAY);
  /* A dialog has none of its own: its parent's is behind it, and seen once it closes. */
  GtkRoot *root = gtk_widget_get_root (from);
  GtkWidget *child = GTK_IS_WINDOW (root) ? gtk_widget_get_focus_child (GTK_WIDGET (root)) : NULL;

  if (overlay == NULL && child != NULL)
    overlay = gtk_widget_get_ancestor (child, ADW_TYPE_TOAST_OVERLAY);
  /* Nothing need have the focus when something is to be said. */
  return overlay == NULL && GTK_IS_WINDOW (root) ? find_overlay_below (GTK_WIDGET (root)) : overlay;
}

static int
measure (GtkWidget *overlay, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (overlay, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width = 0;

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* In pixels, for the words of a toast with @button (nullable). */
static int
get_room (GtkWidget *overlay, const char *button)
{
  int room = gtk_widget_get_width (overlay) - AROUND_WORDS;

  return button != NULL ? room - measure (overlay, button) - AROUND_BUTTON : room;
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

/* A toast has one line, and cuts what is longer. In a narrow window what it says has as many as it needs.
 * Returns: whether it has them in a label since now. */
static gboolean
fit (GtkWidget *overlay, AdwToast *toast)
{
  GtkWidget *label = adw_toast_get_custom_title (toast);
  g_autofree char *text
      = g_strdup (label != NULL ? gtk_label_get_text (GTK_LABEL (label)) : adw_toast_get_title (toast));
  int room = get_room (overlay, adw_toast_get_button_label (toast));
  int width = measure (overlay, text);
  int n_characters = (int)g_utf8_strlen (text, -1);
  gboolean is_made = FALSE;

  if (gtk_widget_get_width (overlay) == 0 || (label == NULL && width <= room))
    return FALSE;
  if (label == NULL)
    {
      label = make_label (text);
      adw_toast_set_custom_title (toast, label);
      is_made = TRUE;
    }
  gtk_label_set_max_width_chars (GTK_LABEL (label),
                                 width <= room ? -1 : MAX (n_characters * room / width, CHARACTERS_MIN));
  return is_made;
}

static void
free_overlay (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static gboolean
refit_cb (gpointer data)
{
  GWeakRef *ref = g_object_get_data (data, "cs-toast-overlay");
  g_autoptr (GtkWidget) overlay = g_weak_ref_get (ref);

  if (overlay != NULL)
    fit (overlay, data);
  return G_SOURCE_REMOVE;
}

/* The window has another size; what is in it has its own only once it was laid out. */
static void
layout_cb (AdwToast *toast)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, refit_cb, g_object_ref (toast), g_object_unref);
}

static void
keep_fitting (GtkWidget *overlay, AdwToast *toast)
{
  GtkNative *native = gtk_widget_get_native (overlay);
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  GWeakRef *ref;

  if (surface == NULL)
    return;
  ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, overlay);
  g_object_set_data_full (G_OBJECT (toast), "cs-toast-overlay", ref, free_overlay);
  g_signal_connect_object (surface, "layout", G_CALLBACK (layout_cb), toast, G_CONNECT_SWAPPED);
}

/** cs_toast_show: says what @toast does, in as many lines as it needs. @toast: (transfer full) */
void
cs_toast_show (GtkWidget *from, AdwToast *toast)
{
  GtkWidget *overlay;
  g_autofree char *text = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from) && ADW_IS_TOAST (toast));

  overlay = find_overlay (from);
  text = g_strdup (adw_toast_get_title (toast));

  /* A toast announces itself. */
  if (overlay == NULL)
    {
      gtk_accessible_announce (GTK_ACCESSIBLE (from), adw_toast_get_title (toast),
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
      g_message ("%s", adw_toast_get_title (toast));
      g_object_unref (toast);
      return;
    }
  if (fit (overlay, toast))
    /* It announces its title, which it has none of any more. */
    gtk_accessible_announce (GTK_ACCESSIBLE (overlay), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  keep_fitting (overlay, toast);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
act_cb (AdwToast *toast, gpointer data)
{
  ToastAction *action = data;
  g_autoptr (GtkWidget) from = g_weak_ref_get (&action->from);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (from != NULL && g_action_parse_detailed_name (action->action, &name, &target, NULL))
    gtk_widget_activate_action_variant (from, name, target);
}

static void
details_cb (AdwToast *toast, gpointer data)
{
  ToastAction *action = data;
  g_autoptr (GtkWidget) from = g_weak_ref_get (&action->from);
  AdwDialog *dialog;

  if (from == NULL)
    return;
  dialog = adw_alert_dialog_new (_ ("Details"), action->details);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, from);
}

/** cs_toast: says @text. */
void
cs_toast (GtkWidget *from, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (from));

  cs_toast_show (from, make_toast (text));
}

/** cs_toast_dismiss: takes away what was said before and is over now. */
void
cs_toast_dismiss (GtkWidget *from)
{
  GtkWidget *overlay;

  g_return_if_fail (GTK_IS_WIDGET (from));

  if ((overlay = find_overlay (from)) != NULL)
    adw_toast_overlay_dismiss_all (ADW_TOAST_OVERLAY (overlay));
}

/** cs_toast_action: says @text, with a button that activates @detailed_action from @from. */
void
cs_toast_action (GtkWidget *from, const char *text, const char *button, const char *detailed_action)
{
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (from));

  toast = make_toast (text);
  adw_toast_set_button_label (toast, button);
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  /* Not AdwToast's own action: that is looked up from the overlay, above the pages and their actions. */
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (act_cb),
                         toast_action_new (from, detailed_action, NULL), toast_action_free, 0);
  cs_toast_show (from, toast);
}

/** cs_toast_undo: says @text, with Undo. */
void
cs_toast_undo (GtkWidget *from, const char *text, const char *detailed_action)
{
  cs_toast_action (from, text, _ ("_Undo"), detailed_action);
}

typedef struct
{
  GWeakRef from;
  CsToastUndo func;
  gpointer data;
  GDestroyNotify free_data;
} ToastUndo;

static void
toast_undo_free (gpointer data, GClosure *closure)
{
  ToastUndo *undo = data;

  g_weak_ref_clear (&undo->from);
  if (undo->free_data != NULL)
    undo->free_data (undo->data);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast, gpointer data)
{
  ToastUndo *undo = data;
  g_autoptr (GtkWidget) from = g_weak_ref_get (&undo->from);

  if (from != NULL)
    undo->func (from, undo->data);
}

static void
dismissed_cb (GtkWidget *from, AdwToast *toast)
{
  if (g_object_get_data (G_OBJECT (from), "cs-toast-undo") == toast)
    g_object_set_data (G_OBJECT (from), "cs-toast-undo", NULL);
}

/* What was saved before can't be undone any more once the same thing was saved again. */
static void
replace_last (GtkWidget *from, AdwToast *toast)
{
  AdwToast *last = g_object_get_data (G_OBJECT (from), "cs-toast-undo");

  if (last != NULL)
    adw_toast_dismiss (last);
  g_object_set_data_full (G_OBJECT (from), "cs-toast-undo", g_object_ref (toast), g_object_unref);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), from, G_CONNECT_SWAPPED);
  /* Nor when whatever would do it is gone. */
  g_signal_connect_object (from, "destroy", G_CALLBACK (adw_toast_dismiss), toast, G_CONNECT_SWAPPED);
}

/** cs_toast_undo_by: says @text, with Undo, which calls @func. @data: (transfer full) */
void
cs_toast_undo_by (GtkWidget *from,
                  const char *text,
                  CsToastUndo func,
                  gpointer data,
                  GDestroyNotify free_data)
{
  ToastUndo *undo;
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (from));

  undo = g_new0 (ToastUndo, 1);
  g_weak_ref_init (&undo->from, from);
  undo->func = func;
  undo->data = data;
  undo->free_data = free_data;
  toast = make_toast (text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, toast_undo_free, 0);
  replace_last (from, toast);
  cs_toast_show (from, toast);
}

/** cs_toast_has_undo: Returns: whether what cs_toast_undo_by() said from there is still there */
gboolean
cs_toast_has_undo (GtkWidget *from)
{
  g_return_val_if_fail (GTK_IS_WIDGET (from), FALSE);

  return g_object_get_data (G_OBJECT (from), "cs-toast-undo") != NULL;
}

/* (transfer full): what happened; why, and what to do, are behind Details where there is no room for them. */
static char *
shorten (GtkWidget *from, const char *words)
{
  GtkWidget *overlay = find_overlay (from);
  const char *end = strstr (words, ". ");

  if (overlay == NULL || end == NULL || gtk_widget_get_width (overlay) == 0
      || measure (overlay, words) <= get_room (overlay, _ ("_Details")))
    return g_strdup (words);
  return g_strndup (words, (gsize)(end - words));
}

/** cs_show_error: says what went wrong; the whole text is behind Details. */
void
cs_show_error (GtkWidget *from, const GError *error)
{
  g_autofree char *words = NULL;
  g_autofree char *title = NULL;
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (from) && error != NULL);

  words = cs_error_words (error);
  title = shorten (from, words);
  toast = make_toast (title);
  adw_toast_set_button_label (toast, _ ("_Details"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (details_cb),
                         toast_action_new (from, NULL, words), toast_action_free, 0);
  cs_toast_show (from, toast);
}
