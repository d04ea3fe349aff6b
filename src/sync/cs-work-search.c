/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-work-links.h"

#include "cs-work-private.h"

/* Which client there does a person mean? By a part of its name, its unique id, its number or its address. Its
 * number is told only when it is read alone (xpm.md section 3), so each that was is remembered with it. */

#define FOUND_MAX 50
/* Calls that looking for one number may cost by itself, and showing the numbers of those found. */
#define LOOKED_AT_MAX 20
#define NUMBERS_MAX 8
/* When a person has all the others looked through. */
#define LOOKED_THROUGH_MAX 100000

typedef struct
{
  CsWork *work;
  CsUuid connection_id;
  char *text;
  char *near_name;     /* "": nobody in particular */
  GPtrArray *ids;      /* (nullable): of char * */
  guint n_most;        /* to be looked at */
  CsWorkLooked looked; /* (nullable) */
  GWeakRef object;     /* for @looked */
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_object_unref (query->work);
  g_free (query->text);
  g_free (query->near_name);
  g_clear_pointer (&query->ids, g_ptr_array_unref);
  g_weak_ref_clear (&query->object);
  g_free (query);
}

static Query *
query_new (CsWork *work, const char *text, const char *near_name)
{
  Query *query = g_new0 (Query, 1);

  query->work = g_object_ref (work);
  query->connection_id = work->connection->id;
  query->text = g_strdup (text);
  query->near_name = g_strdup (near_name != NULL ? near_name : "");
  query->n_most = LOOKED_AT_MAX;
  g_weak_ref_init (&query->object, NULL);
  return query;
}

/* --- reading one alone --- */

typedef struct
{
  CsUuid connection_id;
  GPtrArray *clients;
} Learnt;

static void
learnt_free (gpointer data)
{
  Learnt *learnt = data;

  g_ptr_array_unref (learnt->clients);
  g_free (learnt);
}

static gpointer
learn_job (CsStore *store, gpointer data, GError **error)
{
  const Learnt *learnt = data;

  if (!cs_store_write_work_clients (store, &learnt->connection_id, learnt->clients, 0, error))
    return NULL;
  return g_ptr_array_steal_index (learnt->clients, 0);
}

/* Takes @future: a client as it is there now, which is known from then on, with its number. */
static CsWorkClient *
learn (CsWork *work, DexFuture *future, GError **error)
{
  CsWorkClient *client = cs_await_record (future, error);
  Learnt *learnt;

  if (client == NULL || work->session == NULL || work->connection == NULL)
    {
      if (client != NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The practice is closed");
      cs_work_client_free (client);
      return NULL;
    }
  learnt = g_new0 (Learnt, 1);
  learnt->connection_id = work->connection->id;
  learnt->clients = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_client_free);
  g_ptr_array_add (learnt->clients, client);
  return cs_await_record (
      cs_session_write (work->session, learn_job, learnt, learnt_free, (GDestroyNotify)cs_work_client_free),
      error);
}

/* In a fiber. */
CsWorkClient *
cs_work_learn_client (CsWork *work, const char *remote_id, GError **error)
{
  return learn (work, cs_xpm_get_client (cs_remote_link_get_xpm (work->link), remote_id), error);
}

/* The same of one of many, whom nothing waits for: what is kept back for sending stays. */
static CsWorkClient *
look_at_one (CsWork *work, const char *remote_id, GError **error)
{
  return learn (work, cs_xpm_look_at_client (cs_remote_link_get_xpm (work->link), remote_id), error);
}

/* One that is gone there is no reason not to look at the next. */
static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_REFUSED)
         || g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_NOT_FOUND);
}

/* --- by a number that was never read --- */

static gpointer
list_unnumbered_job (CsStore *store, gpointer data, GError **error)
{
  const Query *query = data;

  return cs_store_list_unnumbered_work_clients (store, &query->connection_id, query->near_name, query->n_most,
                                                error);
}

static void
tell_looked (Query *query, guint n_looked, guint n_all)
{
  g_autoptr (GObject) object = g_weak_ref_get (&query->object);

  if (query->looked != NULL && object != NULL)
    query->looked (n_looked, n_all, object);
}

