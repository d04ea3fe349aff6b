// SPDX-License-Identifier: GPL-3.0-or-later
// node official-client-test.cjs ADDRESS   Xero's own client against a sandbox that runs there. Prints TAP. See
// check-official-client.py, which starts both.
'use strict';

const assert = require('assert');
const { connect } = require('./official-client.cjs');

const steps = [];
let xero, api, tenant, contact, invoice;

function step(title, run) {
  steps.push([title, run]);
}

/** What a refused call was refused with. */
async function refusal(call) {
  try {
    await call;
  } catch (error) {
    const told = typeof error === 'string' ? JSON.parse(error) : error;
    return told.response;
  }
  throw new Error('it was taken');
}

step('the organisation that was chosen', async () => {
  const tenants = await xero.updateTenants();
  assert.equal(tenants.length, 1);
  assert.ok(tenants[0].orgData.name);
  assert.ok(tenants[0].orgData.baseCurrency);
  tenant = tenants[0].tenantId;
});

step('settings', async () => {
  const lists = [['getAccounts', 'accounts'], ['getTaxRates', 'taxRates'], ['getTrackingCategories', 'trackingCategories'],
    ['getBrandingThemes', 'brandingThemes'], ['getItems', 'items'], ['getCurrencies', 'currencies']];
  for (const [call, name] of lists)
    assert.ok((await api[call](tenant)).body[name].length > 0, name);
  assert.ok((await api.getOrganisationActions(tenant)).body.actions.length > 0);
});

/** All of a list, page by page; the pagination object has to agree with what came. */
async function readAll(get, name) {
  const seen = new Set();
  for (let page = 1; ; page++) {
    const { body } = await get(page);
    body[name].forEach((one) => seen.add(one.contactID && name === 'contacts' ? one.contactID : one.invoiceID));
    if (page >= body.pagination.pageCount) {
      assert.equal(seen.size, body.pagination.itemCount);
      return seen.size;
    }
  }
}

step('contacts by pages', async () => {
  const count = await readAll((page) => api.getContacts(tenant, undefined, undefined, 'ContactID', undefined, page, false,
    false, undefined, 25), 'contacts');
  assert.ok(count > 25);
});

step('invoices by pages, with lines, dates and amounts as the client understands them', async () => {
  const count = await readAll((page) => api.getInvoices(tenant, undefined, 'Type=="ACCREC"', 'InvoiceID', undefined,
    undefined, undefined, undefined, page, false, false, 4, false, 100), 'invoices');
  assert.ok(count > 100);
  const { body } = await api.getInvoices(tenant, undefined, 'Status=="AUTHORISED"', 'Date DESC', undefined, undefined,
    undefined, undefined, 1);
  const one = body.invoices[0];
  assert.ok(one.updatedDateUTC instanceof Date);
  assert.ok(one.lineItems.length > 0);
  assert.ok(Math.abs(one.subTotal + one.totalTax - one.total) < 0.005);
});

step('a contact and an invoice are created; the same key answers the same again', async () => {
  const made = await api.createContacts(tenant, { contacts: [{ name: 'Official Client Ltd', emailAddress: 'a@b.example' }] });
  contact = made.body.contacts[0].contactID;
  const body = { invoices: [{ type: 'ACCREC', contact: { contactID: contact }, invoiceNumber: 'OFFICIAL-1', status: 'DRAFT',
    date: '2026-11-21', dueDate: '2026-12-21', lineAmountTypes: 'Exclusive',
    lineItems: [{ description: 'Work', quantity: 3, unitAmount: 33.33, accountCode: '200', taxType: 'OUTPUT2' }] }] };
  const [first, again] = [await api.createInvoices(tenant, body, true, 4, 'official-1'),
    await api.createInvoices(tenant, body, true, 4, 'official-1')];
  invoice = first.body.invoices[0].invoiceID;
  assert.equal(again.body.invoices[0].invoiceID, invoice);
  assert.equal(first.body.invoices[0].subTotal, 99.99);
  assert.equal(first.body.invoices[0].totalTax, 15);
});

step('it is changed, and read back', async () => {
  await api.updateInvoice(tenant, invoice, { invoices: [{ reference: 'R-2', status: 'AUTHORISED' }] });
  const read = (await api.getInvoice(tenant, invoice)).body.invoices[0];
  assert.equal(read.reference, 'R-2');
  assert.equal(read.status, 'AUTHORISED');
  assert.equal(read.amountDue, 114.99);
});

step('what is wrong is refused as Xero refuses', async () => {
  const none = { type: 'ACCREC', contact: { contactID: contact }, status: 'AUTHORISED', lineItems: [] };
  const answer = await refusal(api.createInvoices(tenant, { invoices: [none] }));
  assert.equal(answer.statusCode, 400);
  assert.equal(answer.body.Type, 'ValidationException');
  assert.ok(answer.body.Elements[0].ValidationErrors[0].Message);
});

step('a note of its history', async () => {
  await api.createInvoiceHistory(tenant, invoice, { historyRecords: [{ details: 'Seen by its own client' }] });
  const { body } = await api.getInvoiceHistory(tenant, invoice);
  assert.ok(body.historyRecords.some((one) => one.details === 'Seen by its own client'));
});

step('modified since: what was just written, and no more', async () => {
  const since = new Date(Date.UTC(2026, 10, 21, 8, 59, 0));
  const { body } = await api.getInvoices(tenant, since, undefined, undefined, undefined, undefined, undefined, undefined, 1);
  assert.deepEqual(body.invoices.map((one) => one.invoiceID), [invoice]);
});

step('disconnected, it is let in no more', async () => {
  await xero.disconnect(xero.tenants[0].id);
  assert.equal((await refusal(api.getOrganisations(tenant))).statusCode, 403);
});

async function main(address) {
  let failed = false;
  xero = await connect(address);
  api = xero.accountingApi;
  console.log(`1..${steps.length}`);
  for (const [index, [title, run]] of steps.entries()) {
    try {
      if (failed)
        throw new Error('not reached');
      await run();
      console.log(`ok ${index + 1} - ${title}`);
    } catch (error) {
      failed = true;
      console.log(`not ok ${index + 1} - ${title}\n# ${String(error.stack || error).slice(0, 2000).replace(/\n/g, '\n# ')}`);
    }
  }
  return failed ? 1 : 0;
}

main(process.argv[2]).then((status) => process.exit(status), (error) => {
  console.log(`Bail out! ${error.stack || error}`);
  process.exit(1);
});
