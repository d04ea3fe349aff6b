/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-connect.h"
#include "cs-session-private.h"

/* Long enough to find a password, short enough not to leave a listener open all day. */
#define BROWSER_SECONDS 300u

struct _CsConnect
{
  GObject parent_instance;

  CsSession *session;
  CsConnectStage stage;
  CsConnectProblem problem;
  char *problem_text;
  char *client_id;
  char *address;
  gint64 deadline_ms;
  GPtrArray *tenants; /* of CsConnectTenant, as shown */
  GPtrArray *remote;  /* of CsXeroTenant, the same order */
  CsRemoteLink *link; /* of the fresh grant, until it is the session's */
  CsUuid grant_id;
  CsTokens *tokens;
  DexFuture *running; /* the step in progress; dropping it cancels */
};

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

static void
tenant_free (gpointer data)
{
  CsConnectTenant *tenant = data;

  g_free (tenant->tenant_id);
  g_free (tenant->name);
  g_free (tenant);
}

static void
set_stage (CsConnect *connect, CsConnectStage stage)
{
  if (connect->stage == stage)
    return;
  connect->stage = stage;
  g_object_notify_by_pspec (G_OBJECT (connect), properties[PROP_STAGE]);
}

static CsConnectProblem
problem_from_error (const GError *error)
{
  if (error->domain != CS_REMOTE_ERROR)
    return CS_CONNECT_PROBLEM_OTHER;
  switch ((CsRemoteError)error->code)
    {
    case CS_REMOTE_ERROR_DECLINED:
      return CS_CONNECT_PROBLEM_DECLINED;
    case CS_REMOTE_ERROR_TIMED_OUT:
      return CS_CONNECT_PROBLEM_TIMED_OUT;
    case CS_REMOTE_ERROR_PORT_TAKEN:
      return CS_CONNECT_PROBLEM_PORT_TAKEN;
    case CS_REMOTE_ERROR_VAULT_LOCKED:
      return CS_CONNECT_PROBLEM_KEYRING_LOCKED;
    case CS_REMOTE_ERROR_VAULT_ABSENT:
      return CS_CONNECT_PROBLEM_KEYRING_ABSENT;
    case CS_REMOTE_ERROR_UNREACHABLE:
      return CS_CONNECT_PROBLEM_OFFLINE;
    case CS_REMOTE_ERROR_BAD_CLIENT:
      return CS_CONNECT_PROBLEM_BAD_CLIENT;
    case CS_REMOTE_ERROR_UNTRUSTED:
    case CS_REMOTE_ERROR_TRY_LATER:
    case CS_REMOTE_ERROR_UNKNOWN_OUTCOME:
    case CS_REMOTE_ERROR_REFUSED:
    case CS_REMOTE_ERROR_NOT_FOUND:
    case CS_REMOTE_ERROR_FORBIDDEN:
    case CS_REMOTE_ERROR_BAD_REPLY:
    case CS_REMOTE_ERROR_TOO_LARGE:
    case CS_REMOTE_ERROR_SIGN_IN_NEEDED:
    default:
      return CS_CONNECT_PROBLEM_OTHER;
    }
}

static void
fail (CsConnect *connect, CsConnectProblem problem, const char *text)
{
  connect->problem = problem;
  g_set_str (&connect->problem_text, text);
  set_stage (connect, CS_CONNECT_FAILED);
}

/* A step that was cancelled says nothing: whoever cancelled it has set the stage. */
static DexFuture *
end_step (CsConnect *connect, GError *error)
{
  if (error == NULL)
    return dex_future_new_for_boolean (TRUE);
  if (!cs_error_is_cancelled (error))
    fail (connect, problem_from_error (error), error->message);
  return cs_future_new_take_error (error);
}

/* --- signing in
 * ---------------------------------------------------------------------------------------------- */

static void
show_tenants (CsConnect *connect)
{
  const CsConnection *known = cs_session_get_connection (connect->session);

  g_ptr_array_set_size (connect->tenants, 0);
  for (guint i = 0; i < connect->remote->len; i++)
    {
      const CsXeroTenant *remote = g_ptr_array_index (connect->remote, i);
      CsConnectTenant *tenant = g_new0 (CsConnectTenant, 1);

      tenant->tenant_id = g_strdup (remote->tenant_id);
      tenant->name = g_strdup (remote->tenant_name);
      tenant->was_connected = known != NULL && g_strcmp0 (known->tenant_id, remote->tenant_id) == 0;
      g_ptr_array_add (connect->tenants, tenant);
    }
}

