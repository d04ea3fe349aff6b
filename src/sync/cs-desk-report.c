/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-desk-report.h"

#include "cs-desk-status.h"
#include "cs-json.h"
#include "cs-remote-error.h"
#include "cs-store.h"

static const char *const MODES[] = { "sync", "push", "pull" };

const char *
cs_desk_mode_to_string (CsDeskMode mode)
{
  g_return_val_if_fail ((guint)mode < G_N_ELEMENTS (MODES), MODES[0]);
  return MODES[mode];
}

/** cs_desk_mode_parse: Returns: whether @text is one of the modes' words; @mode is set then */
gboolean
cs_desk_mode_parse (const char *text, CsDeskMode *mode)
{
  g_return_val_if_fail (text != NULL && mode != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (MODES); i++)
    if (g_str_equal (text, MODES[i]))
      {
        *mode = i;
        return TRUE;
      }
  return FALSE;
}

static CsDeskOutcome
outcome_from_remote (CsRemoteError code)
{
  switch (code)
    {
    case CS_REMOTE_ERROR_UNREACHABLE:
    case CS_REMOTE_ERROR_UNTRUSTED:
    case CS_REMOTE_ERROR_TRY_LATER:
    case CS_REMOTE_ERROR_USED_UP:
    case CS_REMOTE_ERROR_UNKNOWN_OUTCOME:
    case CS_REMOTE_ERROR_BAD_REPLY:
    case CS_REMOTE_ERROR_TIMED_OUT:
      return CS_DESK_UNREACHABLE;
    case CS_REMOTE_ERROR_REFUSED:
    case CS_REMOTE_ERROR_NOT_FOUND:
    case CS_REMOTE_ERROR_FORBIDDEN:
    case CS_REMOTE_ERROR_TOO_LARGE:
    case CS_REMOTE_ERROR_TOO_MANY:
    case CS_REMOTE_ERROR_SIGN_IN_NEEDED:
    case CS_REMOTE_ERROR_DECLINED:
    case CS_REMOTE_ERROR_PORT_TAKEN:
    case CS_REMOTE_ERROR_BAD_CLIENT:
    case CS_REMOTE_ERROR_VAULT_LOCKED:
    case CS_REMOTE_ERROR_VAULT_ABSENT:
    case CS_REMOTE_ERROR_VAULT_FAILED:
    default:
      return CS_DESK_NEEDS_PERSON;
    }
}

/**
 * cs_desk_outcome_from_error:
 * @error: (nullable): how a run ended
 *
 * Returns: what that is to who asked
 */
CsDeskOutcome
cs_desk_outcome_from_error (const GError *error)
{
  if (error == NULL)
    return CS_DESK_DONE;
  if (error->domain == CS_REMOTE_ERROR)
    return outcome_from_remote (error->code);
  if (g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_LOCKED)
      || g_error_matches (error, CS_STORE_ERROR, CS_STORE_ERROR_EPOCH) || error->domain == G_DBUS_ERROR)
    return CS_DESK_HELD_ELSEWHERE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED) || cs_error_is_cancelled (error))
    return CS_DESK_UNREACHABLE;
  return CS_DESK_FILE_PROBLEM;
}

/** cs_desk_report_new: Returns: (transfer full): a report of nothing yet */
CsDeskReport *
cs_desk_report_new (CsDeskMode mode)
{
  CsDeskReport *report = g_new0 (CsDeskReport, 1);

  report->mode = mode;
  report->problem = g_strdup ("");
  return report;
}

void
cs_desk_report_free (CsDeskReport *report)
{
  if (report == NULL)
    return;
  g_free (report->problem);
  g_free (report);
}

/** cs_desk_report_to_json: Returns: (transfer full): one object, as README.md describes it */
char *
cs_desk_report_to_json (const CsDeskReport *report)
{
  g_autoptr (CsJsonBuilder) builder = cs_json_builder_new ();
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (report != NULL, NULL);

  cs_json_builder_begin_object (builder);
  cs_json_builder_set_string (builder, "mode", cs_desk_mode_to_string (report->mode));
  cs_json_builder_set_integer (builder, "outcome", report->outcome);
  cs_desk_status_write_journal (builder, &report->journal);
  cs_json_builder_set_integer (builder, "synced_ms", report->synced_ms);
  cs_json_builder_set_string (builder, "problem", report->problem);
  cs_json_builder_end_object (builder);
  bytes = cs_json_builder_end (builder);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/**
 * cs_desk_report_parse:
 * @json: of cs_desk_report_to_json(), from another program
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the report; %NULL with CS_ENCODING_ERROR
 */
CsDeskReport *
cs_desk_report_parse (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CsJsonDocument) document = NULL;
  const CsJsonValue *root = NULL;
  CsDeskReport *report = NULL;
  CsDeskMode mode = CS_DESK_SYNC;

  g_return_val_if_fail (json != NULL, NULL);

  bytes = g_bytes_new (json, strlen (json));
  document = cs_json_document_parse (bytes, error);
  if (document == NULL)
    return NULL;
  root = cs_json_document_get_root (document);
  if (!cs_desk_mode_parse (cs_json_get_string_or_empty (root, "mode"), &mode))
    {
      g_set_error_literal (error, CS_ENCODING_ERROR, CS_ENCODING_ERROR_SHAPE, "A report names its mode");
      return NULL;
    }
  report = cs_desk_report_new (mode);
  report->outcome = (CsDeskOutcome)CLAMP (cs_json_get_integer (root, "outcome", CS_DESK_FILE_PROBLEM),
                                          CS_DESK_DONE, CS_DESK_FILE_PROBLEM);
  cs_desk_status_read_journal (root, &report->journal);
  report->synced_ms = cs_json_get_integer (root, "synced_ms", 0);
  g_set_str (&report->problem, cs_json_get_string_or_empty (root, "problem"));
  return report;
}
