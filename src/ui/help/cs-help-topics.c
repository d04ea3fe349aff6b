/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-help-topics.h"

#include <glib/gi18n-lib.h>

static const CsHelpBlock START[] = {
  { CS_HELP_TEXT,
    N_ ("Countersign turns what a client has agreed to into invoices in Xero: each of them once, "
        "to the cent, on the days that were agreed.") },
  { CS_HELP_HEADING, N_ ("In short") },
  { CS_HELP_STEP, N_ ("Connect the practice to its organisation in Xero.") },
  { CS_HELP_STEP, N_ ("Make a client, or take one from Xero’s contacts.") },
  { CS_HELP_STEP, N_ ("Write a proposal: what you do for the client, at which price, and how often it is "
                      "billed.") },
  { CS_HELP_STEP,
    N_ ("When the client agrees, mark the proposal as accepted. You see what will be written to "
        "Xero before anything is.") },
  { CS_HELP_STEP,
    N_ ("Look under Activity now and then. Whatever needs you stands there on top, with the button "
        "that settles it.") },
  { CS_HELP_HEADING, N_ ("Only to try it") },
  { CS_HELP_TEXT,
    N_ ("The demo practice has made-up clients and a stand-in for Xero on this computer. Nothing "
        "leaves it, and it can be thrown away at any time.") },
};

static const CsHelpBlock CONNECT[] = {
  { CS_HELP_TEXT, N_ ("You need a login to Xero that may connect programs, a browser, and two minutes. "
                      "Countersign never sees your password.") },
  { CS_HELP_STEP, N_ ("Press Connect at the foot of the sidebar.") },
  { CS_HELP_STEP,
    N_ ("Open the browser, sign in to Xero there, and allow access. Then come back to this window.") },
  { CS_HELP_STEP,
    N_ ("Choose the organisation that this practice bills from. Its invoices go there and nowhere "
        "else.") },
  { CS_HELP_STEP, N_ ("Let the first reading run. You can work meanwhile.") },
  { CS_HELP_HEADING, N_ ("If Xero’s page shows an error") },
  { CS_HELP_TEXT,
    N_ ("Xero tells the browser, and not Countersign, when an address is not registered or your role "
        "may not connect programs. Open What if the page says… on the waiting page: it has the "
        "answer to each.") },
  { CS_HELP_HEADING, N_ ("If the keyring is locked or missing") },
  { CS_HELP_TEXT,
    N_ ("The sign-in is kept in your desktop’s keyring and in no file. Unlock the keyring, or install "
        "one (such as GNOME Keyring), and try again. Nothing is lost meanwhile: what is accepted "
        "waits.") },
  { CS_HELP_HEADING, N_ ("How long it lasts") },
  { CS_HELP_TEXT,
    N_ ("Xero gives a permission for 60 days, and Countersign renews it whenever it speaks to Xero. "
        "If it has ended, sign in again by the same row of the sidebar. All links to Xero stay.") },
  { CS_HELP_HEADING, N_ ("Disconnecting") },
  { CS_HELP_TEXT, N_ ("Nothing more is sent or read, and nothing is deleted: neither here nor in Xero.") },
};

static const CsHelpBlock CLIENTS[] = {
  { CS_HELP_TEXT, N_ ("A client is who you write proposals for. In Xero it is a contact.") },
  { CS_HELP_STEP, N_ ("Press Ctrl+N under Clients, and enter the name as it shall stand on invoices.") },
  { CS_HELP_STEP,
    N_ ("Choose an existing contact of Xero where there is one. Else the contact is made with the "
        "first invoice, and not before.") },
  { CS_HELP_HEADING, N_ ("Clients that are in Xero already") },
  { CS_HELP_TEXT,
    N_ ("Choose the contact when you write a proposal: the client is made from it and linked to "
        "it.") },
  { CS_HELP_HEADING, N_ ("Many clients at once") },
  { CS_HELP_STEP,
    N_ ("Save the list as CSV in your spreadsheet. Its first line names the columns; one of them has to be "
        "“Client name”. “Contact name”, “E-mail” and “Phone” are taken, too.") },
  { CS_HELP_STEP,
    N_ ("Choose Import from CSV… in the menu over the list. You see what each row would do: who is new, who "
        "will be changed, and who may be here already. Nothing is saved before you press Import.") },
  { CS_HELP_TEXT,
    N_ ("An empty cell takes nothing away. Export to CSV… writes a list that can be changed and imported "
        "again: its numbers say who is meant.") },
  { CS_HELP_HEADING, N_ ("Groups and people") },
  { CS_HELP_TEXT,
    N_ ("Groups and People, over the list, put clients together: those that belong to each other, and "
        "those that have the same contact person. Each shows what all of its clients owe and paid.") },
  { CS_HELP_HEADING, N_ ("Clients that have left") },
  { CS_HELP_TEXT, N_ ("Archive them. Their proposals and invoices stay to be looked at.") },
};

