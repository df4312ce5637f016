/** Process trees as the kernel sees them: a browser is a dozen processes, and a kill must take all of them at once. */
import { readdirSync, readFileSync } from 'node:fs';
import { until } from './waiting.mjs';

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    // It ended meanwhile.
    return '';
  }
}

const allPids = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** Fields of `/proc/PID/stat` behind the command, which may itself hold spaces and brackets. */
const statOf = (pid) => readProc(pid, 'stat').split(') ').at(-1).split(' ');

/** The process and everything below it. */
export function treeOf(root) {
  const children = new Map();
  for (const pid of allPids()) {
    const parent = Number(statOf(pid)[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const tree = [];
  for (const queue = [root]; queue.length > 0;) {
    const pid = queue.shift();
    tree.push(pid);
    queue.push(...(children.get(pid) ?? []));
  }
  return tree;
}

/** The topmost process whose command line holds `text`. */
export function rootProcess(text) {
  const holding = new Set(allPids().filter((pid) => readProc(pid, 'cmdline').includes(text)));
  return [...holding].find((pid) => !holding.has(Number(statOf(pid)[1])));
}

/** Processes of the tree whose command line holds `text`. */
export function processesIn(root, text) {
  return treeOf(root).filter((pid) => readProc(pid, 'cmdline').includes(text));
}

export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** SIGKILL for the whole tree, which it returns; stopped first, so that nobody reacts to the death of another. */
export function killTree(root) {
  // Looking for the others takes a while, in which the page would go on.
  signal(root, 'SIGSTOP');
  const tree = treeOf(root);
  for (const pid of tree) signal(pid, 'SIGSTOP');
  for (const pid of tree) signal(pid, 'SIGKILL');
  return tree;
}

/** Waits until all of them have ended; one that nobody has buried yet counts as ended. */
export function ended(pids, guardMs) {
  return until(() => pids.every((pid) => !/^[^ZX]/.test(statOf(pid)[0])), 'processes to end', guardMs);
}

/** Kills the child's tree when this program ends before it: what nobody drives would stay for ever. */
export function killAtExit(child) {
  const kill = () => killTree(child.pid);
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}
