/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-sign-in.h"
#include "remote-test.h"

G_BEGIN_DECLS

/* A token endpoint and an API behind it, with Xero's rules of xero-accounting.md 2.4: PKCE checked, codes
 * used once, each refresh rotates, the old refresh token is good for the grace of 30 minutes. */
typedef enum
{
  TEST_IDENTITY_WELL,
  TEST_IDENTITY_LOSES_ANSWERS, /* does the work, then cuts the connection */
  TEST_IDENTITY_DOWN,          /* 503, nothing done */
  TEST_IDENTITY_CANNED,        /* .canned_status, .canned_body */
} TestIdentityMood;

typedef struct
{
  TestServer *server;
  CsHosts *hosts;
  TestIdentityMood mood;
  guint canned_status;
  const char *canned_body;
  char *challenge; /* what the authorise request said */
  char *redirect_uri;
  char *code;       /* NULL once used */
  guint generation; /* of the token pair that is good */
  gint64 rotated_ms;
  gboolean is_dead; /* the grant was revoked */
  guint n_refreshes;
  guint n_revocations;
  void (*on_api) (const TestRequest *request, gpointer data);
  gpointer on_api_data;
} TestIdentity;

TestIdentity *test_identity_new (void);
void test_identity_free (TestIdentity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestIdentity, test_identity_free)

/* The consent: what a browser would be redirected to when the person says yes. */
char *test_identity_consent (TestIdentity *identity, const char *address);
char *test_query_value (const char *address, const char *name);

/* The secrets that it ever gave away: "access-secret-N" and so on. */
#define TEST_ACCESS_TOKEN_FORMAT "access-secret-%u"
#define TEST_REFRESH_TOKEN_FORMAT "refresh-secret-%u"
#define TEST_CODE "code-secret-4711"

CsTokens *test_identity_tokens (TestIdentity *identity, gint64 expires_ms);

G_END_DECLS