static const CsHelpBlock PRACTICE_MANAGER[] = {
  { CS_HELP_TEXT,
    N_ ("Where the practice keeps its clients in Xero Practice Manager, they can be chosen here, and kept "
        "the same on both sides.") },
  { CS_HELP_STEP, N_ ("In Practice Manager tick “Authorise 3rd Party Full Access” in the staff record of "
                      "whoever signs in, or "
                      "“Connect third-party add-ons” in newer screens.") },
  { CS_HELP_STEP, N_ ("Choose Practice Manager in the main menu, and connect it.") },
  { CS_HELP_STEP, N_ ("Say which way changes travel, and what becomes of clients that are only there.") },
  { CS_HELP_HEADING, N_ ("Which client is which") },
  { CS_HELP_TEXT, N_ ("A client’s page shows which one it is there. Change leads to another: search by name, "
                      "or paste the unique id, or the address of its page there. "
                      "Two of the same name are told apart by them. Undo takes it back.") },
  { CS_HELP_TEXT,
    N_ ("Of one that may be a client here already, no lead is made before you say whether it is: they stand "
        "side by side under Clients only there. So it is with a contact of Xero, where you allow those, "
        "too.") },
  { CS_HELP_HEADING, N_ ("If both sides were changed") },
  { CS_HELP_TEXT,
    N_ ("Nothing is overwritten: both values stand side by side on the client’s page until you choose. What "
        "Practice Manager doesn’t take is told there, too, with why.") },
  { CS_HELP_HEADING, N_ ("What never travels") },
  { CS_HELP_TEXT,
    N_ ("Tax numbers, in neither direction; and nothing of a lead before it accepts a proposal.") },
};

static const CsHelpBlock JOBS[] = {
  { CS_HELP_TEXT,
    N_ ("Once a proposal is accepted, its jobs are made in Practice Manager: each of them once, with its "
        "tasks, its due day and the people who work on it.") },
  { CS_HELP_STEP, N_ ("Choose Practice Manager in the main menu, then How jobs are made.") },
  { CS_HELP_STEP, N_ ("Open a service, and tick the job templates that belong to it.") },
  { CS_HELP_STEP,
    N_ ("Say whether a proposal makes one job or one for each service, how a job is named, when "
        "it starts and when it is due.") },
  { CS_HELP_STEP, N_ ("Under Team, say who manages jobs and who works on them.") },
  { CS_HELP_HEADING, N_ ("Before and after") },
  { CS_HELP_TEXT,
    N_ ("A proposal shows which jobs it will make, and what is missing for them. After its acceptance they "
        "stand on its page, on the client’s page and under Jobs: as a list, or as a board with a column for "
        "each state.") },
  { CS_HELP_HEADING, N_ ("If a job is blocked") },
  { CS_HELP_TEXT, N_ ("Open it under Jobs: it says what Practice Manager said. Mend that there and press Try "
                      "again. What was made already is looked for first, so that nothing is there twice.") },
  { CS_HELP_HEADING, N_ ("If templates can’t be listed") },
  { CS_HELP_TEXT, N_ ("Some sign-ins may not list job templates. Then paste the unique id of each.") },
};

static const CsHelpBlock PROPOSALS[] = {
  { CS_HELP_TEXT,
    N_ ("A proposal says what you do for a client and what it costs. It leaves this computer only "
        "once it is accepted.") },
  { CS_HELP_STEP, N_ ("Press Ctrl+N under Proposals and choose the client.") },
  { CS_HELP_STEP,
    N_ ("Add services. An upfront service is billed once, when the proposal is accepted; a monthly "
        "one each month from its start. Billed, in its details, has weeks, quarters and years, too.") },
  { CS_HELP_STEP,
    N_ ("Enter quantity, price, account and tax. The totals follow while you type, rounded as Xero "
        "rounds them.") },
  { CS_HELP_HEADING, N_ ("Saving") },
  { CS_HELP_TEXT, N_ ("Everything is saved as you type it. What is still missing is listed.") },
  { CS_HELP_HEADING, N_ ("Amounts and dates") },
  { CS_HELP_TEXT, N_ ("Amounts may be typed as 1,200 or 1200.50. What was understood is shown at once.") },
};

