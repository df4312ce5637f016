/** One call that matters to durability, in the order in which they happened. */
export interface Call {
  kind: 'write' | 'sync' | 'folder sync' | 'answer';
  text: string;
}

const WHOLE = /^\d+ +(\w+)\(\d+<([^>]*)>,? ?(.*)\) += (-?\d+)/s;
const BEGUN = /^(\d+) +(\w+)\(\d+<([^>]*)>,? ?(.*?) ?<unfinished \.\.\.>$/s;
const RESUMED = /^(\d+) +<\.\.\. \w+ resumed>.*\) += (-?\d+)/s;

interface Begun {
  name: string;
  target: string;
  text: string;
}

/**
 * Reads the output of `strace -f -y`. A write or a sync counts when it has returned, an answer when it is begun: the order that is
 * hardest to satisfy.
 */
export function readStrace(output: string): Call[] {
  const calls: Call[] = [];
  const begun = new Map<string, Begun>();
  const add = (name: string, target: string, text: string, isAnswer: boolean) => {
    const kind = kindOf(name, target, text);
    if (kind && (kind === 'answer') === isAnswer) calls.push({ kind, text });
  };
  for (const line of output.split('\n')) {
    const start = BEGUN.exec(line);
    const end = RESUMED.exec(line);
    const whole = WHOLE.exec(line);
    if (start) {
      const [, pid = '', name = '', target = '', text = ''] = start;
      begun.set(pid, { name, target, text });
      add(name, target, text, true);
    } else if (end) {
      const one = begun.get(end[1]!);
      begun.delete(end[1]!);
      if (one && Number(end[2]) >= 0) add(one.name, one.target, one.text, false);
    } else if (whole && Number(whole[4]) >= 0) {
      const [, name = '', target = '', text = ''] = whole;
      add(name, target, text, kindOf(name, target, text) === 'answer');
    }
  }
  return calls;
}

function kindOf(name: string, target: string, text: string): Call['kind'] | undefined {
  const isJournal = target.endsWith('.journal');
  if (name === 'fdatasync' || name === 'fsync') {
    return isJournal ? 'sync' : target.endsWith('/journal') ? 'folder sync' : undefined;
  }
  if (isJournal) return 'write';
  return /(socket|TCP|UNIX)/.test(target) && text.includes('HTTP/1.1 ') ? 'answer' : undefined;
}
