import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ClearError } from '../clearError.js';
import { createLog, logToStderr, type LogSink } from '../log.js';
import { startServer, type RunningServer } from '../server.js';
import { loadCampaignFiles } from './campaignFiles.js';
import type { Options } from './command.js';

const quietLog: LogSink = (entry) => {
  if (entry.level !== 'info') logToStderr(entry);
};

/** `kikubari serve`: runs until SIGINT or SIGTERM, then drains and closes. */
export async function serve(options: Options, rest: readonly string[]): Promise<number> {
  const key = options.site ?? 'default';
  if (!/^[\w.-]{1,64}$/.test(key))
    throw new ClearError(`--site must be 1 to 64 letters, digits, "-", "_" or ".", not "${key}".`);
  const { campaigns, warnings } = await loadCampaignFiles(campaignFiles(options.campaigns ?? [], rest));
  const sink = options.quiet ? quietLog : logToStderr;
  for (const warning of warnings) createLog(sink).warn(warning);
  const server = await startServer({
    port: wholeNumber('--port', options.port ?? '4600', 65_535),
    host: options.host ?? '127.0.0.1',
    dataDir: options.data ?? 'kikubari-data',
    sdkDir: fileURLToPath(new URL('./sdk/', import.meta.url)),
    consoleDir: fileURLToPath(new URL('./console/', import.meta.url)),
    site: { key, name: options['site-name'] ?? key },
    campaigns,
    trustProxy: wholeNumber('--trust-proxy', options['trust-proxy'] ?? '0', 10),
    log: sink,
  });
  process.stdout.write(welcome(server, key));
  await stopSignal();
  process.stdout.write('Stopping: storing what is still under way ...\n');
  await server.close();
  process.stdout.write('Stopped.\n');
  return 0;
}

/** A shell puts all files of `--campaigns *.json` behind the option: the first is its value, the others stand alone. */
function campaignFiles(named: readonly string[], rest: readonly string[]): string[] {
  const stray = rest.find((word) => named.length === 0 || !word.endsWith('.json'));
  if (stray !== undefined)
    throw new ClearError(
      `"serve" does not know what to do with "${stray}"; "kikubari help" lists its options.`,
    );
  return [...named, ...rest];
}

function welcome({ url, firstAdmin }: RunningServer, key: string): string {
  const account = firstAdmin
    ? `\n  Sign in as   ${firstAdmin.email}\n  Password     ${firstAdmin.password}   (shown this once)\n`
    : '';
  return `Kikubari is running.\n\n  Console      ${url}/console/\n  Script tag   <script src="${url}/kikubari.js" data-site="${key}" async></script>\n${account}\nCtrl-C stops it; nothing is lost.\n`;
}

function stopSignal(): Promise<unknown> {
  return Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max)
    throw new ClearError(`${name} must be a whole number from 0 to ${max}, not "${text}".`);
  return value;
}
