/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-xml.h"
#include "cs-xpm-write.h"

G_BEGIN_DECLS

/* Shared by the files of this folder. */
struct _CsXpm
{
  gatomicrefcount references;
  CsHttp *http;
  char *api_url;
  char *tenant_id;
};

/* What to do with an answer whose envelope says OK. Runs on a worker. */
typedef struct
{
  DexFuture *(*decode) (const CsXmlElement *response, gconstpointer text);
  char *text; /* (nullable) (owned): for @decode */
} CsXpmReading;
CsHttpRequest *cs_xpm_request_new (CsXpm *xpm, const char *method, const char *route, char *url);
DexFuture *cs_xpm_call (CsXpm *xpm, CsHttpRequest *request, CsXpmReading reading) G_GNUC_WARN_UNUSED_RESULT;

void cs_xpm_explain (const CsHttpResponse *response, CsHttpExplanation *explanation);
gboolean cs_xpm_check_envelope (const CsXmlElement *response, gboolean is_write, GError **error);
gboolean cs_xpm_check_status (const char *status, const char *words, gboolean is_write, GError **error);
GError *cs_xpm_bad_reply (GError *cause);
GError *cs_xpm_unknown_outcome (void);

/* How a field is called when read and when written (pitfall 3). */
typedef struct
{
  const char *read;
  const char *written;
  gboolean is_person; /* read as an element with a UUID in it */
} CsXpmFieldName;
extern const CsXpmFieldName cs_xpm_field_names[CS_WORK_N_FIELDS];

char *cs_xpm_read_text (const CsXmlElement *element, const char *name);
char *cs_xpm_read_id (const CsXmlElement *element, const char *name);
gboolean cs_xpm_read_truth (const CsXmlElement *element, const char *name);
CsDate cs_xpm_read_date (const CsXmlElement *element, const char *name);
char *cs_xpm_read_web_id (const char *address, const char *kind);
CsWorkClient *cs_xpm_decode_client (const CsXmlElement *element, GError **error);
CsWorkClient *cs_xpm_decode_one_client (const CsXmlElement *response, GError **error);
CsWorkContact *cs_xpm_decode_contact (const CsXmlElement *element);
CsWorkEntry *cs_xpm_decode_entry (const CsXmlElement *element);
CsWorkJob *cs_xpm_decode_job (const CsXmlElement *element, GError **error);
gboolean cs_xpm_is_web_address (const char *address);

G_END_DECLS
