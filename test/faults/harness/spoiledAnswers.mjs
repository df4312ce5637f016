/** Loaded before the collector (`node --import`): spoils its answers as `FAULTS_ANSWERS` says. See `sabotages.mjs`. */
import { ServerResponse } from 'node:http';

const { writeHead, setHeader, end } = ServerResponse.prototype;

const SPOILS = {
  forgetPause() {
    ServerResponse.prototype.setHeader = function (name, value) {
      return /^retry-after$/i.test(name) ? this : setHeader.call(this, name, value);
    };
    ServerResponse.prototype.writeHead = function (status, ...rest) {
      for (const headers of rest) if (typeof headers === 'object' && headers) delete headers['retry-after'];
      return writeHead.call(this, status, ...rest);
    };
  },
  countTwice: () => doubleLines(/^(kikubari_events_\w+_total\S* )(\d+)$/gm),
  gaugeTwice: () => doubleLines(/^(kikubari_events_dropped_by_devices\S* )(\d+)$/gm),
};

function doubleLines(pattern) {
  ServerResponse.prototype.end = function (body, ...rest) {
    if (!String(body).startsWith('# HELP kikubari_')) return end.call(this, body, ...rest);
    return end.call(
      this,
      String(body).replace(pattern, (_, name, value) => name + 2 * value),
      ...rest,
    );
  };
  // Its length is no longer what was announced.
  ServerResponse.prototype.writeHead = function (status, ...rest) {
    for (const headers of rest)
      if (typeof headers === 'object' && headers && /^text\/plain; version/.test(headers['content-type']))
        delete headers['content-length'];
    return writeHead.call(this, status, ...rest);
  };
}

SPOILS[process.env.FAULTS_ANSWERS]();
