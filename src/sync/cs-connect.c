/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-connect-private.h"

/* Long enough to find a password, short enough not to leave a listener open all day. */
#define BROWSER_SECONDS 300u

enum
{
  PROP_0,
  PROP_STAGE,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_OPEN_ADDRESS,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsConnect, cs_connect, G_TYPE_OBJECT)

void
cs_connect_set_stage (CsConnect *connect, CsConnectStage stage)
{
  if (connect->stage == stage)
    return;
  connect->stage = stage;
  g_object_notify_by_pspec (G_OBJECT (connect), properties[PROP_STAGE]);
}

void
cs_connect_fail (CsConnect *connect, CsConnectProblem problem, const char *text)
{
  connect->problem = problem;
  g_set_str (&connect->problem_text, text);
  cs_connect_set_stage (connect, CS_CONNECT_FAILED);
}

/* The one that waits in the browser. */
static GWeakRef waiting;

/* The browser comes back to one, and that is the one who asked last: two would take each other's ports. */
static void
stop_another_that_waits (CsConnect *connect)
{
  g_autoptr (CsConnect) other = g_weak_ref_get (&waiting);

  if (other != NULL && other != connect
      && (other->stage == CS_CONNECT_CHECKING || other->stage == CS_CONNECT_BROWSER
          || other->stage == CS_CONNECT_EXCHANGING))
    cs_connect_cancel (other);
}

static void
fail_for (CsConnect *connect, const GError *error, CsHttp *http)
{
  static const CsHttpSigns none = { 0 };
  const CsHttpSigns *signs = http != NULL ? cs_http_get_signs (http) : &none;
  CsConnectProblem problem = cs_connect_problem_of (error, signs);
  g_autofree char *clock = NULL;

  if (problem == CS_CONNECT_PROBLEM_CLOCK)
    clock = cs_connect_clock_words (signs, cs_clock_now_ms (connect->session->options->clock),
                                    connect->session->zone);
  cs_connect_fail (connect, problem, clock != NULL ? clock : error->message);
}

/* --- steps --- */

/* Only the step itself still holds it: nobody would ever see its end, and the browser would be waited for in
 * vain, with the port taken. What is being saved or read goes on. */
static void
on_last_reference (gpointer data, GObject *object, gboolean is_last)
{
  CsConnect *connect = CS_CONNECT (object);

  if (is_last && connect->stage != CS_CONNECT_SAVING && connect->stage != CS_CONNECT_IMPORTING)
    cs_connect_cancel (connect);
}

static void
step_free (gpointer data)
{
  CsConnectStep *step = data;

  g_object_remove_toggle_ref (G_OBJECT (step->connect), on_last_reference, NULL);
  g_free (step);
}

void
cs_connect_stop_step (CsConnect *connect)
{
  connect->attempt++;
  dex_clear (&connect->running);
}

void
cs_connect_run_step (CsConnect *connect, DexFiberFunc func, guint index)
{
  CsConnectStep *step = g_new0 (CsConnectStep, 1);

  cs_connect_stop_step (connect);
  step->connect = connect;
  step->attempt = connect->attempt;
  step->index = index;
  g_object_add_toggle_ref (G_OBJECT (connect), on_last_reference, NULL);
  connect->running = cs_spawn (func, step, step_free);
}

gboolean
cs_connect_is_wanted (const CsConnectStep *step, GError **error)
{
  if (step->attempt == step->connect->attempt)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody waits any more");
  return FALSE;
}

/* A step that was cancelled says nothing: whoever cancelled it has set the stage. */
DexFuture *
cs_connect_end_step (const CsConnectStep *step, GError *error, CsHttp *http)
{
  if (!cs_error_is_cancelled (error) && cs_connect_is_wanted (step, NULL))
    fail_for (step->connect, error, http);
  return cs_future_new_take_error (error);
}

/* --- leaving nothing behind --- */

