/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-session.h"

G_BEGIN_DECLS

/* What is connected: each has a connection of its own, by the same sign-in. */
typedef enum
{
  CS_CONNECT_TO_LEDGER,
  CS_CONNECT_TO_WORK, /* Practice Manager */
} CsConnectTo;

/* The steps of connecting, for the wizard: it shows, this decides and does. */
typedef enum
{
  CS_CONNECT_READY,    /* needs a client id, or may start */
  CS_CONNECT_CHECKING, /* can the keyring keep a secret? is a port free? */
  CS_CONNECT_BROWSER,  /* waiting for the person; address, seconds left */
  CS_CONNECT_EXCHANGING,
  CS_CONNECT_CHOOSING,  /* which organisation */
  CS_CONNECT_VETTING,   /* may this login do there what is needed? */
  CS_CONNECT_SAVING,    /* a moment; can't be cancelled */
  CS_CONNECT_IMPORTING, /* first pull, live counts */
  CS_CONNECT_DONE,
  CS_CONNECT_FAILED, /* cs_connect_get_error(): CS_REMOTE_ERROR codes; may be started again */
} CsConnectStage;

/* Why it failed, for the page that says what to do. */
typedef enum
{
  CS_CONNECT_PROBLEM_NONE,
  CS_CONNECT_PROBLEM_DECLINED,
  CS_CONNECT_PROBLEM_TIMED_OUT,
  CS_CONNECT_PROBLEM_PORT_TAKEN,
  CS_CONNECT_PROBLEM_KEYRING_LOCKED,
  CS_CONNECT_PROBLEM_KEYRING_ABSENT,
  CS_CONNECT_PROBLEM_KEYRING_FAILED,
  CS_CONNECT_PROBLEM_OFFLINE,
  CS_CONNECT_PROBLEM_BAD_CLIENT,
  CS_CONNECT_PROBLEM_NO_ORGANISATION,
  CS_CONNECT_PROBLEM_OTHER_ORGANISATION, /* this practice's mappings are of another one [U-23] */
  CS_CONNECT_PROBLEM_NO_RIGHTS,          /* the login's role there may not do what is needed */
  CS_CONNECT_PROBLEM_MISSING_SCOPE,      /* the app may not ask for what is needed */
  CS_CONNECT_PROBLEM_PROXY,              /* OFFLINE, but for a proxy that is set */
  CS_CONNECT_PROBLEM_CLOCK,              /* this computer's date or time is wrong */
  CS_CONNECT_PROBLEM_UNTRUSTED,          /* TLS */
  CS_CONNECT_PROBLEM_BUSY,               /* Xero can't answer just now */
  CS_CONNECT_PROBLEM_NOT_XERO,           /* what answered makes no sense: a guest network's page, say */
  CS_CONNECT_PROBLEM_TOO_LATE,           /* Xero no longer takes this sign-in */
  CS_CONNECT_PROBLEM_FIRST_READ,         /* connected, but the first reading broke off */
  CS_CONNECT_PROBLEM_NO_PRACTICE,        /* this login shared no practice of Practice Manager */
  CS_CONNECT_PROBLEM_NO_PRIVILEGE,       /* it may not connect it: W-04, W-05 */
  CS_CONNECT_PROBLEM_OTHER_PRACTICE,     /* clients are linked to another practice's [U-23] */
  CS_CONNECT_PROBLEM_OTHER,
} CsConnectProblem;

typedef struct
{
  char *tenant_id;
  char *name;             /* "": a practice of Practice Manager need not have one */
  char *country_code;     /* (nullable): not told, as with the currency */
  char *currency;         /* (nullable) */
  gboolean was_connected; /* the one this practice was linked to before */
} CsConnectTenant;

#define CS_TYPE_CONNECT (cs_connect_get_type ())
G_DECLARE_FINAL_TYPE (CsConnect, cs_connect, CS, CONNECT, GObject)

CsConnect *cs_connect_new (CsSession *session, CsConnectTo to);
CsConnectTo cs_connect_get_to (CsConnect *connect);
/* Practice Manager alone: the one permission for everything, for apps that have it; from the next start on.
 */
void cs_connect_set_is_broad (CsConnect *connect, gboolean is_broad);
gboolean cs_connect_is_broad (CsConnect *connect); /* at first: as it was connected before */
/* notify::stage; signal "open-address" (string): the window opens it in the browser. */
CsConnectStage cs_connect_get_stage (CsConnect *connect);
CsConnectProblem cs_connect_get_problem (CsConnect *connect);
const char *cs_connect_get_problem_text (CsConnect *connect); /* the words of the error, "" */
gboolean cs_connect_needs_client_id (CsConnect *connect);
const char *cs_connect_get_client_id (CsConnect *connect);     /* as stored or built in; "" */
const char *cs_connect_get_address (CsConnect *connect);       /* to copy, in BROWSER */
const char *cs_connect_get_redirect_uris (CsConnect *connect); /* one a line: what must be registered */
gint64 cs_connect_get_deadline_ms (CsConnect *connect);        /* by the session's clock, in BROWSER */
GPtrArray *cs_connect_get_tenants (CsConnect *connect); /* (transfer none) of CsConnectTenant, in CHOOSING */
void cs_connect_set_patience (CsConnect *connect, guint seconds); /* default 300 */
void cs_connect_start (CsConnect *connect, const char *client_id);
void cs_connect_choose (CsConnect *connect, guint index);
/* After a choice that failed: the same login's organisations again. */
gboolean cs_connect_can_choose_again (CsConnect *connect);
void cs_connect_choose_again (CsConnect *connect);
void cs_connect_read_again (CsConnect *connect); /* after FIRST_READ */
void cs_connect_cancel (CsConnect *connect);     /* back to READY; the listener is closed */

G_END_DECLS
