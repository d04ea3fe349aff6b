/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-proposal-editor-private.h"
#include "cs-follow-up.h"
#include "cs-store-clients.h"
#include "cs-store-ledger.h"
#include "cs-store-proposals.h"

#include <glib/gi18n-lib.h>

#define SAVE_AFTER_MS 600
#define STALE_TRIES_MAX 3
#define NUMBERS_AHEAD 12 /* as many as a preview shows at once, and some */

typedef struct
{
  CsProposal *proposal;
  CsClient *client; /* (nullable) */
  CsMatch known;
  CsShapeFacts *facts;
  GPtrArray *numbers;
  GPtrArray *client_numbers;
} Content;

G_DEFINE_FINAL_TYPE (CsProposalEditor, cs_proposal_editor, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SAVE_STATE,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_LOADED,
  SIGNAL_EDITED,
  SIGNAL_TOLD,
  SIGNAL_SHAPED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- reading --- */

static void
content_free (gpointer data)
{
  Content *content = data;

  g_clear_pointer (&content->proposal, cs_proposal_free);
  g_clear_pointer (&content->client, cs_client_free);
  g_clear_pointer (&content->facts, cs_shape_facts_free);
  g_clear_pointer (&content->numbers, g_ptr_array_unref);
  g_clear_pointer (&content->client_numbers, g_ptr_array_unref);
  g_free (content);
}

/* Which rung of the ladder the ledger's contacts reach. */
static gboolean
read_known (CsStore *store, Content *content, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsConnection) connection = NULL;
  g_autoptr (GPtrArray) contacts = NULL;

  content->known = CS_MATCH_NONE;
  if (content->client == NULL || *content->client->remote_contact_id != '\0')
    return TRUE;
  connection = cs_store_get_connection (store, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (connection == NULL)
    return TRUE;
  contacts = cs_store_list_contacts (store, &connection->id, error);
  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    {
      CsMatch match
          = cs_match_contact (content->client->name, content->client->email, NULL, contacts->pdata[i]);

      content->known = MIN (content->known, match);
    }
  return contacts != NULL;
}

/* What its invoices are held against, and how they would be numbered. */
static gboolean
read_facts (CsStore *store, Content *content, GError **error)
{
  const CsShape *client_shape = content->proposal->client_shape;
  const char *series = client_shape != NULL ? client_shape->values[CS_SHAPE_SERIES] : NULL;

  content->facts = cs_store_get_shape_facts (store, error);
  content->numbers
      = content->facts != NULL ? cs_store_list_next_numbers (store, "", NUMBERS_AHEAD, error) : NULL;
  if (content->numbers == NULL || series == NULL || *series == '\0')
    return content->numbers != NULL;
  content->client_numbers = cs_store_list_next_numbers (store, series, NUMBERS_AHEAD, error);
  return content->client_numbers != NULL;
}

static gpointer
read_content (CsStore *store, gpointer data, GError **error)
{
  CsProposal *proposal = cs_store_get_proposal (store, data, error);
  Content *content;

  if (proposal == NULL)
    return NULL;
  content = g_new0 (Content, 1);
  content->proposal = proposal;
  if ((!cs_uuid_is_none (&proposal->client_id)
       && (content->client = cs_store_get_client (store, &proposal->client_id, error)) == NULL)
      || !read_known (store, content, error) || !read_facts (store, content, error))
    {
      content_free (content);
      return NULL;
    }
  return content;
}

static void load (CsProposalEditor *self);

/* What was said about an agreed service is no edit of it. */
static void
take_changes (CsProposal *proposal, CsProposal *read)
{
  for (guint i = 0; i < MIN (proposal->lines->len, read->lines->len); i++)
    {
      CsProposalLine *line = proposal->lines->pdata[i];
      CsProposalLine *there = read->lines->pdata[i];

      if (!cs_uuid_equal (&line->id, &there->id))
        continue;
      g_clear_pointer (&line->changes, g_ptr_array_unref);
      line->changes = there->changes != NULL ? g_ptr_array_ref (there->changes) : NULL;
    }
}

/* Nobody edits these: they are news whatever is being typed. */
static void
take_facts (CsProposalEditor *self, Content *content)
{
  g_clear_pointer (&self->facts, cs_shape_facts_free);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_clear_pointer (&self->client_numbers, g_ptr_array_unref);
  self->facts = g_steal_pointer (&content->facts);
  self->numbers = g_steal_pointer (&content->numbers);
  self->client_numbers = g_steal_pointer (&content->client_numbers);
  if (self->proposal == NULL)
    return;
  g_clear_pointer (&self->proposal->practice_shape, cs_shape_free);
  self->proposal->practice_shape = cs_shape_copy (content->proposal->practice_shape);
  g_clear_pointer (&self->proposal->client_shape, cs_shape_free);
  self->proposal->client_shape = cs_shape_copy (content->proposal->client_shape);
  take_changes (self->proposal, content->proposal);
}

static void
take_proposal (CsProposalEditor *self, Content *content)
{
  cs_proposal_editor_forget_shapes (self);
  g_clear_pointer (&self->proposal, cs_proposal_free);
  self->proposal = g_steal_pointer (&content->proposal);
}

static void
take_content (CsProposalEditor *self, Content *content)
{
  /* What was read before our own last save is older than what is here. */
  gboolean is_other = self->proposal == NULL || self->proposal->revision < content->proposal->revision;

  g_clear_pointer (&self->client, cs_client_free);
  self->client = g_steal_pointer (&content->client);
  self->known = content->known;
  take_facts (self, content);
  /* What the person is typing is newer than anything on disk. */
  if (is_other && !self->is_dirty && self->saving == NULL)
    {
      take_proposal (self, content);
      g_signal_emit (self, signals[SIGNAL_LOADED], 0);
    }
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
read_cb (gpointer object, DexFuture *settled, gpointer data)
{
  CsProposalEditor *self = object;
  g_autoptr (GError) error = NULL;
  Content *content = cs_settled_steal_record (settled, &error);

  dex_clear (&self->reading);
  if (cs_error_is_cancelled (error))
    return;
  self->state = content != NULL ? CS_LIST_READY : CS_LIST_FAILED;
  g_set_str (&self->problem, error != NULL ? error->message : "");
  if (content != NULL)
    {
      take_content (self, content);
      content_free (content);
    }
  else
    g_signal_emit (self, signals[SIGNAL_LOADED], 0);
  if (self->is_stale)
    load (self);
}

static void
load (CsProposalEditor *self)
{
  self->is_stale = self->reading != NULL;
  if (self->reading == NULL)
    self->reading
        = cs_follow_up (cs_session_read (self->session, read_content, g_memdup2 (&self->id, sizeof self->id),
                                         g_free, content_free),
                        self, read_cb, NULL, NULL);
}

static void
session_changed_cb (CsProposalEditor *self, guint changes)
{
  if ((changes & (CS_CHANGE_PROPOSALS | CS_CHANGE_CLIENTS | CS_CHANGE_LEDGER | CS_CHANGE_SETTINGS)) != 0)
    load (self);
}

/* --- saving --- */

static void
set_save_state (CsProposalEditor *self, CsSaveState state)
{
  if (self->save_state == state)
    return;
  self->save_state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVE_STATE]);
}

