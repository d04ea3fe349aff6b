/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-connect-problem.h"

#include "cs-remote-error.h"
#include "cs-xero-actions.h"

#define CLOCK_TOLERANCE_MS (5 * 60 * G_GINT64_CONSTANT (1000))

/* Other words that give the same, for apps registered before scopes became granular (xero-accounting.md 2.5).
 */
typedef struct
{
  const char *scope;
  const char *also[3];
  const char *words;
} Scope;

static const Scope scopes[] = {
  { "offline_access", { NULL }, N_ ("Stay signed in") },
  { "accounting.contacts", { NULL }, N_ ("Read and write contacts") },
  { "accounting.invoices", { "accounting.transactions" }, N_ ("Read and write invoices") },
  { "accounting.payments.read",
    { "accounting.payments", "accounting.transactions", "accounting.transactions.read" },
    N_ ("Read payments") },
  { "accounting.settings.read",
    { "accounting.settings" },
    N_ ("Read the settings: accounts, tax rates, currency and name") },
};

/* xpm.md 2.2: "practicemanager" is all of it. */
static const Scope work_scopes[] = {
  { "offline_access", { NULL }, N_ ("Stay signed in") },
  { "practicemanager.client", { "practicemanager" }, N_ ("Read and write clients of Practice Manager") },
  { "practicemanager.job", { "practicemanager" }, N_ ("Read and write jobs of Practice Manager") },
  { "practicemanager.staff.read",
    { "practicemanager.staff", "practicemanager" },
    N_ ("Read the staff of Practice Manager") },
};

static const struct
{
  const char *action; /* xero-accounting.md 11 */
  gboolean is_approval;
  const char *words;
} rights[] = {
  { "CreateContact", FALSE, N_ ("Create contacts") },
  { "ViewInvoices", FALSE, N_ ("See invoices") },
  { "CreateDraftInvoice", FALSE, N_ ("Create draft invoices") },
  { "CreateApprovedInvoice", TRUE, N_ ("Approve invoices") },
};

/* A certificate that is right but for its dates is met by a clock that is not (or by a server that is). */
static CsConnectProblem
problem_of_certificate (GTlsCertificateFlags flags)
{
  GTlsCertificateFlags dates = G_TLS_CERTIFICATE_NOT_ACTIVATED | G_TLS_CERTIFICATE_EXPIRED;

  return flags != 0 && (flags & ~dates) == 0 ? CS_CONNECT_PROBLEM_CLOCK : CS_CONNECT_PROBLEM_UNTRUSTED;
}

/* OAuth's own word (RFC 6749 4.1.2.1 and 5.2), not a sentence of Xero's: it is quoted as it came. */
static CsConnectProblem
problem_of_client (const GError *error)
{
  return strstr (error->message, "invalid_scope") != NULL ? CS_CONNECT_PROBLEM_MISSING_SCOPE
                                                          : CS_CONNECT_PROBLEM_BAD_CLIENT;
}

/* Xero says a missing scope by a 401 and a role that may not by a 403 (xero-accounting.md 7.1). */
static CsConnectProblem
problem_of_refusal (const CsHttpSigns *signs)
{
  return signs->status == 401 ? CS_CONNECT_PROBLEM_MISSING_SCOPE : CS_CONNECT_PROBLEM_NO_RIGHTS;
}

/**
 * cs_connect_problem_of:
 * @error: why a step ended
 * @signs: what the exchange told beside it
 *
 * Returns: which page it has
 */
CsConnectProblem
cs_connect_problem_of (const GError *error, const CsHttpSigns *signs)
{
  if (cs_connect_clock_is_wrong (signs))
    return CS_CONNECT_PROBLEM_CLOCK;
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
    case CS_REMOTE_ERROR_VAULT_FAILED:
      return CS_CONNECT_PROBLEM_KEYRING_FAILED;
    case CS_REMOTE_ERROR_UNREACHABLE:
      return signs->by_proxy ? CS_CONNECT_PROBLEM_PROXY : CS_CONNECT_PROBLEM_OFFLINE;
    case CS_REMOTE_ERROR_UNTRUSTED:
      return problem_of_certificate (signs->certificate);
    case CS_REMOTE_ERROR_BAD_CLIENT:
      return problem_of_client (error);
    case CS_REMOTE_ERROR_FORBIDDEN:
      return problem_of_refusal (signs);
    case CS_REMOTE_ERROR_TRY_LATER:
    case CS_REMOTE_ERROR_USED_UP:
    case CS_REMOTE_ERROR_UNKNOWN_OUTCOME:
      return CS_CONNECT_PROBLEM_BUSY;
    case CS_REMOTE_ERROR_BAD_REPLY:
    case CS_REMOTE_ERROR_TOO_LARGE:
    case CS_REMOTE_ERROR_TOO_MANY:
      return CS_CONNECT_PROBLEM_NOT_XERO;
    case CS_REMOTE_ERROR_REFUSED:
    case CS_REMOTE_ERROR_SIGN_IN_NEEDED:
      return CS_CONNECT_PROBLEM_TOO_LATE;
    case CS_REMOTE_ERROR_NOT_FOUND:
    default:
      return CS_CONNECT_PROBLEM_OTHER;
    }
}

