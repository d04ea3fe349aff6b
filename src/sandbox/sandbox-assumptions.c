/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-assumptions.h"

#include <string.h>

const SandboxAssumptionRule sandbox_assumption_rules[SANDBOX_ASSUMPTIONS] = {
  [SANDBOX_ASSUME_LOOPBACK_ADDRESS] = { "loopback-address-redirects", FALSE, "16.1",
                                        "http://127.0.0.1:PORT/… is taken where http://localhost:PORT/… is "
                                        "registered; off: invalid redirect_uri" },
  [SANDBOX_ASSUME_REVOKE_WITHOUT_SECRET]
  = { "revocation-without-secret", TRUE, "16.2",
      "an app without a secret may revoke by its client_id; off: 400 invalid_client" },
  [SANDBOX_ASSUME_EVENT_ID_IN_TOKEN]
  = { "event-id-in-token", TRUE, "2.4",
      "the access token has authentication_event_id; off: it has not, and /connections must be compared" },
  [SANDBOX_ASSUME_APP_MINUTE_NAMED]
  = { "app-minute-is-named", TRUE, "16.4", "the app's minute limit says appminute; off: it says minute" },
  [SANDBOX_ASSUME_CONCURRENT_RETRY_AFTER]
  = { "concurrent-has-retry-after", FALSE, "16.4",
      "the concurrency limit sends Retry-After: 1; off: it sends none" },
  [SANDBOX_ASSUME_DUPLICATE_NUMBER_WORDS]
  = { "duplicate-number-words", TRUE, "16.5",
      "a taken number is answered by “Invoice # must be unique.”; off: by other words" },
  [SANDBOX_ASSUME_DEAD_NUMBERS_TAKEN]
  = { "dead-numbers-stay-taken", TRUE, "16.5",
      "the number of a voided or deleted invoice stays taken; off: it is free again" },
  [SANDBOX_ASSUME_CONTACT_NUMBER_FIRST] = { "contact-number-before-name", TRUE, "16.6",
                                            "POST without ContactID looks for the ContactNumber first and "
                                            "the Name then; off: the other way round" },
  [SANDBOX_ASSUME_CONTACT_BY_INVOICE]
  = { "contact-by-invoice-without-scope", TRUE, "16.7",
      "an invoice may make a contact for an app without accounting.contacts; off: it is refused" },
  [SANDBOX_ASSUME_RESTORE_BY_API]
  = { "restore-by-api", TRUE, "16.8",
      "ContactStatus ACTIVE restores an archived contact whose name is free; off: it is refused" },
  [SANDBOX_ASSUME_MERGE_TOUCHES_INVOICES]
  = { "merge-touches-invoices", TRUE, "8.5",
      "invoices that go to the winner of a merge move their UpdatedDateUTC; off: they go in silence" },
  [SANDBOX_ASSUME_DUE_DATE_FROM_TERMS]
  = { "due-date-from-terms", FALSE, "16.9",
      "an approved invoice without DueDate gets it from the organisation's terms; off: it is refused" },
  [SANDBOX_ASSUME_PAYMENT_REMOVAL_REOPENS]
  = { "payment-removal-reopens", TRUE, "16.10",
      "a paid document goes back to AUTHORISED when a payment is deleted; off: it stays PAID" },
  [SANDBOX_ASSUME_DELETED_PAYMENTS_VANISH]
  = { "deleted-payments-vanish", TRUE, "16.10",
      "a deleted payment leaves the invoice's Payments; off: it stays listed there" },
  [SANDBOX_ASSUME_DRAFT_AMOUNT_DUE]
  = { "draft-amount-due-is-total", TRUE, "16.11", "AmountDue of a draft is its Total; off: it is 0" },
  [SANDBOX_ASSUME_MISSING_SCOPE_IS_401]
  = { "missing-scope-is-401", TRUE, "16.12",
      "a missing scope is 401 AuthorizationUnsuccessful; off: 403 with the same Detail" },
  [SANDBOX_ASSUME_ZERO_TOTAL_IS_PAID]
  = { "zero-total-is-paid", TRUE, "16.14",
      "an approved invoice of 0.00 is PAID at once; off: it stays AUTHORISED" },
  [SANDBOX_ASSUME_DISCOUNT_RATE_FOUR_PLACES]
  = { "discount-rate-four-places", TRUE, "16.16",
      "a line is counted with four places of its DiscountRate; off: the rate is rounded to two first" },
  [SANDBOX_ASSUME_CONDITIONAL_GET_200]
  = { "nothing-new-is-200", TRUE, "16.17",
      "If-Modified-Since with nothing new is 200 and an empty list; off: 304 without a body" },
  [SANDBOX_ASSUME_INVOICES_SCOPE_REFERS]
  = { "invoices-scope-refers-to-settings", TRUE, "16.18",
      "an invoice may name items, tracking and themes without accounting.settings; off: it is refused" },
  [SANDBOX_ASSUME_GOOD_ONES_SAVED]
  = { "good-ones-saved-beside-bad", TRUE, "7.3",
      "without summarizeErrors=false the good elements beside a bad one are saved; off: none is" },
  [SANDBOX_ASSUME_PAGED_IS_HIGH_VOLUME]
  = { "paged-lists-are-high-volume", TRUE, "3.1",
      "more than 100,000 rows are refused even by pages; off: pages with optimised filters and order pass" },
  [SANDBOX_ASSUME_CHANGE_RANGES_NARROW]
  = { "change-ranges-narrow", TRUE, "5.5",
      "a range of UpdatedDateUTC narrows a list of contacts, as If-Modified-Since does; off: it does not" },
  [SANDBOX_ASSUME_MODIFIED_SINCE_INCLUSIVE]
  = { "modified-since-is-inclusive", TRUE, "5.3",
      "a change within the very second of If-Modified-Since is listed; off: only later ones are" },
  [SANDBOX_ASSUME_BAD_MODIFIED_SINCE_412]
  = { "bad-modified-since-is-412", TRUE, "7.1",
      "an unreadable If-Modified-Since is 412; off: it is passed over" },
  [SANDBOX_ASSUME_LISTS_LACK_DISCOUNT_AMOUNT]
  = { "lists-lack-discount-amount", TRUE, "5.2",
      "DiscountAmount of a line is in the single GET alone; off: in lists too" },
  [SANDBOX_ASSUME_PRACTICE_PKCE]
  = { "practice-scopes-by-pkce", TRUE, "xpm 0",
      "an app without a secret may ask for Practice Manager’s scopes; off: invalid_scope" },
  [SANDBOX_ASSUME_PRACTICE_BROAD_SCOPES]
  = { "broad-practice-scopes", TRUE, "xpm 2.2",
      "practicemanager and practicemanager.read may be asked for; off: invalid_scope" },
  [SANDBOX_ASSUME_GRANULAR_LISTS_TEMPLATES]
  = { "granular-scopes-list-templates", FALSE, "xpm 2.2",
      "practicemanager.job lists templates, categories and tasks, too; off: 403" },
  [SANDBOX_ASSUME_PRACTICE_MISSING_SCOPE_IS_403]
  = { "practice-missing-scope-is-403", TRUE, "xpm 1.2",
      "a missing scope is 403 AuthenticationUnsuccessful; off: 401 with insufficient_scope" },
  [SANDBOX_ASSUME_LOST_PRIVILEGE_IS_JSON]
  = { "lost-privilege-is-json", TRUE, "xpm 2.4",
      "the 403 of a lost privilege is the gateway's JSON; off: it is XML with an ErrorDescription" },
  [SANDBOX_ASSUME_PRACTICE_HAS_NO_NAME]
  = { "practice-has-no-name", TRUE, "xpm 2.3",
      "tenantName of a practice is null; off: it is the practice's name" },
  [SANDBOX_ASSUME_VERSION_WITH_V]
  = { "practice-version-with-v", FALSE, "xpm 1.1", "/practicemanager/v3.1/ is served as /3.1/ is; off: 404" },
  [SANDBOX_ASSUME_PRACTICE_TAKES_ANY_TYPE]
  = { "practice-takes-any-content-type", TRUE, "xpm 1.1",
      "a body is read whatever its Content-Type; off: 415 unless it is XML" },
  [SANDBOX_ASSUME_PRACTICE_LIMIT_HEADERS]
  = { "practice-limit-headers", TRUE, "xpm 1.5",
      "each answer says what is left of the limits; off: none but a 429 does" },
  [SANDBOX_ASSUME_EMPTY_ELEMENTS_LEFT_OUT]
  = { "empty-elements-left-out", FALSE, "xpm 1.4",
      "an element that is empty is left out; off: it is there, in one of two spellings" },
  [SANDBOX_ASSUME_PROSPECTS_ARE_SHOWN]
  = { "prospects-are-shown", TRUE, "xpm 5.6", "clients have IsProspect; off: the element is absent" },
  [SANDBOX_ASSUME_PROSPECTS_ARE_PROMOTED]
  = { "prospects-are-promoted", TRUE, "xpm 5.6",
      "IsProspect in an update is kept; off: it is answered OK and passed over" },
  [SANDBOX_ASSUME_OMITTED_ELEMENTS_KEEP]
  = { "omitted-elements-keep", TRUE, "xpm 5.4",
      "what a client's update leaves out keeps its value; off: it is cleared" },
  [SANDBOX_ASSUME_EMPTY_ELEMENTS_CLEAR]
  = { "empty-elements-clear", TRUE, "xpm 5.4",
      "an empty element of a client's update clears the value; off: it keeps it" },
  [SANDBOX_ASSUME_MODIFIED_SINCE_SEES_PARTS]
  = { "modified-since-sees-parts", TRUE, "xpm 5.2",
      "modifiedsince sees changes of contacts, groups and custom fields; off: of the client alone" },
  [SANDBOX_ASSUME_PLAIN_LIST_HAS_CONTACTS]
  = { "plain-list-has-contacts", TRUE, "xpm 5.2",
      "client.api/list has contacts and the tax block without detailed=true; off: with it alone" },
  [SANDBOX_ASSUME_PAGED_LIST_HAS_NUMBERS]
  = { "paged-list-has-numbers", TRUE, "xpm 5.2",
      "paged-list has CompanyNumber and BusinessNumber; off: it has not" },
  [SANDBOX_ASSUME_PAGING_ADDRESS_IS_ESCAPED]
  = { "paging-address-is-escaped", TRUE, "xpm 5.2",
      "the & of a Next address is &amp;; off: it is bare, and the answer not well-formed" },
  [SANDBOX_ASSUME_LISTS_HAVE_WEB_ADDRESS]
  = { "lists-have-web-address", FALSE, "xpm 3",
      "clients of lists have a WebUrl, within the client; off: client.api/get alone has it" },
  [SANDBOX_ASSUME_SEARCH_FINDS_NUMBERS]
  = { "search-finds-numbers", FALSE, "xpm 5.2",
      "client.api/search finds the number in a client's WebUrl; off: it does not" },
  [SANDBOX_ASSUME_BALANCE_MONTH_IS_NUMBER]
  = { "balance-month-is-number", TRUE, "xpm 5.1", "BalanceMonth is read as 3; off: as Mar" },
  [SANDBOX_ASSUME_STATES_AS_DESCRIBED] = { "job-states-as-described", TRUE, "xpm 4",
                                           "jobstate.api/list is JobStates/JobState; off: StateList/State" },
  [SANDBOX_ASSUME_JOB_WINDOW_IS_400]
  = { "job-window-is-400", TRUE, "xpm 1.2",
      "a bad window of job.api/list is HTTP 400; off: an ERROR within 200" },
  [SANDBOX_ASSUME_TAKEN_JOB_NUMBER_REFUSED]
  = { "taken-job-number-is-refused", TRUE, "xpm 7.1",
      "a job's own ID that is taken is refused; off: the job gets the next number" },
  [SANDBOX_ASSUME_ASSIGN_IS_ALL_OR_NOTHING]
  = { "assign-is-all-or-nothing", TRUE, "xpm 7.2",
      "a bad operation undoes those before it in its call; off: they stick" },
  [SANDBOX_ASSUME_TASK_UPDATE_BY_UUID]
  = { "task-update-by-uuid", TRUE, "xpm 7.4",
      "PUT job.api/task names the job's task as UUID; off: as TaskUUID" },
};

