/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-browser.h"

typedef struct
{
  GWeakRef widget;
  char *address;
  CsBrowserFailed failed;
} Opening;

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&opening->widget);
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    {
      /* Without the address: a sign-in's holds what nobody else should read. */
      g_debug ("No browser: %s", error->message);
      if (widget != NULL)
        opening->failed (widget, opening->address);
    }
  g_weak_ref_clear (&opening->widget);
  g_free (opening->address);
  g_free (opening);
}

/**
 * cs_browser_open:
 * @widget: where the wish came from
 * @address: what to open
 * @failed: what to do when there is no browser
 *
 * Opens @address in the desktop's browser, by the portal where there is one. Not with GtkUriLauncher: that
 * never calls back where no portal is.
 */
void
cs_browser_open (GtkWidget *widget, const char *address, CsBrowserFailed failed)
{
  g_autoptr (GdkAppLaunchContext) context = NULL;
  Opening *opening;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (address != NULL);

  context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  opening = g_new0 (Opening, 1);
  g_weak_ref_init (&opening->widget, widget);
  opening->address = g_strdup (address);
  opening->failed = failed;
  g_app_info_launch_default_for_uri_async (address, G_APP_LAUNCH_CONTEXT (context), NULL, on_opened, opening);
}
