// SPDX-License-Identifier: GPL-3.0-or-later
// Xero's own client for Node, xero-node, with nothing but its base address changed. For official-client-test.cjs and
// tests/benchmark/peer.cjs. Its sign-in can't be used here: it discovers keys and checks signatures, and the sandbox has
// none; so the sign-in is made by hand, as a person with a browser would, and its token handed over.
'use strict';

const { createHash, randomBytes } = require('crypto');
const { XeroClient } = require('xero-node');

const CLIENT_ID = 'DEMO0000000000000000000000000000';
const REDIRECT = 'http://localhost:8742/callback';
const SCOPES = 'openid profile email offline_access accounting.contacts accounting.invoices accounting.payments.read ' +
  'accounting.settings.read';

function cut(text, before) {
  const start = text.indexOf(before) + before.length;
  return text.slice(start, text.indexOf('"', start));
}

async function signIn(address) {
  const verifier = randomBytes(48).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code', client_id: CLIENT_ID, redirect_uri: REDIRECT, scope: SCOPES, state: 'official-client',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  });
  const page = await (await fetch(`${address}/identity/connect/authorize?${query}`)).text();
  const consent = await fetch(`${address}/identity/connect/authorize/decision`, {
    method: 'POST', redirect: 'manual',
    body: new URLSearchParams({
      request: cut(page, 'name="request" value="'), organisation: cut(page, '<option value="'), decision: 'allow',
    }),
  });
  const code = new URL(consent.headers.get('location')).searchParams.get('code');
  const answer = await fetch(`${address}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code', client_id: CLIENT_ID, code, redirect_uri: REDIRECT, code_verifier: verifier,
    }),
  });
  if (!answer.ok)
    throw new Error(`no token: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** A XeroClient that is signed in to the sandbox at that address. */
async function connect(address) {
  const axios = require(require.resolve('axios', { paths: [require.resolve('xero-node')] }));
  axios.interceptors.request.use((request) => {
    request.url = request.url.replace(/^https:\/\/(login|identity|api)\.xero\.com/, address);
    return request;
  });
  const client = new XeroClient();
  client.accountingApi.basePath = `${address}/api.xro/2.0`;
  client.setTokenSet(await signIn(address));
  return client;
}

module.exports = { connect };