/* The tokens are in the vault before anything is asked with them. */
static gboolean
take_tokens (CsConnect *connect, CsTokens *tokens, GError **error)
{
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
  if (!cs_await (cs_vault_store (session->vault, grant_id, tokens), error))
    return FALSE;

  g_clear_pointer (&connect->link, cs_remote_link_unref);
  connect->link = cs_remote_link_new (session->hosts, grant_id, connect->client_id, session->vault,
                                      session->options->clock);
  cs_grant_set_tokens (cs_remote_link_get_grant (connect->link), tokens);
  return TRUE;
}

static CsTokens *
ask_person (CsConnect *connect, GError **error)
{
  CsSession *session = connect->session;
  g_autoptr (CsHttp) http = cs_http_new (session->hosts->is_loopback, session->options->clock);
  g_autoptr (CsSignIn) sign_in
      = cs_sign_in_new (session->hosts, connect->client_id, CS_XERO_SCOPES, http, session->options->clock);

  if (!cs_await (cs_vault_check (session->vault), error) || !cs_sign_in_listen (sign_in, error))
    return NULL;
  g_set_str (&connect->address, cs_sign_in_get_address (sign_in));
  connect->deadline_ms = cs_clock_now_ms (session->options->clock) + (gint64)BROWSER_SECONDS * 1000;
  set_stage (connect, CS_CONNECT_BROWSER);
  g_signal_emit (connect, signals[SIGNAL_OPEN_ADDRESS], 0, connect->address);
  return cs_await_record (cs_sign_in_wait (sign_in, BROWSER_SECONDS), error);
}

static DexFuture *
start_fiber (gpointer data)
{
  CsConnect *connect = data;
  GError *error = NULL;
  CsTokens *tokens = ask_person (connect, &error);

  if (tokens == NULL)
    return end_step (connect, error);
  set_stage (connect, CS_CONNECT_EXCHANGING);
  if (!take_tokens (connect, tokens, &error))
    return end_step (connect, error);

  g_clear_pointer (&connect->remote, g_ptr_array_unref);
  connect->remote = cs_await_array (
      cs_xero_list_tenants (cs_remote_link_get_http (connect->link), connect->session->hosts), &error);
  if (connect->remote == NULL)
    return end_step (connect, error);
  if (connect->remote->len == 0)
    fail (connect, CS_CONNECT_PROBLEM_NO_ORGANISATION, "");
  else
    {
      show_tenants (connect);
      set_stage (connect, CS_CONNECT_CHOOSING);
    }
  return dex_future_new_for_boolean (TRUE);
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

  dex_clear (&connect->running);
  g_set_str (&connect->client_id, client_id);
  connect->problem = CS_CONNECT_PROBLEM_NONE;
  g_set_str (&connect->problem_text, "");
  set_stage (connect, CS_CONNECT_CHECKING);
  connect->running = cs_spawn (start_fiber, g_object_ref (connect), g_object_unref);
}

/* --- choosing
 * ------------------------------------------------------------------------------------------------ */

typedef struct
{
  CsConnect *connect;
  guint index;
} Choice;

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->connect);
  g_free (choice);
}

static gpointer
save_connection_job (CsStore *store, gpointer data, GError **error)
{
  cs_store_save_connection (store, data, error);
  return NULL;
}

static CsConnection *
make_connection (CsConnect *connect, const CsXeroTenant *tenant)
{
  CsConnection *connection = cs_connection_new ();

  connection->grant_id = connect->grant_id;
  g_set_str (&connection->system, "xero");
  g_set_str (&connection->tenant_id, tenant->tenant_id);
  g_set_str (&connection->tenant_name, tenant->tenant_name);
  g_set_str (&connection->remote_id, tenant->connection_id);
  g_set_str (&connection->login_name, connect->tokens->login_name != NULL ? connect->tokens->login_name : "");
  g_set_str (&connection->client_id, connect->client_id);
  g_set_str (&connection->scopes, connect->tokens->scope != NULL ? connect->tokens->scope : "");
  connection->currency = connect->session->settings->currency;
  connection->state = CS_CONNECTION_CONNECTED;
  connection->connected_ms = cs_clock_now_ms (connect->session->options->clock);
  return connection;
}

