/** The options of `npm run demo`. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, root } from '../run.mjs';

export const HELP = `npm run demo -- [options]

  --port PORT       port to listen on (default 4600; 0 picks a free one)
  --data DIR        where events, campaigns and accounts are kept (default .kikubari)
  --traffic DAYS    days of synthetic visits at the first start, 0-28 (default 14)
  --host ADDRESS    address to listen on (default 127.0.0.1: this machine only)
`;

const OPTIONS = {
  port: { type: 'string', default: '4600' },
  data: { type: 'string', default: join(root, '.kikubari') },
  traffic: { type: 'string', default: '14' },
  host: { type: 'string', default: '127.0.0.1' },
  help: { type: 'boolean', short: 'h' },
};

/** What the command line asks for, null for `--help`; a `Failure` names the option and what it takes. */
export function readOptions() {
  const values = parse();
  if (values.help) return null;
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535)
    throw new Failure(`--port ${values.port} is not a port; give a number from 0 to 65535.`);
  const days = Number(values.traffic);
  if (!/^\d+$/.test(values.traffic) || days > 28)
    throw new Failure(`--traffic ${values.traffic} is not 0 to 28 days.`);
  return { port, host: values.host, dataDir: resolve(values.data), days };
}

function parse() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    throw new Failure(`${error.message}\n\n${HELP}`, { cause: error });
  }
}
