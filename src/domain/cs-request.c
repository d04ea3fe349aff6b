/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-request.h"

/** cs_request_copy: Returns: (transfer full): a copy of @request, its texts never %NULL */
CsRequest *
cs_request_copy (const CsRequest *request)
{
  CsRequest *copy = g_memdup2 (request, sizeof *request);

  copy->method = g_strdup (request->method != NULL ? request->method : "");
  copy->route = g_strdup (request->route != NULL ? request->route : "");
  copy->correlation_id = g_strdup (request->correlation_id != NULL ? request->correlation_id : "");
  return copy;
}

/** cs_request_free: */
void
cs_request_free (CsRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->method);
  g_free (request->route);
  g_free (request->correlation_id);
  g_free (request);
}