static const CsHelpBlock ACCEPTANCE[] = {
  { CS_HELP_TEXT,
    N_ ("Accepting a proposal is what makes invoices. It is written down with who agreed, when and "
        "how, and can’t be changed afterwards.") },
  { CS_HELP_STEP, N_ ("Open the proposal and press Mark as accepted.") },
  { CS_HELP_STEP, N_ ("Enter who accepted, when, and how. A note may say where the evidence is.") },
  { CS_HELP_STEP, N_ ("Read What this will do: each contact and invoice, with number, dates and total.") },
  { CS_HELP_STEP, N_ ("Press Mark as accepted.") },
  { CS_HELP_HEADING, N_ ("Taking it back") },
  { CS_HELP_TEXT, N_ ("Before it is sent, the first invoice is held for a moment. While it is, Undo makes "
                      "everything as it was, and Send now ends the waiting. How long it is held is set under "
                      "Preferences, Invoices.") },
  { CS_HELP_HEADING, N_ ("Recurring services") },
  { CS_HELP_TEXT,
    N_ ("The invoice of each period is made on its first day, as long as Countersign or its background "
        "process runs. None is made twice.") },
};

static const CsHelpBlock INVOICES[] = {
  { CS_HELP_TEXT,
    N_ ("Here is every sales invoice of the organisation as Xero last said, those made by others, "
        "too: what is owed, what is paid, what is overdue.") },
  { CS_HELP_POINT, N_ ("Open one to see its lines, payments and credits.") },
  { CS_HELP_POINT, N_ ("Open in Xero leads to the invoice itself. It is changed, approved and paid there.") },
  { CS_HELP_POINT,
    N_ ("F5 reads what has changed. By themselves, changes are read while the window is open.") },
  { CS_HELP_HEADING, N_ ("Find what you look for") },
  { CS_HELP_TEXT,
    N_ ("The views over the list show what is open, overdue or paid, each with how many there are. Search by "
        "number, contact, reference or amount, narrow the dates, or press a total or an age to list what it "
        "comes to.") },
  { CS_HELP_TEXT,
    N_ ("Pin what you want to keep in sight. A view can be saved under a name of its own, with its "
        "search, dates, order and columns.") },
  { CS_HELP_HEADING, N_ ("Who owes what, since when") },
  { CS_HELP_TEXT,
    N_ ("By contact, or w on the keyboard, lists the aged receivables: what each contact owes in each "
        "currency, how long it has been due, and since when. Press a name to see its unpaid invoices; "
        "Aged receivables, or Escape, leads back.") },
  { CS_HELP_HEADING, N_ ("In a file or on paper") },
  { CS_HELP_TEXT,
    N_ ("Export writes what is listed, or only the invoices that you chose, as CSV or PDF, and prints "
        "it. The menu of an invoice has Xero’s own PDF of it.") },
  { CS_HELP_HEADING, N_ ("If one is missing or looks old") },
  { CS_HELP_TEXT,
    N_ ("Press F5. If it stays, choose Read everything again from the menu of Activity: all of it "
        "is read and counted anew, which takes longer.") },
};

static const CsHelpBlock ACTIVITY[] = {
  { CS_HELP_TEXT,
    N_ ("Everything that goes to Xero is a row here: waiting, on its way, arrived, or in need of "
        "you. Nothing is sent that isn’t listed.") },
  { CS_HELP_HEADING, N_ ("When something needs you") },
  { CS_HELP_TEXT,
    N_ ("A card on top says what happened, in Xero’s own words, and has the buttons that settle it. "
        "It goes by itself once its cause is gone. If you aren’t looking at the window, a "
        "notification tells you.") },
  { CS_HELP_HEADING, N_ ("When it is in doubt") },
  { CS_HELP_TEXT,
    N_ ("If the connection broke just as an invoice was sent, Countersign first asks Xero whether it "
        "arrived. You need do nothing, and nothing is sent twice.") },
  { CS_HELP_HEADING, N_ ("Three buttons") },
  { CS_HELP_POINT, N_ ("Push now sends what waits, and reads nothing.") },
  { CS_HELP_POINT, N_ ("Refresh from Xero reads what has changed, and sends nothing.") },
  { CS_HELP_POINT, N_ ("Sync now does both.") },
  { CS_HELP_HEADING, N_ ("When you ask somebody for help") },
  { CS_HELP_TEXT,
    N_ ("Support bundle, in the page’s menu, shows and saves what they need to know. It holds no "
        "names, e-mail addresses, amounts or passwords.") },
};