typedef struct
{
  CsSession *session;
  CsUuid grant_id;
  DexFuture *storing; /* (nullable) */
} Forgetting;

static void
forgetting_free (gpointer data)
{
  Forgetting *forgetting = data;

  g_object_unref (forgetting->session);
  dex_clear (&forgetting->storing);
  g_free (forgetting);
}

/* What is on its way into the keyring arrives there, whoever gave up: only then can it be taken out. */
static DexFuture *
forget_fiber (gpointer data)
{
  Forgetting *forgetting = data;
  g_autofree char *id = cs_uuid_to_string (&forgetting->grant_id);
  GError *error = NULL;

  if (forgetting->storing != NULL)
    cs_await (dex_ref (forgetting->storing), NULL);
  if (!cs_await (cs_vault_clear (forgetting->session->vault, id), &error))
    return cs_future_new_take_error (error);
  return cs_session_write (forgetting->session, cs_session_end_sign_in,
                           g_memdup2 (&forgetting->grant_id, sizeof (CsUuid)), g_free, NULL);
}

static void
let_forgetting_end (CsConnect *connect)
{
  if (connect->forgetting != NULL)
    dex_future_disown (g_steal_pointer (&connect->forgetting));
}

/* A sign-in that nobody finished must not leave its tokens behind. */
static void
forget_unfinished (CsConnect *connect)
{
  Forgetting *forgetting;
  const CsConnection *known = cs_connect_get_known (connect);

  if (connect->tokens == NULL || (known != NULL && cs_uuid_equal (&known->grant_id, &connect->grant_id)))
    return;
  forgetting = g_new0 (Forgetting, 1);
  forgetting->session = g_object_ref (connect->session);
  forgetting->grant_id = connect->grant_id;
  forgetting->storing = g_steal_pointer (&connect->storing);
  let_forgetting_end (connect);
  connect->forgetting = cs_spawn_to_the_end (forget_fiber, forgetting, forgetting_free);
  g_clear_pointer (&connect->tokens, cs_tokens_free);
  g_clear_pointer (&connect->link, cs_remote_link_unref);
  g_clear_pointer (&connect->remote, g_ptr_array_unref);
}

void
cs_connect_clear_problem (CsConnect *connect)
{
  connect->problem = CS_CONNECT_PROBLEM_NONE;
  g_set_str (&connect->problem_text, "");
}

/* --- signing in
 * ---------------------------------------------------------------------------------------------- */

static gpointer
begin_sign_in_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_begin_sign_in (store, data, error);
  return NULL;
}

/* The tokens are in the vault before anything is asked with them, and their name in the file before that:
 * what a crash leaves is found at the next start. */
static gboolean
take_tokens (const CsConnectStep *step, CsTokens *tokens, GError **error)
{
  CsConnect *connect = step->connect;
  CsSession *session = connect->session;
  g_autofree char *grant_id = NULL;
  guint8 random[16];

  for (gsize i = 0; i < sizeof random; i += sizeof (guint32))
    {
      guint32 word = g_random_int ();

      memcpy (random + i, &word, sizeof word);
    }
  connect->grant_id = cs_uuid_from_random (random);
  grant_id = cs_uuid_to_string (&connect->grant_id);
  g_clear_pointer (&connect->tokens, cs_tokens_free);
  connect->tokens = tokens;
  if (!cs_await (cs_session_write (session, begin_sign_in_job,
                                   g_memdup2 (&connect->grant_id, sizeof connect->grant_id), g_free, NULL),
                 error)
      || !cs_connect_is_wanted (step, error))
    return FALSE;
  /* Held, so that it ends though the step be cancelled: see forget_fiber(). */
  dex_clear (&connect->storing);
  connect->storing = cs_vault_store (session->vault, grant_id, tokens);
  if (!cs_await (dex_ref (connect->storing), error) || !cs_connect_is_wanted (step, error))
    return FALSE;
  dex_clear (&connect->storing);

  g_clear_pointer (&connect->link, cs_remote_link_unref);
  connect->link = cs_remote_link_new (cs_connect_get_hosts (connect), grant_id, connect->client_id,
                                      session->vault, &session->timer);
  cs_remote_link_set_log (connect->link, session->requests);
  cs_grant_set_tokens (cs_remote_link_get_grant (connect->link), tokens);
  return TRUE;
}

