/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-uuid.h"

G_BEGIN_DECLS

/* Something that only a person can settle: a code and parameters, put into words on screen. An alert
 * is raised once for its cause, however many rows share it, and closes itself when the cause is gone. */
typedef enum
{
  /* Rows that the ledger, or a rule, refused. "outcome": a word of cs_outcome_to_string(), "message": the
   * remote's words, "client", "number": of the oldest row, "count": of rows, "amount" and "currency" where
   * all are invoices of one currency. Subject: the oldest row ("journal"). */
  CS_ALERT_BLOCKED,
  /* The grant is gone. "organisation", "count": of rows that wait. Subject: the connection. */
  CS_ALERT_SIGN_IN,
  /* The keyring has been locked, or absent, for long. "since_ms", "count". */
  CS_ALERT_KEYRING,
  /* Invoices of past days wait for a word. "count", "first" and "last": dates, "clients": how many, "client":
   * where it is one. */
  CS_ALERT_CATCH_UP,
  /* The ledger's allowance for today is used up while rows wait. "until_ms", "count". */
  CS_ALERT_DAY_LIMIT,
  /* Rows were tried again and again. "outcome", "message", "client", "number", "count", "attempts",
   * "doubtful": how many of them may have arrived. Subject: the oldest row ("journal"). */
  CS_ALERT_RETRIES,
  /* The ledger made it another total than we sent [I-13], or there are two contacts now. As for blocked rows;
   * a person says "seen". Subject: the row ("journal"). */
  CS_ALERT_CHANGED,
  /* The file was restored or copied: nothing is sent until the ledger has been read. "count". */
  CS_ALERT_RESTORED,
  /* The audit chain doesn't fit, in itself or with what the keyring remembers. "message": what. */
  CS_ALERT_AUDIT,
  /* A lead was accepted, and the practice manager doesn't show it as a client [K-13]. "client", "outcome":
   * "not-kept", "not-reported" or "refused", "message": the remote's words. Subject: the client. */
  CS_ALERT_PROMOTION,
  /* Both sides changed a client, and say different things [K-1]. "client", "count": of fields. Subject: the
   * client. */
  CS_ALERT_CONFLICT,
  /* What was changed here was refused there. "client", "message": the remote's words. Subject: the
   * client. */
  CS_ALERT_NOT_TAKEN,
  /* Clients that are only at the practice manager wait for a word [K-2, K-3]. "count". Subject: the
   * connection. */
  CS_ALERT_ONLY_THERE,
  /* A proposal's jobs or invoices can't be planned a year ahead, or not let go; all else goes on. "number":
   * the proposal's, "client", "message": why. Subject: the proposal. */
  CS_ALERT_NOT_PLANNED,
} CsAlertCode;

const char *cs_alert_code_to_string (CsAlertCode code);
gboolean cs_alert_code_parse (const char *text, CsAlertCode *code, GError **error);

/* The tries in a row after which a person is told: by then the wait between two has reached its cap. */
#define CS_ALERT_ATTEMPTS 10

typedef struct
{
  CsUuid id;
  CsAlertCode code;
  char **parameters;  /* name, value, name, value, …, NULL */
  char *subject_kind; /* "journal", "connection", "client", "proposal", or "" */
  CsUuid subject_id;
  gint64 raised_ms;
  gint64 settled_ms; /* 0 while it is open */
} CsAlert;

CsAlert *cs_alert_new (void);
void cs_alert_free (CsAlert *alert);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsAlert, cs_alert_free)
const char *cs_alert_get_parameter (const CsAlert *alert, const char *name); /* "" where there is none */
gint64 cs_alert_get_number (const CsAlert *alert, const char *name);         /* 0 where there is none */

G_END_DECLS