static const CsHelpBlock CATCH_UP[] = {
  { CS_HELP_TEXT,
    N_ ("If an invoice’s day passed while Countersign was not running, or before the proposal was "
        "accepted, it is not billed by itself: somebody may have billed it in Xero by hand.") },
  { CS_HELP_STEP, N_ ("Press Review on its card under Activity.") },
  { CS_HELP_STEP,
    N_ ("Tick those that are to be billed, and choose whether they are dated on their own days or "
        "today.") },
  { CS_HELP_STEP, N_ ("Press Bill. They are held for a moment, as any other.") },
  { CS_HELP_STEP, N_ ("Those that aren’t to be billed: enter a reason and press Skip.") },
  { CS_HELP_TEXT, N_ ("A day before a lock date is marked. Such an invoice can only be dated today, or be "
                      "skipped.") },
};

static const CsHelpBlock PAUSE[] = {
  { CS_HELP_TEXT,
    N_ ("A recurring service can be paused, stopped and resumed after it was accepted. The agreement "
        "itself stays as it is; beside it stands what you said, from which day on, and why.") },
  { CS_HELP_STEP, N_ ("Open the accepted proposal, and the menu beside the service.") },
  { CS_HELP_STEP,
    N_ ("Choose Pause, Stop or Resume, the day from which it counts, and a reason. You see which "
        "invoices that changes.") },
  { CS_HELP_STEP, N_ ("Undo takes it back.") },
  { CS_HELP_TEXT,
    N_ ("What is paused is not billed later, and no jobs are made for it. What is on its way to Xero "
        "already goes on. Don’t send, under Activity, keeps a whole invoice back, with all services "
        "on it; Send after all, on the proposal, lets it go.") },
  { CS_HELP_HEADING, N_ ("A single invoice") },
  { CS_HELP_TEXT, N_ ("Open the months under Planned, and press Skip on the one that is not to be billed.") },
};

static const CsHelpBlock SHAPE[] = {
  { CS_HELP_TEXT,
    N_ ("How invoices look is set once for the practice, under Preferences, Invoices. A client, a "
        "proposal or a single service may have its own; the nearest one counts.") },
  { CS_HELP_POINT, N_ ("Due date, and whether invoices arrive as drafts or authorised.") },
  { CS_HELP_POINT, N_ ("Whether the services of a day stand on one invoice, or each on its own.") },
  { CS_HELP_POINT, N_ ("Branding theme, tracking, account and tax rate, as they are set up in Xero.") },
  { CS_HELP_POINT, N_ ("The prefix and the next number of invoices.") },
  { CS_HELP_HEADING, N_ ("When something in Xero has gone") },
  { CS_HELP_TEXT,
    N_ ("What will be sent is held against Xero first. An archived account, a theme that is gone or "
        "a locked period stops that invoice alone, and its card says what to do.") },
};

static const CsHelpBlock SCHEDULE[] = {
  { CS_HELP_TEXT,
    N_ ("When accepted work goes to Xero is set under Preferences, Sync: immediately, every full "
        "hour, once a day, or by hand. It is held for a moment first in any case.") },
  { CS_HELP_HEADING, N_ ("While no window is open") },
  { CS_HELP_TEXT,
    N_ ("A background process reads Xero once a day and sends what is due. To keep it from starting, "
        "switch Countersign in the background off among the desktop’s start-up programs. Installed "
        "as a Flatpak, Countersign has to stay open for that.") },
  { CS_HELP_HEADING, N_ ("Without a network") },
  { CS_HELP_TEXT, N_ ("Work on. What you accept waits, and goes once Xero can be reached again.") },
  { CS_HELP_HEADING, N_ ("Xero’s allowance") },
  { CS_HELP_TEXT,
    N_ ("Xero allows a program so many calls a minute and a day. Countersign keeps within it by "
        "itself, and keeps a part of it back for sending. What is left can be read under Activity.") },
  { CS_HELP_HEADING, N_ ("One computer that bills") },
  { CS_HELP_TEXT, N_ ("Only one computer of a practice may send invoices: two would each send their own.") },
};

static const CsHelpBlock KEYS[] = {
  { CS_HELP_TEXT, N_ ("Everything can be done from the keyboard.") },
  { CS_HELP_POINT, N_ ("Alt+1 to Alt+5 change the page; Escape goes back.") },
  { CS_HELP_POINT, N_ ("Ctrl+N makes what the page is about; Ctrl+F searches it.") },
  { CS_HELP_POINT, N_ ("J and K, or the arrows, go from row to row; Enter opens the row.") },
  { CS_HELP_POINT, N_ ("F5 reads from Xero; Ctrl+R sends and reads.") },
  { CS_HELP_POINT, N_ ("F1 opens this help where it fits what you are looking at.") },
};

