/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox-practice-demo.h"

/* Two people share a name, one has no address, one template looks like markup (xpm 6). */

const SandboxDemoStaff sandbox_demo_staff[] = {
  { "Mia Tamihana", "mia@kauri.example", "+64 4 555 0190" },
  { "Mere Tane", "mere@kauri.example", "+64 4 555 0191" },
  { "Sam Lee", "sam.lee@kauri.example", NULL },
  { "Sam Lee", "samantha@kauri.example", NULL },
  { "Tom O'Neill", "TOM@Kauri.Example", "+64 4 555 0194" },
  { "Temp <Desk> & Co", NULL, NULL },
  { NULL, NULL, NULL },
};

const char *const sandbox_demo_categories[]
    = { "Compliance", "Bookkeeping", "Payroll", "Advisory", "R&D <claims>", NULL };

const SandboxDemoTemplate sandbox_demo_templates[] = {
  { "Annual Accounts", "0:3 2:18 3:6 5:2", "30:Records in|75:Draft to client|90:Filed" },
  { "Company Tax Return", "0:2 4:9 3:3 5:1", "60:Return filed" },
  { "GST Return", "1:6 3:2 5:1", "25:Return filed" },
  { "Monthly Bookkeeping", "1:12 3:2", NULL },
  { "Payroll Run", "6:3 3:1", "3:Paid" },
  { "Advisory Meeting", "7:9", NULL },
  { "<b>R&D</b> \"claim\"", "0:6 2:12", "40:Claim lodged" },
  { "Empty Template", NULL, NULL },
  { NULL, NULL, NULL },
};

/* After the first of the Xero organisation's contacts: namesakes, prospects, and people whom Xero does not
 * know. */
const SandboxDemoClient sandbox_demo_clients[] = {
  { "Patel Family Trust", "Kiran", "Patel", FALSE, FALSE, FALSE },
  { "Patel Family Trust", "Anjali", "Patel", FALSE, FALSE, FALSE },
  { "Totara Holdings Ltd", "Ruth", "Hall", FALSE, FALSE, FALSE },
  { "Ngata Family Trust", "Aroha", "Ngata", TRUE, FALSE, FALSE },
  { "Bright & Early Childcare", "Leilani", "Faleafa", TRUE, FALSE, FALSE },
  { "Kōkako Coffee Roasters Ltd", "Ben", "Aitken", TRUE, FALSE, FALSE },
  { "Old Mill Furniture Ltd", "Vera", "Stone", FALSE, TRUE, FALSE },
  { "Entered Twice Ltd", "Jo", "Twist", FALSE, FALSE, TRUE },
  { NULL, NULL, NULL, FALSE, FALSE, FALSE },
};
