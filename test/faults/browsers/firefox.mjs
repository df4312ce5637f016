/** The system's Firefox, driven by WebDriver BiDi, with a profile that outlives a kill. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ended, killAtExit, killTree, treeOf } from '../harness/processes.mjs';
import { until } from '../harness/waiting.mjs';
import { connectBidi } from './bidi.mjs';
import { startLoopback } from './loopback.mjs';

/** Nothing that a visitor's Firefox would do for a site differs; a start after a kill must not ask anybody anything. */
const PREFERENCES = {
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.sessionstore.resume_from_crash': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.startup.max_resumed_crashes': -1,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};
const CLOSE_MS = 30_000;

export async function openFirefox({ profile, init = '', hear }) {
  const problems = [];
  const loopback = await startLoopback({ hear, problems });
  const child = await start(profile);
  const bidi = await connectBidi(child.address);
  const destroyed = new Set();
  await bidi.on('browsingContext.contextDestroyed', ({ context }) => destroyed.add(context));
  const addInit = (script, contexts) =>
    bidi.send('script.addPreloadScript', { functionDeclaration: `() => { ${script} }`, contexts });
  await addInit(`${loopback.script()}\n${init}`);
  const kill = async () => {
    await ended(killTree(child.pid));
    loopback.close();
  };

  return {
    profile,
    root: child.pid,
    problems,
    async open(url, { init: own } = {}) {
      const { context } = await bidi.send('browsingContext.create', { type: 'tab' });
      if (own) await addInit(own, [context]);
      const page = createPage(bidi, context);
      await page.goto(url);
      return page;
    },
    async closeTab(page) {
      // With what a visitor's click on the cross runs: all handlers of the page.
      await bidi.send('browsingContext.close', { context: page.context, promptUnload: true });
      await until(() => destroyed.has(page.context), 'the tab to close');
    },
    kill,
    async close() {
      const tree = treeOf(child.pid);
      await bidi.send('browser.close').catch(() => undefined);
      await ended(tree, CLOSE_MS).catch(kill);
      loopback.close();
    },
  };
}

/** Deletes what a closed Firefox keeps of the origin. */
export function wipeFirefox(profile, url) {
  const { hostname, port } = new URL(url);
  const folder = join(profile, 'storage/default');
  const name = `http+++${hostname}+${port}`;
  if (!readdirSync(folder).includes(name)) throw new Error(`Firefox keeps no ${name} in ${folder}`);
  rmSync(join(folder, name), { recursive: true });
  for (const file of readdirSync(profile).filter((one) => one.startsWith('cookies.sqlite')))
    rmSync(join(profile, file));
}

async function start(profile) {
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  const child = spawn(process.env.FIREFOX ?? 'firefox', args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Root's Firefox refuses a home that is somebody else's.
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
  });
  await once(child, 'spawn');
  killAtExit(child);
  let output = '';
  child.stderr.on('data', (text) => (output = (output + text).slice(-20_000)));
  const address = await until(() => {
    if (child.exitCode !== null) throw new Error(`Firefox did not start:\n${output}`);
    return /WebDriver BiDi listening on (ws:\S+)/.exec(output)?.[1];
  }, 'Firefox to listen');
  return { pid: child.pid, address };
}

function createPage(bidi, context) {
  return {
    context,
    evaluate: (run, arg) => bidi.call({ context }, run, arg),
    goto: (url) => bidi.send('browsingContext.navigate', { context, url, wait: 'complete' }),
    close: () => bidi.send('browsingContext.close', { context }),
  };
}