/* Somebody saved it meanwhile: while it is a draft, what is on this screen wins, and the person is told. */
static gboolean
catch_up (CsProposalEditor *self, GError **error)
{
  Content *content
      = cs_await_record (cs_session_read (self->session, read_content, g_memdup2 (&self->id, sizeof self->id),
                                          g_free, content_free),
                         error);
  gboolean is_draft;

  if (content == NULL)
    return FALSE;
  is_draft
      = content->proposal->state == CS_PROPOSAL_DRAFT || content->proposal->state == CS_PROPOSAL_AWAITING;
  if (is_draft)
    {
      self->proposal->revision = content->proposal->revision;
      g_signal_emit (self, signals[SIGNAL_TOLD], 0,
                     _ ("It was changed elsewhere, too. What you see here was kept."));
    }
  else
    {
      self->is_dirty = FALSE;
      take_proposal (self, content);
      g_signal_emit (self, signals[SIGNAL_TOLD], 0,
                     _ ("It was accepted meanwhile and can’t be edited any more."));
      g_signal_emit (self, signals[SIGNAL_LOADED], 0);
    }
  content_free (content);
  return TRUE;
}

/* A line keeps its id over every later save, also when lines came, went or moved while this one was written.
 */
static void
take_line_ids (CsProposalEditor *self, GPtrArray *sent, const CsProposal *saved)
{
  for (guint i = 0; i < MIN (sent->len, saved->lines->len); i++)
    {
      CsProposalLine *line = sent->pdata[i];

      if (g_ptr_array_find (self->proposal->lines, line, NULL) && cs_uuid_is_none (&line->id))
        line->id = ((CsProposalLine *)saved->lines->pdata[i])->id;
    }
}

