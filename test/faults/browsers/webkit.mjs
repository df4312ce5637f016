/**
 * WebKitGTK's MiniBrowser as a visitor would start it, under an X server of its own: under automation it keeps nothing on
 * disk. Its pages are driven over loopback.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ended, killAtExit, killTree } from '../harness/processes.mjs';
import { startTabs } from './tabs.mjs';

const START_MS = 60_000;
const SCREEN = ['-screen', '0', '1280x800x24', '-nolisten', 'tcp'];

export async function openWebKit({ profile, init, hear }) {
  const problems = [];
  const tabs = await startTabs({ hear, init, problems });
  const display = await startDisplay();
  const args = [
    '--javascript-can-open-windows-automatically=true',
    '--cookies-file',
    join(profile, 'cookies'),
    tabs.url,
  ];
  const child = spawn(process.env.MINIBROWSER ?? 'MiniBrowser', args, {
    stdio: 'ignore',
    env: environment(profile, display),
  });
  await once(child, 'spawn');
  killAtExit(child);
  const kill = async () => {
    await ended(killTree(child.pid));
    tabs.close();
  };
  return {
    profile,
    root: child.pid,
    problems,
    open: (url, { init: own } = {}) => tabs.open(url, own),
    /** Its scripts run to the end either way. */
    closeTab: (page) => page.close(),
    kill,
    // It has no other orderly end than a click; what is complete is on disk already.
    close: kill,
  };
}

/** Deletes what a closed MiniBrowser keeps of all origins: the names of its folders are hashes. */
export function wipeWebKit(profile) {
  for (const name of readdirSync(profile)) rmSync(join(profile, name), { recursive: true });
}

/** An X server that ends with its last client; resolves its name. */
async function startDisplay() {
  const server = spawn(process.env.XVFB ?? 'Xvfb', ['-displayfd', '3', '-terminate', ...SCREEN], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  await once(server, 'spawn');
  killAtExit(server);
  const [number] = await once(server.stdio[3], 'data', { signal: AbortSignal.timeout(START_MS) });
  return `:${String(number).trim()}`;
}

function environment(profile, display) {
  const place = Object.fromEntries(
    ['DATA', 'CACHE', 'CONFIG', 'STATE'].map((kind) => [
      `XDG_${kind}_HOME`,
      join(profile, kind.toLowerCase()),
    ]),
  );
  return {
    ...process.env,
    ...place,
    HOME: profile,
    DISPLAY: display,
    GDK_BACKEND: 'x11',
    // Neither a session bus nor a graphics card is there, and waiting for them takes a while.
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    NO_AT_BRIDGE: '1',
    GSETTINGS_BACKEND: 'memory',
    LIBGL_ALWAYS_SOFTWARE: '1',
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
  };
}