#define BLOCKS(blocks) blocks, G_N_ELEMENTS (blocks)

static const CsHelpTopic TOPICS[] = {
  { "start", N_ ("How it works"), BLOCKS (START), NULL, NULL },
  { "connect", N_ ("Connect to Xero"), BLOCKS (CONNECT), N_ ("_Connect to Xero…"), "win.connect" },
  { "clients", N_ ("Clients"), BLOCKS (CLIENTS), N_ ("Go to _clients"), "win.show-page::clients" },
  { "practice-manager", N_ ("Clients of Practice Manager"), BLOCKS (PRACTICE_MANAGER),
    N_ ("Practice _Manager…"), "win.show-work" },
  { "proposals", N_ ("Write a proposal"), BLOCKS (PROPOSALS), N_ ("Go to _proposals"),
    "win.show-page::proposals" },
  { "acceptance", N_ ("Have a proposal accepted"), BLOCKS (ACCEPTANCE), N_ ("Go to _proposals"),
    "win.show-page::proposals" },
  { "jobs", N_ ("Jobs in Practice Manager"), BLOCKS (JOBS), N_ ("Practice _Manager…"), "win.show-work" },
  { "invoices", N_ ("Invoices"), BLOCKS (INVOICES), N_ ("Go to _invoices"), "win.show-page::invoices" },
  { "activity", N_ ("What is sent, and what needs you"), BLOCKS (ACTIVITY), N_ ("Go to _activity"),
    "win.show-page::activity" },
  { "catch-up", N_ ("Invoices that were missed"), BLOCKS (CATCH_UP), N_ ("Go to _activity"),
    "win.show-page::activity" },
  { "pause", N_ ("Pause or stop a service"), BLOCKS (PAUSE), N_ ("Go to _proposals"),
    "win.show-page::proposals" },
  { "shape", N_ ("How invoices look"), BLOCKS (SHAPE), N_ ("_Preferences"), "win.preferences" },
  { "schedule", N_ ("When it is sent and read"), BLOCKS (SCHEDULE), N_ ("_Preferences"), "win.preferences" },
  { "keys", N_ ("Keyboard"), BLOCKS (KEYS), N_ ("All _shortcuts"), "win.shortcuts" },
};

/* What is looked at, and which topic that is about. Pages by their name, dialogs by their type. */
static const struct
{
  const char *subject;
  const char *topic;
} SUBJECTS[] = {
  { "proposals", "proposals" },
  { "clients", "clients" },
  { "invoices", "invoices" },
  { "activity", "activity" },
  { "jobs", "jobs" },
  { "CsConnectDialog", "connect" },
  { "CsHealthDialog", "connect" },
  { "CsClientDialog", "clients" },
  { "CsClientSetDialog", "clients" },
  { "CsClientPickerDialog", "proposals" },
  { "CsWorkLinkDialog", "practice-manager" },
  { "CsWorkMatchDialog", "practice-manager" },
  { "CsSupportDialog", "activity" },
  { "CsAcceptDialog", "acceptance" },
  { "CsBillingDialog", "pause" },
  { "CsCatchUpDialog", "catch-up" },
  { "CsPreferencesDialog", "shape" },
  { "CsShortcutsDialog", "keys" },
};

/** cs_help_topics_list: Returns: (transfer none) (array length=n_topics): all of them, in the order to read
 * them */
const CsHelpTopic *
cs_help_topics_list (gsize *n_topics)
{
  *n_topics = G_N_ELEMENTS (TOPICS);
  return TOPICS;
}

/** cs_help_topics_find: Returns: (transfer none) (nullable): the topic called @name */
const CsHelpTopic *
cs_help_topics_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TOPICS); i++)
    if (g_strcmp0 (TOPICS[i].name, name) == 0)
      return &TOPICS[i];
  return NULL;
}

/** cs_help_topics_for: Returns: (transfer none): the topic for @subject (nullable); the first where there is
 * none */
const CsHelpTopic *
cs_help_topics_for (const char *subject)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SUBJECTS); i++)
    if (g_strcmp0 (SUBJECTS[i].subject, subject) == 0)
      return cs_help_topics_find (SUBJECTS[i].topic);
  return &TOPICS[0];
}
