/** The host's page with the planted script, and a stand-in for the collector that answers as a kind of visit asks. */
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { SITE } from '../collector.mjs';

const HOST = ['planted.js', 'host.js']
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join('');
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const BODY = `<form id="form"><button id="button">Buy</button><input id="field" name="size" value="3"></form>
  <div style="height: 4000px">Host page</div>`;

/** Serves script and chunks (from an origin of their own, so that the browser compiles them once), and a page for each kind of visit. */
export function serve(site, { files, program, endpoint, scenarios }) {
  const headers = { 'access-control-allow-origin': '*', 'cache-control': 'max-age=3600' };
  for (const [name, body] of files) {
    const file = { type: 'text/javascript', body, headers };
    site.files.set(`/planted/${name}`, file);
    // Two more sets of files of which some never come.
    if (!/seldom|personal|watch|messages|cookie|device/.test(name)) site.files.set(`/some/${name}`, file);
    if (!/engagement/.test(name)) site.files.set(`/few/${name}`, file);
  }
  // What a page waits for before it is ready.
  site.files.set('/slow.js', (_, response) => setTimeout(() => response.end(), 1500));
  site.files.set('/host.js', { type: 'text/javascript', body: HOST, headers });
  site.files.set('/host-data', (_, response) => response.end('data'));
  for (const scenario of scenarios) {
    const { name } = scenario;
    const page = pageOf(site, scenario, scenario.isReal ? endpoint : `/collector/${name}`);
    site.files.set(`/${name}.html`, (_, response) => response.writeHead(200, HTML).end(page));
    site.files.set(`/collector/${name}/v1/program/${SITE}`, answerProgram(scenario, program));
    site.files.set(`/collector/${name}/v1/batch`, answerBatch(scenario, program));
    site.files.set(`/collector/${name}/v1/facts/${SITE}`, answerAsked(scenario.personal));
    site.files.set(`/collector/${name}/v1/coupon`, answerAsked(scenario.coupon));
  }
}

function pageOf(site, scenario, endpoint) {
  const { attributes = '', before = '', after = '', body = '', files = 'planted', isLater } = scenario;
  const source = site.url(`/${files}/kikubari.js`, 'scripts');
  const tag = `<script crossorigin src="${source}" data-site="${SITE}" data-endpoint="${endpoint}" ${attributes}></script>`;
  // A host that loads us itself has the tag in a template, from which `host.load()` takes it.
  const ours = isLater ? `<template id="ours">${tag}</template>` : tag;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>
    <script crossorigin src="${site.url('/host.js', 'scripts')}"></script>
    <script>${before}</script>${ours}${after}</head><body>${body}${BODY}</body></html>`;
}

/** `limits` only for who asks for them; `change` is asked each time, for what depends on the moment. */
function answerProgram({ campaigns = /^$/, change = (same) => same, isLimited, noProgram }, program) {
  const chosen = program.campaigns.filter(({ id }) => campaigns.test(id));
  const limits = isLimited ? program.limits : undefined;
  return (_, response) => {
    if (noProgram) return response.writeHead(noProgram).end();
    const body = change({ ...program, limits, campaigns: structuredClone(chosen) });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** `answer(times)` to what a page asks beside that, for the so many-eth time: `status` and `body`, or nothing at all. */
function answerAsked(answer = () => ({ status: 404, body: {} })) {
  const times = new Map();
  return (request, response) => {
    const { host } = request.headers;
    request.resume();
    times.set(host, (times.get(host) ?? 0) + 1);
    const answered = answer(times.get(host));
    if (!answered) return;
    const { status = 200, body } = answered;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** `answer(batch)` of a scenario says what is different from a receipt: `status`, `headers`, `body`, or fields of the receipt. */
function answerBatch({ answer = () => ({}) }, { version }) {
  return async (request, response) => {
    const raw = Buffer.concat(await request.toArray());
    const batch = JSON.parse(raw[0] === 0x1f ? gunzipSync(raw) : raw);
    const events = batch.rows.reduce((sum, row) => sum + row.events.length, 0);
    const { status = 200, headers, body, isSilent, ...fields } = answer(batch);
    if (isSilent) return undefined;
    if (!status) return response.destroy();
    const { rejected = [] } = fields;
    const accepted = events - rejected.length;
    const receipt = { accepted, rejected, program: version, commands: [], ...fields };
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    return response.end(body ?? JSON.stringify(receipt));
  };
}
