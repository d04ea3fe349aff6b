/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-shape-undo.h"

#include "cs-follow-up.h"
#include "cs-toast.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  CsSession *session;
  CsUuid client_id;
  CsSettings *settings_before; /* (nullable): the practice's */
  CsSettings *settings_after;
  CsShape *before; /* (nullable): a client's */
  CsShape *after;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_clear_object (&undo->session);
  g_clear_pointer (&undo->settings_before, cs_settings_free);
  g_clear_pointer (&undo->settings_after, cs_settings_free);
  g_clear_pointer (&undo->before, cs_shape_free);
  g_clear_pointer (&undo->after, cs_shape_free);
  g_free (undo);
}

static void
undone_cb (gpointer from, DexFuture *settled, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (cs_settled_check (settled, &error))
    cs_toast (from, _ ("Put back as it was before"));
  else
    cs_show_error (from, error);
}

static void
undo_practice (GtkWidget *from, gpointer data)
{
  Undo *undo = data;

  cs_follow_up_to_the_end (
      cs_session_restore_settings_shape (undo->session, undo->settings_before, undo->settings_after), from,
      undone_cb, NULL, NULL);
}

static void
undo_client (GtkWidget *from, gpointer data)
{
  Undo *undo = data;

  cs_follow_up_to_the_end (
      cs_session_restore_client_shape (undo->session, &undo->client_id, undo->before, undo->after), from,
      undone_cb, NULL, NULL);
}

/** cs_shape_undo_offer_practice: the practice's settings were saved. */
void
cs_shape_undo_offer_practice (GtkWidget *from,
                              CsSession *session,
                              const CsSettings *before,
                              const CsSettings *after)
{
  Undo *undo;

  g_return_if_fail (GTK_IS_WIDGET (from) && CS_IS_SESSION (session));

  if (cs_settings_equal_shape (before, after))
    return;
  undo = g_new0 (Undo, 1);
  undo->session = g_object_ref (session);
  undo->settings_before = cs_settings_copy (before);
  undo->settings_after = cs_settings_copy (after);
  cs_toast_undo_by (from, _ ("The practice’s invoice settings were saved"), undo_practice, undo, undo_free);
}

static void
saved_cb (gpointer from, DexFuture *settled, gpointer data)
{
  Undo *saved = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSettings) before = cs_settled_steal_record (settled, &error);

  if (before != NULL)
    cs_shape_undo_offer_practice (from, saved->session, before, saved->settings_after);
  else if (!cs_error_is_cancelled (error))
    cs_show_error (from, error);
}

/** cs_shape_undo_follow_practice: the practice's settings are being saved, by cs_session_save_settings().
 * @saving: (transfer full) */
void
cs_shape_undo_follow_practice (GtkWidget *from,
                               CsSession *session,
                               DexFuture *saving,
                               const CsSettings *after)
{
  Undo *saved;

  g_return_if_fail (GTK_IS_WIDGET (from) && CS_IS_SESSION (session));

  saved = g_new0 (Undo, 1);
  saved->session = g_object_ref (session);
  saved->settings_after = cs_settings_copy (after);
  cs_follow_up_to_the_end (saving, from, saved_cb, saved, undo_free);
}

/** cs_shape_undo_offer_client: what @client has of its own was saved. */
void
cs_shape_undo_offer_client (GtkWidget *from,
                            CsSession *session,
                            const CsClient *client,
                            const CsShape *before,
                            const CsShape *after)
{
  g_autofree char *words = NULL;
  Undo *undo;

  g_return_if_fail (GTK_IS_WIDGET (from) && CS_IS_SESSION (session));

  if (cs_shape_equal (before, after))
    return;
  undo = g_new0 (Undo, 1);
  undo->session = g_object_ref (session);
  undo->client_id = client->id;
  undo->before = cs_shape_copy (before);
  undo->after = cs_shape_copy (after);
  /* Translators: %s is a client's name. */
  words = g_strdup_printf (_ ("The invoice settings of %s were saved"), client->name);
  cs_toast_undo_by (from, words, undo_client, undo, undo_free);
}