static CsTokens *
ask_person (const CsConnectStep *step, GError **error)
{
  CsConnect *connect = step->connect;
  CsSession *session = connect->session;
  g_autoptr (CsSignIn) sign_in = NULL;

  g_clear_pointer (&connect->http, cs_http_unref);
  connect->http = cs_http_new (session->hosts->is_loopback, session->options->clock);
  sign_in = cs_sign_in_new (cs_connect_get_hosts (connect), connect->client_id,
                            cs_connect_get_scopes (connect), connect->http, session->options->clock);
  /* One after the other: a keyring in a file takes two at once for a stranger's change. */
  if (connect->forgetting != NULL)
    cs_await (dex_ref (connect->forgetting), NULL);
  if (!cs_await (cs_vault_check (session->vault), error) || !cs_connect_is_wanted (step, error)
      || !cs_sign_in_listen (sign_in, error))
    return NULL;
  g_set_str (&connect->address, cs_sign_in_get_address (sign_in));
  connect->deadline_ms = cs_clock_now_ms (session->options->clock) + (gint64)connect->seconds * 1000;
  cs_connect_set_stage (connect, CS_CONNECT_BROWSER);
  g_signal_emit (connect, signals[SIGNAL_OPEN_ADDRESS], 0, connect->address);
  return cs_await_record (cs_sign_in_wait (sign_in, connect->seconds), error);
}

/* What no later call could cure is said before anything is kept: a wrong clock, a permission that is missing.
 */
static gboolean
are_tokens_good (CsConnect *connect, const CsTokens *tokens)
{
  const CsHttpSigns *signs = cs_http_get_signs (connect->http);
  g_autofree char *words = NULL;

  if (cs_connect_clock_is_wrong (signs))
    {
      words = cs_connect_clock_words (signs, cs_clock_now_ms (connect->session->options->clock),
                                      connect->session->zone);
      cs_connect_fail (connect, CS_CONNECT_PROBLEM_CLOCK, words);
      return FALSE;
    }
  words = cs_connect_find_missing_scopes (connect, tokens->scope);
  if (words != NULL)
    cs_connect_fail (connect, CS_CONNECT_PROBLEM_MISSING_SCOPE, words);
  return words == NULL;
}

