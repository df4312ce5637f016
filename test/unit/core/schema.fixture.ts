/** What a schema cannot say, and files that are changed at random. */
import fc from 'fast-check';
import { FAULTS } from './campaignFile.fixture.js';

/** What a schema cannot say, and which message of the validator says it. */
export const BEYOND_SCHEMA: [reason: string, message: RegExp][] = [
  ['it compares no two places: ids', /is used twice/],
  ['it compares no two places: moments', /is not after "from"/],
  ['it compares no two places: times of the day', /is the same as "from"/],
  ['it follows no name: segments', /is not a segment; /],
  ['it follows no name: circles of segments', /needs itself/],
  ['it follows no name: chains of segments', /stands on \d+ segments/],
  ['it follows no name: cards', /is not a card; /],
  [
    'it follows no name: ways through the cards',
    /can be reached from itself|is never reached|is never asked before/,
  ],
  ['it follows no name: cards to begin with instead', /is not a card after that of the coupon/],
  ['it compares no two places: pools', /is a second pool/],
  ['it compares no two places: what is left of a card', /would leave/],
  ['it follows no name: questions', /is not a question of this message/],
  ['it counts no levels', /is nested deeper than/],
  ['it counts no conditions', /conditions are more than/],
  [
    'it reads no regular expression',
    /\.matches: .* (?:is no regular|may take|looks ahead|refers back|repeats)/,
  ],
  ['it follows no name: public facts', /is not a public fact; |is a public fact with the value/],
  ['it does not tell conditions from what else holds tests', /is a public fact, which only a condition/],
  ['it counts no values, and no characters of a whole', /(?:values|characters) are more than/],
  ['it knows no zones', /is not a time zone/],
  ['it knows no calendar: the moment is none, or before 1970', /is not a moment with its zone/],
  // The collector and the SDK count as JavaScript does, in UTF-16.
  ['it counts an emoji once', /[\ud800-\udfff].* (?:is not an event name|is not a tag|is longer than 200)/],
  ['it does not reckon with durations', /is longer than 100 years|\.(?:before|after): "[+-]\d{5,}/],
  ['it knows no leap years', /\.(?:before|after): "\d{4}-02-29/],
];

/** One change somewhere in a file; the numbers choose the place. */
interface Mutation {
  how: 'remove' | 'replace' | 'add' | 'move' | 'twice';
  place: number;
  key: string;
  value: unknown;
  from: number;
}

const KEYS = [
  '$schema',
  'is',
  'where',
  'of',
  'zone',
  'event',
  'within',
  'page',
  'until',
  'every',
  'note',
  'style',
  'x',
];
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  how: fc.constantFrom('remove', 'replace', 'add', 'move', 'twice'),
  place: fc.nat(),
  from: fc.nat(),
  key: fc.constantFrom(
    ...KEYS,
    'goal',
    'caps',
    'tags',
    'limits',
    'segments',
    'end',
    'next',
    'branches',
    'label',
  ),
  value: fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      1,
      -1,
      0.5,
      1.5,
      5,
      200,
      '',
      ' ',
      'a',
      '7d',
      '0d',
      'ever',
      'session',
      '/a',
    ),
    fc.constantFrom<unknown>(
      '2026-05-01',
      '2026-05-01T09:00:00+09:00',
      '1969-12-31T20:00:00-05:00',
      'now',
      '-3d',
      'v2.1',
      'Asia/Tokyo',
      '//a',
      'https://a',
    ),
    fc.constantFrom<unknown>(
      [],
      {},
      ['a'],
      [1],
      { eq: 1 },
      { en: 'a' },
      { last: '7d' },
      { calendar: 'day' },
      ...FAULTS.map(([, value]) => value),
    ),
    fc.jsonValue({ maxDepth: 2 }),
  ),
});

type Holder = { [key: string]: unknown };

/** Every place of a document: the holder and the key in it. */
function placesOf(root: unknown): [holder: Holder, key: string][] {
  if (typeof root !== 'object' || root === null) return [];
  return Object.keys(root).flatMap(
    (key) => [[root as Holder, key], ...placesOf((root as Holder)[key])] as [Holder, string][],
  );
}

export function mutate(file: unknown, { how, place, from, key, value }: Mutation): unknown {
  const places = placesOf(file);
  if (!places.length) return file;
  const [holder, name] = places[place % places.length]!;
  const [source, sourceKey] = places[from % places.length]!;
  if (how === 'remove' && Array.isArray(holder)) holder.splice(Number(name), 1);
  else if (how === 'remove') delete holder[name];
  else if (how === 'add' && !Array.isArray(holder)) holder[key] = structuredClone(value);
  else if (how === 'twice' && Array.isArray(holder)) holder.push(structuredClone(holder[Number(name)]));
  else holder[name] = structuredClone(how === 'move' ? source[sourceKey] : value);
  return file;
}
