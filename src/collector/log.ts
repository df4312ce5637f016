/** One structured line. Never holds payloads, keys, passwords or full addresses (S16, S17). */
export interface LogEntry {
  time: string;
  level: 'info' | 'warn' | 'error';
  message: string;
  [field: string]: string | number | boolean | null | undefined;
}

export type LogSink = (entry: LogEntry) => void;

type Fields = { [field: string]: string | number | boolean | null | undefined };

/** Writes structured lines to a sink; a sink of `false` writes nothing. */
export interface Log {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

export function createLog(sink: LogSink | false): Log {
  const write = (level: LogEntry['level']) => (message: string, fields?: Fields) => {
    if (sink) sink({ time: new Date().toISOString(), level, message, ...fields });
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/** JSON lines on standard error. */
export const logToStderr: LogSink = (entry) => {
  process.stderr.write(JSON.stringify(entry) + '\n');
};