static DexFuture *
list_tenants (const CsConnectStep *step)
{
  CsConnect *connect = step->connect;
  g_autoptr (CsRemoteLink) link = cs_remote_link_ref (connect->link); /* it may be dropped while we wait */
  CsHttp *http = cs_remote_link_get_http (link);
  g_autoptr (GPtrArray) remote = NULL;
  g_autoptr (GPtrArray) tenants = NULL;
  GError *error = NULL;

  remote = cs_await_array (cs_connect_list_remote (connect, http), &error);
  if (remote == NULL || !cs_connect_is_wanted (step, &error))
    return cs_connect_end_step (step, error, http);
  if (remote->len > 0)
    tenants = cs_connect_make_tenants (connect, link, remote);
  if (!cs_connect_is_wanted (step, &error))
    return cs_connect_end_step (step, error, http);
  g_clear_pointer (&connect->remote, g_ptr_array_unref);
  connect->remote = g_steal_pointer (&remote);
  if (connect->remote->len == 0)
    cs_connect_fail (connect,
                     connect->to == CS_CONNECT_TO_WORK ? CS_CONNECT_PROBLEM_NO_PRACTICE
                                                       : CS_CONNECT_PROBLEM_NO_ORGANISATION,
                     "");
  else
    {
      g_ptr_array_unref (connect->tenants);
      connect->tenants = g_steal_pointer (&tenants);
      cs_connect_set_stage (connect, CS_CONNECT_CHOOSING);
    }
  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
start_fiber (gpointer data)
{
  const CsConnectStep *step = data;
  CsConnect *connect = step->connect;
  GError *error = NULL;
  CsTokens *tokens = cs_connect_is_wanted (step, &error) ? ask_person (step, &error) : NULL;

  if (tokens != NULL && !cs_connect_is_wanted (step, &error))
    g_clear_pointer (&tokens, cs_tokens_free);
  if (tokens == NULL)
    return cs_connect_end_step (step, error, connect->http);
  cs_connect_set_stage (connect, CS_CONNECT_EXCHANGING);
  if (!cs_connect_is_wanted (step, NULL) || !are_tokens_good (connect, tokens))
    {
      cs_tokens_free (tokens);
      return dex_future_new_for_boolean (FALSE);
    }
  if (!take_tokens (step, tokens, &error))
    return cs_connect_end_step (step, error, NULL);
  return list_tenants (step);
}

/**
 * cs_connect_start:
 * @connect: in READY or FAILED
 * @client_id: of the Xero app to sign in as
 *
 * Checks the keyring and the ports, then waits for the person in the browser: see notify::stage.
 */
void
cs_connect_start (CsConnect *connect, const char *client_id)
{
  g_return_if_fail (CS_IS_CONNECT (connect));
  g_return_if_fail (client_id != NULL);

  cs_connect_stop_step (connect);
  forget_unfinished (connect);
  g_set_str (&connect->client_id, client_id);
  stop_another_that_waits (connect);
  g_weak_ref_set (&waiting, connect);
  cs_connect_clear_problem (connect);
  cs_connect_set_stage (connect, CS_CONNECT_CHECKING);
  cs_connect_run_step (connect, start_fiber, 0);
}

/** cs_connect_cancel: closes the listener and goes back to READY; what was saved or imported stays. */
void
cs_connect_cancel (CsConnect *connect)
{
  g_return_if_fail (CS_IS_CONNECT (connect));

  if (connect->stage == CS_CONNECT_SAVING)
    return;
  cs_connect_stop_step (connect);
  forget_unfinished (connect);
  cs_connect_clear_problem (connect);
  cs_connect_set_stage (connect, CS_CONNECT_READY);
}

/* --- the object
 * ---------------------------------------------------------------------------------------------- */

static void
cs_connect_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_STAGE:
      g_value_set_int (value, CS_CONNECT (object)->stage);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_connect_dispose (GObject *object)
{
  CsConnect *connect = CS_CONNECT (object);

  dex_clear (&connect->running);
  if (connect->session != NULL && connect->session->vault != NULL)
    forget_unfinished (connect);
  let_forgetting_end (connect);
  if (connect->storing != NULL)
    dex_future_disown (g_steal_pointer (&connect->storing));
  g_clear_pointer (&connect->link, cs_remote_link_unref);
  g_clear_object (&connect->session);
  G_OBJECT_CLASS (cs_connect_parent_class)->dispose (object);
}

static void
cs_connect_finalize (GObject *object)
{
  CsConnect *connect = CS_CONNECT (object);

  g_clear_pointer (&connect->tokens, cs_tokens_free);
  g_clear_pointer (&connect->http, cs_http_unref);
  g_clear_pointer (&connect->remote, g_ptr_array_unref);
  g_ptr_array_unref (connect->tenants);
  g_free (connect->problem_text);
  g_free (connect->client_id);
  g_free (connect->address);
  G_OBJECT_CLASS (cs_connect_parent_class)->finalize (object);
}

static void
cs_connect_class_init (CsConnectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cs_connect_get_property;
  object_class->dispose = cs_connect_dispose;
  object_class->finalize = cs_connect_finalize;
  properties[PROP_STAGE]
      = g_param_spec_int ("stage", NULL, NULL, CS_CONNECT_READY, CS_CONNECT_FAILED, CS_CONNECT_READY,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_OPEN_ADDRESS] = g_signal_new ("open-address", CS_TYPE_CONNECT, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cs_connect_init (CsConnect *connect)
{
  connect->seconds = BROWSER_SECONDS;
  connect->problem_text = g_strdup ("");
  connect->client_id = g_strdup ("");
  connect->address = g_strdup ("");
  connect->tenants = g_ptr_array_new_with_free_func (cs_connect_tenant_free);
}

/* A practice may have an app of its own for Practice Manager, which few apps may ask (xpm.md 0). */
static const char *
find_client_id (CsConnect *connect)
{
  const CsConnection *known = cs_connect_get_known (connect);
  const CsSettings *settings = cs_session_get_settings (connect->session);

  if (connect->to == CS_CONNECT_TO_WORK && known != NULL && *known->client_id != '\0')
    return known->client_id;
  return *settings->client_id != '\0' ? settings->client_id : connect->session->options->build_client_id;
}

/** cs_connect_new: Returns: (transfer full): a way to connect @session with @to, in READY */
CsConnect *
cs_connect_new (CsSession *session, CsConnectTo to)
{
  CsConnect *connect = NULL;
  const CsConnection *known = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  connect = g_object_new (CS_TYPE_CONNECT, NULL);
  connect->session = g_object_ref (session);
  connect->to = to;
  known = cs_connect_get_known (connect);
  connect->is_broad
      = to == CS_CONNECT_TO_WORK && known != NULL && cs_connect_scopes_are_broad (known->scopes);
  g_set_str (&connect->client_id, find_client_id (connect));
  return connect;
}

CsConnectTo
cs_connect_get_to (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), CS_CONNECT_TO_LEDGER);
  return connect->to;
}

void
cs_connect_set_is_broad (CsConnect *connect, gboolean is_broad)
{
  g_return_if_fail (CS_IS_CONNECT (connect));
  connect->is_broad = is_broad;
}

gboolean
cs_connect_is_broad (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), FALSE);
  return connect->is_broad;
}

