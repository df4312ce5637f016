import { UAParser } from 'ua-parser-js';
import type { Properties } from '../core/events.js';

/** Facts that cost time or bytes to find out; loaded only when a campaign asks for one of them. */
export function readDeviceDetails(): Properties {
  const { os, browser } = new UAParser().getResult();
  const details: Properties = {};
  if (os.name) details.os = os.name;
  if (browser.name) details.browser = browser.name;
  return details;
}
