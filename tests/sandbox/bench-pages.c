/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-client.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* bench-pages [INVOICES [SECONDS]]   how fast the sandbox makes a practice and serves it in pages of 1,000:
 * by the clock, and by its own processor time, which is what a benchmark of a client has to compete with. A
 * program to run by hand (ninja bench-pages), not a test: it promises no figure. */

#define PAGE 1000

static double
seconds_since (gint64 start)
{
  return (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* What the sandbox's process has used of a processor. */
static double
processor_seconds (Sandbox *sandbox)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/stat", g_subprocess_get_identifier (sandbox->process));
  g_autofree char *text = NULL;
  unsigned long user = 0, system = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL)
      || sscanf (strrchr (text, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
                 &system)
             != 2)
    return 0;
  return (double)(user + system) / (double)sysconf (_SC_CLK_TCK);
}

static guint
get (Sandbox *sandbox, SoupSession *session, const char *path, gsize *bytes)
{
  g_autofree char *address = g_strconcat (sandbox->address, "/api.xro/2.0/", path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", sandbox->access_token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes) body = NULL;

  soup_message_headers_replace (headers, "Authorization", bearer);
  soup_message_headers_replace (headers, "xero-tenant-id", sandbox->tenant);
  soup_message_headers_replace (headers, "Accept", "application/json");
  body = soup_session_send_and_read (session, message, NULL, NULL);
  *bytes += body != NULL ? g_bytes_get_size (body) : 0;
  return soup_message_get_status (message);
}

/* `format` has one %u: the page. */
static void
run (Sandbox *sandbox, const char *what, const char *format, guint pages, double seconds)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  gint64 start = g_get_monotonic_time ();
  double before = processor_seconds (sandbox);
  double elapsed = 0;
  guint requests = 0, refused = 0;
  gsize bytes = 0;

  for (; elapsed < seconds; elapsed = seconds_since (start), requests++)
    {
      g_autoptr (GString) path = g_string_new (format);
      g_autofree char *page = g_strdup_printf ("%u", requests % MAX (pages, 1) + 1);

      g_string_replace (path, "%u", page, 1);
      refused += get (sandbox, session, path->str, &bytes) != 200;
    }
  printf ("%-28s %6.1f pages/s, %6.1f per second of its processor, %5.2f MB each%s\n", what,
          requests / elapsed, requests / MAX (processor_seconds (sandbox) - before, 0.001),
          (double)bytes / requests / 1e6, refused > 0 ? " (some were refused!)" : "");
}

int
main (int argc, char **argv)
{
  guint invoices = argc > 1 ? (guint)g_ascii_strtoull (argv[1], NULL, 10) : 100000;
  double seconds = argc > 2 ? g_ascii_strtod (argv[2], NULL) : 5;
  g_autofree char *profile = g_strdup_printf ("count:%u", invoices);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (Sandbox) sandbox
      = sandbox_start_with (profile, "--assume", "paged-lists-are-high-volume=off", "--minute-limit",
                            "100000000", "--day-limit", "100000000", NULL);
  g_autoptr (Answer) limits = NULL;

  printf ("%u invoices made in %.1f s\n", invoices, seconds_since (start));
  limits = sandbox_control (sandbox, "limits",
                            "{\"minute\":100000000,\"day\":100000000,\"app_minute\":100000000}");
  sandbox_sign_in (sandbox, SCOPES);
  run (sandbox, "invoices", "Invoices?unitdp=4&pageSize=1000&page=%u", invoices / PAGE, seconds);
  run (sandbox, "invoices, summaryOnly", "Invoices?summaryOnly=true&pageSize=1000&page=%u", invoices / PAGE,
       seconds);
  run (sandbox, "invoices, by status", "Invoices?Statuses=AUTHORISED&pageSize=1000&page=%u", 5, seconds);
  run (sandbox, "payments", "Payments?pageSize=1000&page=%u", invoices / PAGE, seconds);
  run (sandbox, "contacts", "Contacts?pageSize=1000&page=%u", MIN (invoices / 7, 20000) / PAGE, seconds);
  return 0;
}