CsConnectStage
cs_connect_get_stage (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), CS_CONNECT_READY);
  return connect->stage;
}

CsConnectProblem
cs_connect_get_problem (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), CS_CONNECT_PROBLEM_NONE);
  return connect->problem;
}

const char *
cs_connect_get_problem_text (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), "");
  return connect->problem_text;
}

/** cs_connect_set_patience: @seconds that the browser is waited for from the next start on; for tests */
void
cs_connect_set_patience (CsConnect *connect, guint seconds)
{
  g_return_if_fail (CS_IS_CONNECT (connect));
  g_return_if_fail (seconds > 0);

  connect->seconds = seconds;
}

/** cs_connect_needs_client_id: Returns: whether neither the practice nor the build has one */
gboolean
cs_connect_needs_client_id (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), TRUE);
  return connect->client_id == NULL || *connect->client_id == '\0';
}

const char *
cs_connect_get_client_id (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), "");
  return connect->client_id;
}

const char *
cs_connect_get_address (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), "");
  return connect->address;
}

/** cs_connect_get_redirect_uris: Returns: (transfer none): what the Xero app must register, one a line */
const char *
cs_connect_get_redirect_uris (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), "");
  return "http://localhost:8742/callback\nhttp://localhost:18742/callback\nhttp://localhost:28742/callback";
}

gint64
cs_connect_get_deadline_ms (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), 0);
  return connect->deadline_ms;
}

/** cs_connect_get_tenants: Returns: (transfer none) (element-type CsConnectTenant): in CHOOSING */
GPtrArray *
cs_connect_get_tenants (CsConnect *connect)
{
  g_return_val_if_fail (CS_IS_CONNECT (connect), NULL);
  return connect->tenants;
}