/* What is on its way to the disk. */
typedef struct
{
  CsProposalEditor *editor;
  DexFuture *writing;
  GPtrArray *sent; /* the lines as they were then; compared by address alone */
  guint stale_tries;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  dex_clear (&save->writing);
  g_clear_pointer (&save->sent, g_ptr_array_unref);
  g_clear_object (&save->editor);
  g_free (save);
}

static void
begin_write (Save *save)
{
  CsProposalEditor *self = save->editor;

  g_clear_pointer (&save->sent, g_ptr_array_unref);
  save->sent = g_ptr_array_new ();
  for (guint i = 0; i < self->proposal->lines->len; i++)
    g_ptr_array_add (save->sent, self->proposal->lines->pdata[i]);
  self->is_dirty = FALSE;
  save->writing = cs_session_save_proposal (self->session, self->proposal);
}

static gboolean
end_write (Save *save, GError **error)
{
  CsProposalEditor *self = save->editor;
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsProposal) saved = cs_await_record (g_steal_pointer (&save->writing), &failure);

  if (saved != NULL)
    {
      /* What the person typed meanwhile stays; only what the store gives is taken. */
      self->proposal->revision = saved->revision;
      self->proposal->updated_ms = saved->updated_ms;
      g_set_str (&self->proposal->number, saved->number);
      take_line_ids (self, save->sent, saved);
      return TRUE;
    }
  self->is_dirty = TRUE;
  if (g_error_matches (failure, CS_STORE_ERROR, CS_STORE_ERROR_STALE)
      && ++save->stale_tries < STALE_TRIES_MAX)
    return catch_up (self, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static DexFuture *
save_fiber (gpointer data)
{
  Save *save = data;
  CsProposalEditor *self = save->editor;
  GError *error = NULL;

  while (end_write (save, &error) && self->is_dirty)
    begin_write (save);
  dex_clear (&self->saving);
  set_save_state (self, error == NULL ? CS_SAVE_STATE_SAVED : CS_SAVE_STATE_FAILED);
  if (error == NULL)
    {
      if (cs_proposal_editor_settle_shapes (self))
        g_signal_emit (self, signals[SIGNAL_SHAPED], 0, self->shaping);
      return dex_future_new_true ();
    }
  g_signal_emit (self, signals[SIGNAL_TOLD], 0, error->message);
  return cs_future_new_take_error (error);
}

/* The write is asked for before this returns, so that a session that is told to close right after it still
 * does it. */
static void
start_saving (CsProposalEditor *self)
{
  Save *save = g_new0 (Save, 1);

  save->editor = g_object_ref (self);
  set_save_state (self, CS_SAVE_STATE_SAVING);
  begin_write (save);
  self->saving = cs_spawn_to_the_end (save_fiber, save, save_free);
}

/**
 * cs_proposal_editor_flush:
 * @self: the editor
 *
 * Returns: (transfer full): resolves when every edit is on disk; the write goes on though nobody waits
 */
DexFuture *
cs_proposal_editor_flush (CsProposalEditor *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), NULL);

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (self->saving == NULL && self->is_dirty && self->session != NULL)
    start_saving (self);
  return self->saving != NULL ? dex_ref (self->saving) : dex_future_new_true ();
}

static void
save_later_cb (gpointer data)
{
  CsProposalEditor *self = data;

  self->save_source = 0;
  dex_future_disown (cs_proposal_editor_flush (self));
}

/* --- the object --- */

