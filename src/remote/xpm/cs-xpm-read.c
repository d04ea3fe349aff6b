/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-xpm-private.h"

#include <string.h>

#define PAGE_SIZE 500

/** cs_xpm_entries_free: frees the list. */
void
cs_xpm_entries_free (CsXpmEntries *entries)
{
  if (entries == NULL)
    return;
  g_clear_pointer (&entries->entries, g_ptr_array_unref);
  g_free (entries->words);
  g_free (entries);
}

/** cs_xpm_page_free: frees the page. */
void
cs_xpm_page_free (CsXpmPage *page)
{
  if (page == NULL)
    return;
  g_clear_pointer (&page->clients, g_ptr_array_unref);
  g_free (page->next);
  g_free (page);
}

/* xpm.md section 4, rows 13 and 16 to 19. Only where the granular scopes may not be enough is a 403 a state.
 */
static const struct
{
  const char *route;
  const char *list;
  const char *element;
  gboolean may_be_forbidden;
} lists[CS_XPM_N_LISTS] = {
  [CS_XPM_LIST_STAFF] = { "/staff.api/list", "StaffList", "Staff", FALSE },
  [CS_XPM_LIST_TEMPLATES] = { "/template.api/list", "Templates", "Template", TRUE },
  [CS_XPM_LIST_CATEGORIES] = { "/category.api/list", "Categories", "Category", TRUE },
  [CS_XPM_LIST_GROUPS] = { "/clientgroup.api/list", "Groups", "Group", FALSE },
  [CS_XPM_LIST_STATES] = { "/jobstate.api/list", "JobStates", "JobState", TRUE },
};

static DexFuture *
decode_list (const CsXmlElement *response, gconstpointer text)
{
  CsXpmEntries *entries = g_new0 (CsXpmEntries, 1);
  CsXpmList list = (CsXpmList)g_ascii_strtoll (text, NULL, 10);
  const CsXmlElement *element;
  CsXmlIterator iterator;

  entries->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_entry_free);
  entries->words = g_strdup ("");
  cs_xml_iterator_init (&iterator, cs_xml_get_child (response, lists[list].list), lists[list].element);
  while ((element = cs_xml_iterator_next (&iterator)) != NULL)
    {
      CsWorkEntry *entry = cs_xpm_decode_entry (element);

      if (entry != NULL)
        g_ptr_array_add (entries->entries, entry);
    }
  return cs_future_new_for_record (entries, (GDestroyNotify)cs_xpm_entries_free);
}

static DexFuture *
on_forbidden (DexFuture *completed, gpointer data)
{
  g_autoptr (GError) error = NULL;
  CsXpmEntries *entries;

  if (dex_future_get_value (completed, &error) != NULL
      || !g_error_matches (error, CS_REMOTE_ERROR, CS_REMOTE_ERROR_FORBIDDEN))
    return dex_ref (completed);
  entries = g_new0 (CsXpmEntries, 1);
  entries->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)cs_work_entry_free);
  entries->may_not_list = TRUE;
  entries->words = g_strdup (error->message);
  return cs_future_new_for_record (entries, (GDestroyNotify)cs_xpm_entries_free);
}

/**
 * cs_xpm_read_list:
 * @xpm: the practice
 * @list: which
 *
 * Returns: (transfer full): of #CsXpmEntries. Templates, categories and states that the key may not list
 * (xpm.md 2.2) are no failure: what depends on them goes on with ids that a person pastes
 */
DexFuture *
cs_xpm_read_list (CsXpm *xpm, CsXpmList list)
{
  CsHttpRequest *request;
  DexFuture *entries;

  g_return_val_if_fail (xpm != NULL && (gsize)list < CS_XPM_N_LISTS, NULL);

  request = cs_xpm_request_new (xpm, "GET", lists[list].route,
                                g_strconcat (xpm->api_url, lists[list].route, NULL));
  entries = cs_xpm_call (xpm, request,
                         (CsXpmReading){ .decode = decode_list, .text = g_strdup_printf ("%d", (int)list) });
  return lists[list].may_be_forbidden ? dex_future_catch (entries, on_forbidden, NULL, NULL) : entries;
}