/** cs_connect_clock_is_wrong: Returns: whether the remote's clock and ours are more than five minutes apart
 */
gboolean
cs_connect_clock_is_wrong (const CsHttpSigns *signs)
{
  return signs->has_clock && ABS (signs->clock_ahead_ms) > CLOCK_TOLERANCE_MS;
}

static char *
format_moment (gint64 instant_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant_ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%-d %B %Y, %H:%M:%S %Z") : g_strdup ("");
}

/**
 * cs_connect_clock_words:
 * @signs: what the exchange told
 * @now_ms: our time
 * @zone: of the practice
 *
 * Returns: (transfer full): what the two clocks say; "" where the remote told no time
 */
char *
cs_connect_clock_words (const CsHttpSigns *signs, gint64 now_ms, GTimeZone *zone)
{
  g_autofree char *ours = format_moment (now_ms, zone);
  g_autofree char *theirs = NULL;

  if (!signs->has_clock)
    return g_strdup_printf (_ ("This computer’s clock: %s"), ours);
  theirs = format_moment (now_ms + signs->clock_ahead_ms, zone);
  /* Translators: each %s is a date, a time and a time zone. */
  return g_strdup_printf (_ ("This computer’s clock: %s\nXero’s clock: %s"), ours, theirs);
}

static void
add_line (GString *lines, const char *words)
{
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, words);
}

static char *
end_lines (GString *lines)
{
  return lines->len > 0 ? g_strdup (lines->str) : NULL;
}

static gboolean
is_granted (const Scope *scope, const char *const *granted)
{
  if (g_strv_contains (granted, scope->scope))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (scope->also) && scope->also[i] != NULL; i++)
    if (g_strv_contains (granted, scope->also[i]))
      return TRUE;
  return FALSE;
}

/* Where the token endpoint said nothing, what was asked for was granted (RFC 6749 5.1). */
static char *
find_missing (const Scope *needed, gsize n_needed, const char *granted)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);

  if (granted == NULL || *granted == '\0')
    return NULL;
  words = g_strsplit (granted, " ", -1);
  for (gsize i = 0; i < n_needed; i++)
    if (!is_granted (&needed[i], (const char *const *)words))
      add_line (lines, _ (needed[i].words));
  return end_lines (lines);
}

/** cs_connect_missing_scopes: Returns: (transfer full) (nullable): a line for each permission of the ledger
 * that is not in @granted (nullable), which is as the token endpoint said */
char *
cs_connect_missing_scopes (const char *granted)
{
  return find_missing (scopes, G_N_ELEMENTS (scopes), granted);
}

/** cs_connect_missing_work_scopes: Returns: (transfer full) (nullable): the same of Practice Manager */
char *
cs_connect_missing_work_scopes (const char *granted)
{
  return find_missing (work_scopes, G_N_ELEMENTS (work_scopes), granted);
}

/** cs_connect_scopes_are_broad: Returns: whether @granted (nullable) has the one permission for everything of
 * Practice Manager, which alone is sure to list templates and categories (xpm.md 2.2) */
gboolean
cs_connect_scopes_are_broad (const char *granted)
{
  g_auto (GStrv) words = g_strsplit (granted != NULL ? granted : "", " ", -1);

  return g_strv_contains ((const char *const *)words, "practicemanager");
}

/**
 * cs_connect_missing_rights:
 * @actions: (element-type CsXeroAction): what the role may do
 * @approves: whether the practice sends approved invoices
 *
 * Returns: (transfer full) (nullable): a line for each right that is missing
 */
char *
cs_connect_missing_rights (GPtrArray *actions, gboolean approves)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rights); i++)
    if ((approves || !rights[i].is_approval) && cs_xero_actions_deny (actions, rights[i].action))
      add_line (lines, _ (rights[i].words));
  return end_lines (lines);
}
