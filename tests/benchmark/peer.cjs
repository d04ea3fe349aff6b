// SPDX-License-Identifier: GPL-3.0-or-later
// node peer.cjs SANDBOX INVOICES DATABASE   what somebody writes who has an afternoon: Xero's own client for Node reads
// everything by pages of 1000, and better-sqlite3 keeps it, a transaction a page (performance.md section 6, P2). The
// refusal beyond 100,000 rows is off here: the client knows no way around it. Prints "name value" lines for run.
'use strict';

const { spawn } = require('child_process');
const Database = require('better-sqlite3');
const { connect } = require('../sandbox/official-client.cjs');

const PAGE_SIZE = 1000;
const TABLES = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  CREATE TABLE contact (id TEXT PRIMARY KEY, name TEXT, email TEXT, status TEXT, updated INTEGER) WITHOUT ROWID;
  CREATE TABLE invoice (id TEXT PRIMARY KEY, type TEXT, number TEXT, reference TEXT, contact TEXT, date TEXT, due TEXT,
    status TEXT, currency TEXT, subtotal REAL, tax REAL, total REAL, amount_due REAL, paid REAL, updated INTEGER)
    WITHOUT ROWID;
  CREATE TABLE line (invoice TEXT, position INTEGER, description TEXT, quantity REAL, price REAL, account TEXT,
    tax_type TEXT, tax REAL, amount REAL, PRIMARY KEY (invoice, position)) WITHOUT ROWID;
  CREATE TABLE payment (id TEXT PRIMARY KEY, invoice TEXT, date TEXT, amount REAL, status TEXT, updated INTEGER) WITHOUT ROWID;
  CREATE TABLE credit (id TEXT PRIMARY KEY, kind TEXT, contact TEXT, date TEXT, total REAL, remaining REAL, status TEXT,
    updated INTEGER) WITHOUT ROWID;`;

const read = { count: 0, invoices: 0 };

function statement(db, table, columns) {
  return db.prepare(`INSERT OR REPLACE INTO ${table} VALUES (${Array(columns).fill('?').join()})`);
}

const when = (date) => date === undefined ? null : +new Date(date);
const text = (value) => value === undefined ? null : String(value);
const number = (value) => value === undefined ? null : value;

function writers(db) {
  const contact = statement(db, 'contact', 5);
  const invoice = statement(db, 'invoice', 15);
  const line = statement(db, 'line', 9);
  const payment = statement(db, 'payment', 6);
  const credit = statement(db, 'credit', 8);
  const writeCredit = (kind, id) => (one) => credit.run(one[id], kind, text(one.contact && one.contact.contactID),
    text(one.date), number(one.total), number(one.remainingCredit), text(one.status), when(one.updatedDateUTC));

  return {
    contacts: (one) => contact.run(one.contactID, text(one.name), text(one.emailAddress), text(one.contactStatus),
      when(one.updatedDateUTC)),
    invoices: (one) => {
      invoice.run(one.invoiceID, text(one.type), text(one.invoiceNumber), text(one.reference),
        text(one.contact && one.contact.contactID), text(one.date), text(one.dueDate), text(one.status),
        text(one.currencyCode), number(one.subTotal), number(one.totalTax), number(one.total), number(one.amountDue),
        number(one.amountPaid), when(one.updatedDateUTC));
      (one.lineItems || []).forEach((item, index) => line.run(one.invoiceID, index, text(item.description),
        number(item.quantity), number(item.unitAmount), text(item.accountCode), text(item.taxType), number(item.taxAmount),
        number(item.lineAmount)));
      read.invoices++;
    },
    payments: (one) => payment.run(one.paymentID, text(one.invoice && one.invoice.invoiceID), text(one.date),
      number(one.amount), text(one.status), when(one.updatedDateUTC)),
    creditNotes: writeCredit('credit note', 'creditNoteID'),
    prepayments: writeCredit('prepayment', 'prepaymentID'),
    overpayments: writeCredit('overpayment', 'overpaymentID'),
  };
}

async function readAll(db, name, write, get) {
  const writePage = db.transaction((rows) => rows.forEach(write));

  for (let page = 1; ; page++) {
    const rows = (await get(page)).body[name];
    writePage(rows);
    read.count += rows.length;
    if (rows.length < PAGE_SIZE)
      return;
  }
}

async function pull(client, tenant, path) {
  const db = new Database(path);
  const api = client.accountingApi;
  const none = undefined;
  db.exec(TABLES);
  const write = writers(db);

  await readAll(db, 'contacts', write.contacts, (page) =>
    api.getContacts(tenant, none, none, 'ContactID', none, page, true, false, none, PAGE_SIZE));
  await readAll(db, 'invoices', write.invoices, (page) =>
    api.getInvoices(tenant, none, none, 'InvoiceID', none, none, none, none, page, true, false, 4, false, PAGE_SIZE));
  await readAll(db, 'payments', write.payments, (page) => api.getPayments(tenant, none, none, none, page, PAGE_SIZE));
  await readAll(db, 'creditNotes', write.creditNotes, (page) =>
    api.getCreditNotes(tenant, none, none, none, page, 4, PAGE_SIZE));
  await readAll(db, 'prepayments', write.prepayments, (page) =>
    api.getPrepayments(tenant, none, none, none, page, 4, PAGE_SIZE));
  await readAll(db, 'overpayments', write.overpayments, (page) =>
    api.getOverpayments(tenant, none, none, none, page, 4, PAGE_SIZE));
  db.close();
}

function start(program, invoices) {
  const sandbox = spawn(program, ['--print-address', '--profile', `count:${invoices}`, '--minute-limit', '1000000',
    '--day-limit', '1000000'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    sandbox.on('error', reject);
    sandbox.stdout.once('data', (line) => resolve({ sandbox, address: String(line).trim() }));
  });
}

async function main([program, invoices, path]) {
  const { sandbox, address } = await start(program, invoices);
  try {
    // What is not named is as it is at Xero again.
    const limits = { rows: 10000000, minute: 1000000, day: 1000000, app_minute: 1000000 };
    await fetch(`${address}/sandbox/limits`, { method: 'POST', body: JSON.stringify(limits) });
    const client = await connect(address);
    const [tenant] = await client.updateTenants(false);
    const wall = process.hrtime.bigint();
    const processor = process.cpuUsage();
    await pull(client, tenant.tenantId, path);
    const used = process.cpuUsage(processor);
    console.log(`peer_wall ${Number(process.hrtime.bigint() - wall) / 1e9}`);
    console.log(`peer_processor ${(used.user + used.system) / 1e6}`);
    console.log(`peer_peak ${process.resourceUsage().maxRSS / 1024}`);
    console.log(`peer_records ${read.count}\npeer_invoices ${read.invoices}`);
  } finally {
    sandbox.kill();
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
