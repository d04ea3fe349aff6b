/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why a journal row is where it is, in our words: what a person reads beside it are the remote's own. The
 * store keeps the words of cs_outcome_to_string(). */
typedef enum
{
  CS_OUTCOME_NONE,
  CS_OUTCOME_REFUSED,              /* the ledger said no */
  CS_OUTCOME_NUMBER_TAKEN,         /* the ledger has our invoice number for something else */
  CS_OUTCOME_NAME_TAKEN,           /* the ledger has a contact of this name */
  CS_OUTCOME_ARCHIVED_CONTACT,     /* the contact is archived at the ledger */
  CS_OUTCOME_UNREACHABLE,          /* it did not leave */
  CS_OUTCOME_BUSY,                 /* the ledger asked to come later */
  CS_OUTCOME_SIGN_IN,              /* the grant, or the keyring, must be opened first */
  CS_OUTCOME_UNKNOWN,              /* it may have arrived */
  CS_OUTCOME_DIFFERENT,            /* a probe found something that is not ours beyond doubt */
  CS_OUTCOME_LINKED_ELSEWHERE,     /* the client was linked to another contact meanwhile */
  CS_OUTCOME_CHANGED_BY_LEDGER,    /* done, but the total is not the one that we sent [I-13] */
  CS_OUTCOME_DEPENDENCY_CANCELLED, /* what it waits for was cancelled */
  CS_OUTCOME_FOUND_BY_REFERENCE, /* after a restore: the ledger may have this invoice under another number */
  CS_OUTCOME_INVALID,            /* it could not be written at all */
  CS_OUTCOME_LINKED,             /* done without sending: the client was linked to a contact that is there */
  /* What the organisation, or the practice, would not take as it is; checked before anything leaves. */
  CS_OUTCOME_ACCOUNT_UNUSABLE, /* not there, archived, or not for sales */
  CS_OUTCOME_TAX_UNUSABLE,
  CS_OUTCOME_THEME_GONE,
  CS_OUTCOME_TRACKING_GONE, /* a category or its option */
  CS_OUTCOME_LOCKED_PERIOD, /* by one of the ledger's lock dates */
  CS_OUTCOME_LOCKED_HERE,   /* by the practice's own */
} CsOutcome;

/* Whether it is about the shape of an invoice: the row goes on by itself once that is mended. */
gboolean cs_outcome_is_about_shape (CsOutcome outcome);
const char *cs_outcome_to_string (CsOutcome outcome);
gboolean cs_outcome_parse (const char *text, CsOutcome *outcome, GError **error);

G_END_DECLS