void
sandbox_assumptions_reset (gboolean *assumptions)
{
  for (guint i = 0; i < SANDBOX_ASSUMPTIONS; i++)
    assumptions[i] = sandbox_assumption_rules[i].by_default;
}

gboolean
sandbox_assumptions_set (gboolean *assumptions, const char *name, gboolean on, GError **error)
{
  for (guint i = 0; i < SANDBOX_ASSUMPTIONS; i++)
    if (g_strcmp0 (sandbox_assumption_rules[i].name, name) == 0)
      {
        assumptions[i] = on;
        return TRUE;
      }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no assumption “%s”",
               name != NULL ? name : "");
  return FALSE;
}

/* NAME=on or NAME=off */
gboolean
sandbox_assumptions_parse (gboolean *assumptions, const char *option, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (option, "=", 2);
  gboolean on = g_strcmp0 (parts[1], "on") == 0;

  if (parts[0] == NULL || (!on && g_strcmp0 (parts[1], "off") != 0))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not NAME=on or NAME=off", option);
      return FALSE;
    }
  return sandbox_assumptions_set (assumptions, parts[0], on, error);
}

void
sandbox_assumptions_write (const gboolean *assumptions, SandboxJson *json)
{
  sandbox_json_open (json, NULL, '{');
  sandbox_json_open (json, "assumptions", '[');
  for (guint i = 0; i < SANDBOX_ASSUMPTIONS; i++)
    {
      const SandboxAssumptionRule *rule = &sandbox_assumption_rules[i];

      sandbox_json_open (json, NULL, '{');
      sandbox_json_string (json, "name", rule->name);
      sandbox_json_bool (json, "on", assumptions[i]);
      sandbox_json_bool (json, "default", rule->by_default);
      sandbox_json_string (json, "section", rule->section);
      sandbox_json_string (json, "meaning", rule->meaning);
      sandbox_json_close (json, '}');
    }
  sandbox_json_close (json, ']');
  sandbox_json_close (json, '}');
}
