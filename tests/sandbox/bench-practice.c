/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-client.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* bench-practice [CLIENTS:JOBS]   how fast the sandbox makes a practice and gives its long lists, and the
 * most memory that it took. A program to run by hand (ninja bench-practice), not a test: it promises no
 * figure. */

#define PIECE_BYTES (256 * 1024)

static double
seconds_since (gint64 start)
{
  return (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static double
megabytes_at_most (Sandbox *sandbox)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (sandbox->process));
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmHWM:");
  return line != NULL ? (double)g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) / 1024 : 0;
}

/* Reads it in pieces and throws them away, as the sandbox is what is measured. */
static void
run (Sandbox *sandbox, const char *path)
{
  g_autofree char *address = g_strconcat (sandbox->address, PRACTICE, path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_autofree char *piece = g_malloc (PIECE_BYTES);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GInputStream) body = NULL;
  double first = 0;
  gsize bytes = 0;
  gssize n = 0;

  soup_message_headers_replace (headers, "Authorization", bearer);
  soup_message_headers_replace (headers, "xero-tenant-id", sandbox->tenant);
  body = soup_session_send (sandbox->session, message, NULL, NULL);
  first = seconds_since (start);
  while (body != NULL && (n = g_input_stream_read (body, piece, PIECE_BYTES, NULL, NULL)) > 0)
    bytes += (gsize)n;
  printf ("%-52s %6.1f MB in %5.2f s, begun after %5.3f s%s\n", path, (double)bytes / 1e6,
          seconds_since (start), first,
          body == NULL || n < 0 || soup_message_get_status (message) != 200 ? " (it failed!)" : "");
}

int
main (int argc, char **argv)
{
  const char *size = argc > 1 ? argv[1] : "15000:40000";
  gint64 start = g_get_monotonic_time ();
  g_autoptr (Sandbox) sandbox = practice_start (size);

  printf ("%s clients and jobs made in %.1f s\n", size, seconds_since (start));
  sandbox_sign_in (sandbox, PRACTICE_SCOPES);
  run (sandbox, "client.api/list?detailed=true");
  run (sandbox, "client.api/list");
  run (sandbox, "client.api/paged-list?pageSize=500");
  run (sandbox, "job.api/current?detailed=true");
  run (sandbox, "job.api/list?from=20260101&to=20261231&detailed=true");
  printf ("at most %.0f MB of memory\n", megabytes_at_most (sandbox));
  return 0;
}
