/** Firefox and WebKitGTK for the rows of the fault matrix that run there as well, and what drives them. */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, root, run } from '../run.mjs';
import { hasApt, installWithApt } from './apt.mjs';
import { ensureDependencies } from './dependencies.mjs';

const FIREFOX = ['firefox-esr', 'firefox'];
const MAC_FIREFOX = '/Applications/Firefox.app/Contents/MacOS/firefox';
/** Where distributions put WebKitGTK's own small browser; some have a folder per architecture in between. */
const WEBKIT_PARENTS = ['/usr/libexec', '/usr/lib', '/usr/lib64'];
const WEBKIT_FOLDERS = ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'];
const START_TIMEOUT_MS = 60_000;

/** Makes ready what `browser` (`firefox` or `webkit`) needs; resolves the environment for the harness. */
export async function ensureOtherBrowser(browser) {
  if (browser === 'webkit') return ensureWebKit();
  const found = await ensureFirefox();
  await ensureDependencies(join(root, 'test/faults/browsers'));
  return found;
}

/** A Firefox that starts, as `FIREFOX`. */
export async function ensureFirefox() {
  const places = () => [...onPath(FIREFOX), MAC_FIREFOX];
  return ensureProgram({ name: 'FIREFOX', title: 'Firefox', places, works: starts, debian: 'firefox-esr' });
}

/** WebKitGTK's MiniBrowser as `MINIBROWSER`, and as `XVFB` the X server without which it tells not even its version. */
export async function ensureWebKit() {
  const works = existsSync;
  const xvfb = { name: 'XVFB', title: 'WebKitGTK', places: () => onPath(['Xvfb']), works, debian: 'xvfb' };
  const browser = { name: 'MINIBROWSER', title: 'WebKitGTK', places: webkitPlaces, works };
  return {
    ...(await ensureProgram({ ...browser, debian: 'webkit2gtk-driver' })),
    ...(await ensureProgram(xvfb)),
  };
}

/** The variable `name` with the path of a program: as it is set, what the system has, what apt-get installs, or a `Failure`. */
async function ensureProgram({ name, title, places, works, debian }) {
  const set = process.env[name];
  if (set) {
    if (existsSync(set) && (await works(set))) return { [name]: set };
    throw new Failure(`${name} names ${set}, which does not start: correct it or unset it.`);
  }
  const find = async () => {
    for (const path of places()) if (existsSync(path) && (await works(path))) return { [name]: path };
    return undefined;
  };
  return (
    (await find()) ??
    (await installProgram({ name, title, debian })) ??
    (await find()) ??
    giveUp(title, debian)
  );
}

async function installProgram({ name, title, debian }) {
  const needed = `The faults in ${title} need what Debian calls ${debian}`;
  if (!(await hasApt()))
    throw new Failure(`${needed}: install it, or set ${name} to the path of the program, and try again.`);
  console.log(`Installing ${debian} with apt-get …`);
  const trouble = await installWithApt([debian]);
  if (trouble) throw new Failure(`${needed}, and apt-get could not install it:\n${trouble}`);
}

function giveUp(title, debian) {
  throw new Failure(`apt-get has installed ${debian}, and still no ${title} is found that starts.`);
}

const onPath = (names) => {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
};

function webkitPlaces() {
  const parents = WEBKIT_PARENTS.filter((parent) => existsSync(parent));
  const inner = parents.flatMap((parent) =>
    readdirSync(parent)
      .filter((one) => one.includes('-linux-'))
      .map((one) => join(parent, one)),
  );
  return [...inner, ...parents].flatMap((parent) =>
    WEBKIT_FOLDERS.map((folder) => join(parent, folder, 'MiniBrowser')),
  );
}

/** Asks for the version: a placeholder that only points to another package manager fails here. */
async function starts(path) {
  const { code } = await run(path, ['--version'], { quiet: true, timeoutMs: START_TIMEOUT_MS });
  return code === 0;
}