/* Reads @ids one by one until that number is found. FALSE with @error: the way there is broken. */
static gboolean
look_at (Query *query, const GPtrArray *ids, const char *web_id, GPtrArray *found, GError **error)
{
  CsWork *work = query->work;

  for (guint i = 0; i < ids->len && work->session != NULL && work->link != NULL; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (CsWorkClient) client = NULL;

      tell_looked (query, i, ids->len);
      client = look_at_one (work, g_ptr_array_index (ids, i), &local);
      if (local != NULL && !is_gone (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (client == NULL || !g_str_equal (client->web_id, web_id))
        continue;
      g_ptr_array_add (found, g_steal_pointer (&client));
      return TRUE;
    }
  return TRUE;
}

/* nobody has told which client has that number, but it is likely one that is called about the same as
 * the client it is pasted for; with no name to go by, any of them. */
static gboolean
look_for_number (Query *query, const char *web_id, GPtrArray *found, GError **error)
{
  Query *asked = query_new (query->work, "", query->near_name);
  g_autoptr (GPtrArray) ids = NULL;

  asked->n_most = query->n_most;
  ids = cs_await_record (cs_session_read (query->work->session, list_unnumbered_job, asked, query_free,
                                          (GDestroyNotify)g_ptr_array_unref),
                         error);
  return ids != NULL && look_at (query, ids, web_id, found, error);
}

/* Practice Manager's own search is said to match several fields, but not which (xpm.md 5.2): whoever it finds
 * for the number is looked at. */
static gboolean
search_there (Query *query, const char *web_id, GPtrArray *found, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) likely
      = cs_await_array (cs_xpm_search_clients (cs_remote_link_get_xpm (query->work->link), web_id), error);

  for (guint i = 0; likely != NULL && i < likely->len && i < NUMBERS_MAX; i++)
    g_ptr_array_add (ids, g_strdup (((const CsWorkClient *)g_ptr_array_index (likely, i))->remote_id));
  return likely != NULL && look_at (query, ids, web_id, found, error);
}

/* --- searching --- */

static gpointer
search_job (CsStore *store, gpointer data, GError **error)
{
  const Query *query = data;

  return cs_store_search_work_clients (store, &query->connection_id, query->text, FOUND_MAX, error);
}

/* By unique id, whatever it is called: read as it is there now. */
static gboolean
read_by_id (const Query *query, const char *client_id, GPtrArray *found, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CsWorkClient) client = cs_work_learn_client (query->work, client_id, &local);

  if (client != NULL && !client->is_deleted)
    g_ptr_array_add (found, g_steal_pointer (&client));
  if (local == NULL || is_gone (local))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What is not known here is asked for there, what is likely first. */
static gboolean
ask_there (Query *query, const char *client_id, const char *web_id, GPtrArray *found, GError **error)
{
  const CsWork *work = query->work;

  if (client_id != NULL)
    return read_by_id (query, client_id, found, error);
  if (*query->near_name != '\0' && !look_for_number (query, web_id, found, error))
    return FALSE;
  return found->len > 0 || work->session == NULL || work->link == NULL
         || search_there (query, web_id, found, error);
}

static DexFuture *
search_fiber (gpointer data)
{
  Query *query = data;
  CsWork *work = query->work;
  g_autofree char *client_id = NULL;
  g_autofree char *web_id = NULL;
  g_autoptr (GPtrArray) found = NULL;
  GError *error = NULL;

  if (cs_xpm_parse_client_reference (query->text, &client_id, &web_id, NULL))
    g_set_str (&query->text, client_id != NULL ? client_id : web_id);
  found = cs_await_record (cs_session_read (work->session, search_job, query_new (work, query->text, NULL),
                                            query_free, (GDestroyNotify)g_ptr_array_unref),
                           &error);
  if (found == NULL)
    return cs_future_new_take_error (error);
  if (found->len == 0 && (client_id != NULL || web_id != NULL) && work->session != NULL && work->link != NULL
      && !ask_there (query, client_id, web_id, found, &error))
    return cs_future_new_take_error (error);
  return cs_future_new_for_array (g_steal_pointer (&found));
}

/** cs_work_search: Returns: (transfer full): array of #CsWorkClient: by a part of the name, by unique id,
 * number or pasted address. A unique id is exact, and so is a number that was ever read; another
 * is looked for among those that are called about the same as @near_name (nullable), and by the search that
 * Practice Manager has */
DexFuture *
cs_work_search (CsWork *work, const char *text, const char *near_name)
{
  g_return_val_if_fail (CS_IS_WORK (work) && text != NULL, NULL);

  if (work->session == NULL || work->connection == NULL)
    return cs_work_refuse_without ();
  return cs_spawn (search_fiber, query_new (work, text, near_name), query_free);
}

static DexFuture *
look_through_fiber (gpointer data)
{
  Query *query = data;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_client_free);
  GError *error = NULL;

  if (!look_for_number (query, query->text, found, &error))
    return cs_future_new_take_error (error);
  return cs_future_new_for_array (g_steal_pointer (&found));
}