static gboolean
save_choice (CsConnect *connect, const CsXeroTenant *tenant, GError **error)
{
  CsSession *session = connect->session;
  g_autoptr (CsConnection) before
      = session->connection != NULL ? cs_connection_copy (session->connection) : NULL;
  CsConnection *connection = make_connection (connect, tenant);

  if (before != NULL && g_strcmp0 (before->tenant_id, tenant->tenant_id) != 0)
    {
      /* [U-23] Links and numbers belong to the organisation they were made in. */
      g_set_error (error, CS_STORE_ERROR, CS_STORE_ERROR_STATE,
                   _ ("This practice was connected to %s before, and its clients and invoices are linked "
                      "there. Choose that "
                      "organisation, or set up another practice for %s."),
                   before->tenant_name, tenant->tenant_name);
      cs_connection_free (connection);
      return FALSE;
    }
  if (!cs_await (cs_session_write (session, save_connection_job, connection,
                                   (GDestroyNotify)cs_connection_free, NULL),
                 error)
      || !cs_await (cs_session_refresh_copies (session), error))
    return FALSE;
  if (before != NULL && !cs_uuid_equal (&before->grant_id, &connect->grant_id))
    {
      g_autofree char *old_grant = cs_uuid_to_string (&before->grant_id);

      /* Only forgotten here: revoking it would take the new grant's organisations with it. */
      dex_await (cs_vault_clear (session->vault, old_grant), NULL);
    }
  cs_session_update_link (session);
  cs_session_emit_changed (session, CS_CHANGE_CONNECTION);
  cs_session_wake (session);
  return TRUE;
}

static DexFuture *
choose_fiber (gpointer data)
{
  Choice *choice = data;
  CsConnect *connect = choice->connect;
  GError *error = NULL;

  if (!save_choice (connect, g_ptr_array_index (connect->remote, choice->index), &error))
    return end_step (connect, error);
  set_stage (connect, CS_CONNECT_IMPORTING);
  if (!cs_await (cs_session_pull_now (connect->session), &error))
    return end_step (connect, error);
  set_stage (connect, CS_CONNECT_DONE);
  return dex_future_new_for_boolean (TRUE);
}

/** cs_connect_choose: @index of cs_connect_get_tenants(); stores the connection and starts the first import.
 */
void
cs_connect_choose (CsConnect *connect, guint index)
{
  Choice *choice = NULL;

  g_return_if_fail (CS_IS_CONNECT (connect));
  g_return_if_fail (connect->remote != NULL && index < connect->remote->len);

  choice = g_new0 (Choice, 1);
  choice->connect = g_object_ref (connect);
  choice->index = index;
  dex_clear (&connect->running);
  set_stage (connect, CS_CONNECT_SAVING);
  connect->running = cs_spawn (choose_fiber, choice, (GDestroyNotify)choice_free);
}

/* A sign-in that nobody finished must not leave its tokens behind. */
static void
forget_unfinished (CsConnect *connect)
{
  g_autofree char *grant_id = NULL;
  const CsConnection *known = cs_session_get_connection (connect->session);

  if (connect->tokens == NULL || (known != NULL && cs_uuid_equal (&known->grant_id, &connect->grant_id)))
    return;
  grant_id = cs_uuid_to_string (&connect->grant_id);
  dex_future_disown (cs_vault_clear (connect->session->vault, grant_id));
  g_clear_pointer (&connect->tokens, cs_tokens_free);
}

/** cs_connect_cancel: closes the listener and goes back to READY; what was imported stays. */
void
cs_connect_cancel (CsConnect *connect)
{
  g_return_if_fail (CS_IS_CONNECT (connect));

  dex_clear (&connect->running);
  forget_unfinished (connect);
  g_clear_pointer (&connect->link, cs_remote_link_unref);
  connect->problem = CS_CONNECT_PROBLEM_NONE;
  set_stage (connect, CS_CONNECT_READY);
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
  g_clear_pointer (&connect->link, cs_remote_link_unref);
  g_clear_object (&connect->session);
  G_OBJECT_CLASS (cs_connect_parent_class)->dispose (object);
}

static void
cs_connect_finalize (GObject *object)
{
  CsConnect *connect = CS_CONNECT (object);

  g_clear_pointer (&connect->tokens, cs_tokens_free);
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
  connect->problem_text = g_strdup ("");
  connect->client_id = g_strdup ("");
  connect->address = g_strdup ("");
  connect->tenants = g_ptr_array_new_with_free_func (tenant_free);
}

/** cs_connect_new: Returns: (transfer full): a way to connect @session, in READY */
CsConnect *
cs_connect_new (CsSession *session)
{
  CsConnect *connect = NULL;
  const CsSettings *settings = NULL;

  g_return_val_if_fail (CS_IS_SESSION (session), NULL);

  connect = g_object_new (CS_TYPE_CONNECT, NULL);
  connect->session = g_object_ref (session);
  settings = cs_session_get_settings (session);
  g_set_str (&connect->client_id,
             *settings->client_id != '\0' ? settings->client_id : session->options->build_client_id);
  return connect;
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