static void
cs_proposal_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_SAVE_STATE)
    g_value_set_int (value, (int)CS_PROPOSAL_EDITOR (object)->save_state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
cs_proposal_editor_dispose (GObject *object)
{
  CsProposalEditor *self = CS_PROPOSAL_EDITOR (object);

  g_clear_handle_id (&self->save_source, g_source_remove);
  /* Whoever closes an editor flushes it; should that be forgotten, the edit still goes to disk. */
  if (self->is_dirty && self->saving == NULL && self->session != NULL)
    dex_future_disown (cs_session_save_proposal (self->session, self->proposal));
  self->is_dirty = FALSE;
  dex_clear (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cs_proposal_editor_parent_class)->dispose (object);
}

static void
cs_proposal_editor_finalize (GObject *object)
{
  CsProposalEditor *self = CS_PROPOSAL_EDITOR (object);

  dex_clear (&self->saving);
  g_clear_pointer (&self->proposal, cs_proposal_free);
  g_clear_pointer (&self->client, cs_client_free);
  g_clear_pointer (&self->removed_line, cs_proposal_line_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->unread, g_array_unref);
  g_clear_pointer (&self->shaped, g_array_unref);
  g_clear_pointer (&self->facts, cs_shape_facts_free);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_clear_pointer (&self->client_numbers, g_ptr_array_unref);
  G_OBJECT_CLASS (cs_proposal_editor_parent_class)->finalize (object);
}

static void
cs_proposal_editor_class_init (CsProposalEditorClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = cs_proposal_editor_get_property;
  object_class->dispose = cs_proposal_editor_dispose;
  object_class->finalize = cs_proposal_editor_finalize;
  properties[PROP_SAVE_STATE]
      = g_param_spec_int ("save-state", NULL, NULL, CS_SAVE_STATE_SAVED, CS_SAVE_STATE_FAILED,
                          CS_SAVE_STATE_SAVED, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", CS_TYPE_PROPOSAL_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", CS_TYPE_PROPOSAL_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TOLD] = g_signal_new ("told", CS_TYPE_PROPOSAL_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_SHAPED] = g_signal_new ("shaped", CS_TYPE_PROPOSAL_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
cs_proposal_editor_init (CsProposalEditor *self)
{
  self->problem = g_strdup ("");
  self->known = CS_MATCH_NONE;
}

/** cs_proposal_editor_new: Returns: (transfer full): an editor of this proposal, which reads it */
CsProposalEditor *
cs_proposal_editor_new (CsSession *session, const CsUuid *id)
{
  CsProposalEditor *self = g_object_new (CS_TYPE_PROPOSAL_EDITOR, NULL);

  self->session = g_object_ref (session);
  self->id = *id;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/** cs_proposal_editor_get_state: Returns: whether it was read */
CsListState
cs_proposal_editor_get_state (CsProposalEditor *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), CS_LIST_FAILED);

  return self->state;
}

/** cs_proposal_editor_get_problem: Returns: (transfer none): why it was not read, "" when it was */
const char *
cs_proposal_editor_get_problem (CsProposalEditor *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), "");

  return self->problem;
}

/** cs_proposal_editor_get_save_state: Returns: whether the edits are on disk */
CsSaveState
cs_proposal_editor_get_save_state (CsProposalEditor *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), CS_SAVE_STATE_FAILED);

  return self->save_state;
}

/** cs_proposal_editor_get_session: Returns: (transfer none): whose proposal it is */
CsSession *
cs_proposal_editor_get_session (CsProposalEditor *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), NULL);

  return self->session;
}

/** cs_proposal_editor_get: Returns: (transfer none) (nullable): the proposal as it stands, edits in it */
const CsProposal *
cs_proposal_editor_get (CsProposalEditor *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), NULL);

  return self->proposal;
}

/** cs_proposal_editor_get_client: Returns: (transfer none) (nullable): whom it is for */
const CsClient *
cs_proposal_editor_get_client (CsProposalEditor *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), NULL);

  return self->client;
}

/** cs_proposal_editor_is_draft: Returns: whether it may be edited */
gboolean
cs_proposal_editor_is_draft (CsProposalEditor *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), FALSE);

  return self->proposal != NULL
         && (self->proposal->state == CS_PROPOSAL_DRAFT || self->proposal->state == CS_PROPOSAL_AWAITING);
}

/** cs_proposal_editor_edit: Returns: (transfer none): the proposal, to change; cs_proposal_editor_touch()
 * follows */
CsProposal *
cs_proposal_editor_edit (CsProposalEditor *self)
{
  g_return_val_if_fail (CS_IS_PROPOSAL_EDITOR (self), NULL);
  g_return_val_if_fail (cs_proposal_editor_is_draft (self), NULL);

  return self->proposal;
}

/** cs_proposal_editor_touch: an edit was made: recomputes now, saves in a moment. */
void
cs_proposal_editor_touch (CsProposalEditor *self)
{
  g_return_if_fail (CS_IS_PROPOSAL_EDITOR (self));

  self->is_dirty = TRUE;
  if (self->saving == NULL)
    set_save_state (self, CS_SAVE_STATE_UNSAVED);
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add_once (SAVE_AFTER_MS, save_later_cb, self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}