/**
 * cs_work_look_through:
 * @work: the practice manager
 * @number: of the client that is looked for
 * @looked: told before each call how many of how many were looked at
 * @object: for @looked, which ends with it
 *
 * Reads each client whose number is not known, until that one is found: a call each, in the time that the
 * remote's limits give. What was read stays known, so that it goes on from there another time.
 *
 * Returns: (transfer full): array of #CsWorkClient: the one, or none; dropping it ends the looking
 */
DexFuture *
cs_work_look_through (CsWork *work, const char *number, CsWorkLooked looked, gpointer object)
{
  Query *query;

  g_return_val_if_fail (CS_IS_WORK (work) && number != NULL && looked != NULL && G_IS_OBJECT (object), NULL);

  if (work->session == NULL || work->connection == NULL || work->link == NULL)
    return cs_work_refuse_without ();
  query = query_new (work, number, NULL);
  query->n_most = LOOKED_THROUGH_MAX;
  query->looked = looked;
  g_weak_ref_set (&query->object, object);
  return cs_spawn (look_through_fiber, query, query_free);
}

/** cs_work_parse_number: Returns: (transfer full) (nullable): the number that @text is, or that the address
 * in it has; %NULL: it is a name or a unique id */
char *
cs_work_parse_number (const char *text)
{
  g_autofree char *client_id = NULL;
  char *web_id = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  return cs_xpm_parse_client_reference (text, &client_id, &web_id, NULL) ? web_id : NULL;
}

/* --- the numbers of those found --- */

static DexFuture *
numbers_fiber (gpointer data)
{
  const Query *query = data;
  CsWork *work = query->work;
  guint n_learnt = 0;

  for (guint i = 0; i < query->ids->len && work->session != NULL && work->link != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CsWorkClient) client = look_at_one (work, g_ptr_array_index (query->ids, i), &error);

      if (error != NULL && !is_gone (error))
        break;
      n_learnt += client != NULL;
    }
  return cs_future_new_for_record (g_memdup2 (&n_learnt, sizeof n_learnt), g_free);
}

/** cs_work_learn_numbers: Returns: (transfer full): a guint as a record: of how many of @clients (of
 * #CsWorkClient) the number is known that was not; where they are few, so that two of one name can be held
 * against the address that a person sees there */
DexFuture *
cs_work_learn_numbers (CsWork *work, const GPtrArray *clients)
{
  Query *query;

  g_return_val_if_fail (CS_IS_WORK (work) && clients != NULL, NULL);

  if (work->session == NULL || work->connection == NULL)
    return cs_work_refuse_without ();
  query = query_new (work, "", NULL);
  query->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < clients->len && clients->len <= NUMBERS_MAX; i++)
    {
      const CsWorkClient *client = g_ptr_array_index (clients, i);

      if (*client->web_id == '\0')
        g_ptr_array_add (query->ids, g_strdup (client->remote_id));
    }
  return cs_spawn (numbers_fiber, query, query_free);
}
