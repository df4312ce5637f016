/** Where random logs begin: on an ordinary evening, and shortly before clocks on the wall are changed. */
import { NOW } from '../../cases/expand.js';

export interface World {
  title: string;
  /** Time of the first event, ms. */
  start: number;
  /** When a clock is changed, ms. */
  change?: number;
}

const HOUR_MS = 3_600_000;
const before = (title: string, change: string): World => ({
  title,
  start: Date.parse(change) - 3 * HOUR_MS,
  change: Date.parse(change),
});

/** Of 2026. Who has clocks changed there: see `ZONES`. */
export const WORLDS: World[] = [
  { title: 'an ordinary evening', start: NOW },
  before('Berlin, an hour is left out', '2026-03-29T01:00Z'),
  before('Berlin, an hour comes twice', '2026-10-25T01:00Z'),
  before('New York, an hour is left out', '2026-03-08T07:00Z'),
  before('New York, an hour comes twice', '2026-11-01T06:00Z'),
  before('Cairo, there is no midnight', '2026-04-23T22:00Z'),
  before('Havana, midnight comes twice', '2026-11-01T05:00Z'),
  before('Lord Howe, half an hour comes twice', '2026-04-04T15:00Z'),
];

/** One that has no summer, one that is a quarter of an hour apart from all others, and those of the worlds. */
export const ZONES = [
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/New_York',
  'Africa/Cairo',
  'America/Havana',
  'Australia/Lord_Howe',
];

/** The visitor's: one may travel, and one may say nothing of use. */
export const OWN_ZONES = [...ZONES, undefined, 'Mars/Olympus'];