static GPtrArray *
decode_all (const CsXmlElement *list,
            const char *name,
            gpointer (*decode) (const CsXmlElement *, GError **),
            GDestroyNotify free_record,
            GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (free_record);
  const CsXmlElement *element;
  CsXmlIterator iterator;

  cs_xml_iterator_init (&iterator, list, name);
  while ((element = cs_xml_iterator_next (&iterator)) != NULL)
    {
      gpointer record = decode (element, error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return g_steal_pointer (&records);
}

static GPtrArray *
decode_client_array (const CsXmlElement *response, GError **error)
{
  return decode_all (cs_xml_get_child (response, "Clients"), "Client",
                     (gpointer (*) (const CsXmlElement *, GError **))cs_xpm_decode_client,
                     (GDestroyNotify)cs_work_client_free, error);
}

static DexFuture *
decode_clients (const CsXmlElement *response, gconstpointer text)
{
  GError *error = NULL;
  GPtrArray *clients = decode_client_array (response, &error);

  return clients != NULL ? cs_future_new_for_array (clients) : cs_future_new_take_error (error);
}

static DexFuture *
decode_jobs (const CsXmlElement *response, gconstpointer text)
{
  GError *error = NULL;
  GPtrArray *jobs = decode_all (cs_xml_get_child (response, "Jobs"), "Job",
                                (gpointer (*) (const CsXmlElement *, GError **))cs_xpm_decode_job,
                                (GDestroyNotify)cs_work_job_free, &error);

  return jobs != NULL ? cs_future_new_for_array (jobs) : cs_future_new_take_error (error);
}

/* Only the query of what the answer calls the next page is taken: the bearer token goes nowhere else (5.2).
 */
static char *
read_next (const CsXmlElement *response)
{
  const CsXmlElement *links = cs_xml_get_child (cs_xml_get_child (response, "Pagination"), "Links");
  g_autofree char *address = cs_xpm_read_text (links, "Next");
  const char *query = strchr (address, '?');
  g_autofree char *path = query != NULL ? g_strndup (address, (gsize)(query - address)) : NULL;

  if (path == NULL || !g_str_has_suffix (path, "/client.api/paged-list") || query[1] == '\0')
    return NULL;
  return g_strdup (query + 1);
}

static DexFuture *
decode_page (const CsXmlElement *response, gconstpointer text)
{
  GError *error = NULL;
  GPtrArray *clients = decode_client_array (response, &error);
  CsXpmPage *page;

  if (clients == NULL)
    return cs_future_new_take_error (error);
  page = g_new0 (CsXpmPage, 1);
  page->clients = clients;
  page->next = read_next (response);
  return cs_future_new_for_record (page, (GDestroyNotify)cs_xpm_page_free);
}

/**
 * cs_xpm_read_client_page:
 * @xpm: the practice
 * @next: (nullable): of the page before; %NULL: the first
 *
 * The quick way to something to choose from: no archived or deleted ones, no contacts (xpm.md 5.2).
 *
 * Returns: (transfer full): of #CsXpmPage
 */
DexFuture *
cs_xpm_read_client_page (CsXpm *xpm, const char *next)
{
  g_autofree char *first = g_strdup_printf ("pageSize=%d", PAGE_SIZE);

  g_return_val_if_fail (xpm != NULL, NULL);

  return cs_xpm_call (xpm,
                      cs_xpm_request_new (xpm, "GET", "/client.api/paged-list",
                                          g_strdup_printf ("%s/client.api/paged-list?%s", xpm->api_url,
                                                           next != NULL ? next : first)),
                      (CsXpmReading){ .decode = decode_page });
}

static DexFuture *
decode_one_client (const CsXmlElement *response, gconstpointer text)
{
  GError *error = NULL;
  CsWorkClient *client = cs_xpm_decode_one_client (response, &error);

  if (client == NULL)
    return cs_future_new_take_error (error);
  return cs_future_new_for_record (client, (GDestroyNotify)cs_work_client_free);
}

static DexFuture *
decode_one_job (const CsXmlElement *response, gconstpointer text)
{
  g_autofree char *address = cs_xpm_read_text (response, "WebUrl");
  GError *error = NULL;
  CsWorkJob *job = cs_xpm_decode_job (cs_xml_get_child (response, "Job"), &error);

  if (job == NULL)
    return cs_future_new_take_error (error);
  if (job->web_address[0] == '\0' && cs_xpm_is_web_address (address))
    g_set_str (&job->web_address, address);
  return cs_future_new_for_record (job, (GDestroyNotify)cs_work_job_free);
}

/* @escaped ends the address. Probes are made for rows of the journal, and may use the reserve. */
static DexFuture *
get (CsXpm *xpm,
     const char *route,
     const char *path,
     const char *text,
     const char *options,
     gboolean is_push,
     DexFuture *(*decode) (const CsXmlElement *, gconstpointer))
{
  g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);
  CsHttpRequest *request = cs_xpm_request_new (
      xpm, "GET", route, g_strdup_printf ("%s%s%s%s", xpm->api_url, path, escaped, options));

  request->is_push = is_push;
  return cs_xpm_call (xpm, request, (CsXpmReading){ .decode = decode });
}

/** cs_xpm_get_client: Returns: (transfer full): #CsWorkClient with its number on the web */
DexFuture *
cs_xpm_get_client (CsXpm *xpm, const char *client_id)
{
  g_return_val_if_fail (xpm != NULL && client_id != NULL && client_id[0] != '\0', NULL);

  return get (xpm, "/client.api/get/{uuid}", "/client.api/get/", client_id, "", TRUE, decode_one_client);
}

/** cs_xpm_look_at_client: Returns: (transfer full): as cs_xpm_get_client(), one of many that nothing waits
 * for: what is kept back for sending stays */
DexFuture *
cs_xpm_look_at_client (CsXpm *xpm, const char *client_id)
{
  g_return_val_if_fail (xpm != NULL && client_id != NULL && client_id[0] != '\0', NULL);

  return get (xpm, "/client.api/get/{uuid}", "/client.api/get/", client_id, "", FALSE, decode_one_client);
}

/** cs_xpm_search_clients: Returns: (transfer full): array of #CsWorkClient, loosely alike: filter again
 * (xpm.md 5.2) */
DexFuture *
cs_xpm_search_clients (CsXpm *xpm, const char *query)
{
  g_return_val_if_fail (xpm != NULL && query != NULL, NULL);

  return get (xpm, "/client.api/search", "/client.api/search?query=", query, "&detailed=true", TRUE,
              decode_clients);
}

/** cs_xpm_get_job: Returns: (transfer full): #CsWorkJob; REFUSED when there is no such number */
DexFuture *
cs_xpm_get_job (CsXpm *xpm, const char *number)
{
  g_return_val_if_fail (xpm != NULL && number != NULL && number[0] != '\0', NULL);

  return get (xpm, "/job.api/get/{job}", "/job.api/get/", number, "", TRUE, decode_one_job);
}

/** cs_xpm_list_client_jobs: Returns: (transfer full): array of #CsWorkJob: what cs_job_probe() looks through
 */
DexFuture *
cs_xpm_list_client_jobs (CsXpm *xpm, const char *client_id)
{
  g_return_val_if_fail (xpm != NULL && client_id != NULL && client_id[0] != '\0', NULL);

  return get (xpm, "/job.api/client/{uuid}", "/job.api/client/", client_id, "?detailed=true", TRUE,
              decode_jobs);
}
