/** How many of anything a message may have: validator and schema draw the same line. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { validateCampaignFile } from '../../../../src/core/validate/campaignFile.js';
import { campaignsSchema } from '../../../../src/core/validate/schema/schemas.js';
import { asking, CONTENT, fileOf, messageOf, QUESTION } from './content.fixture.js';

const isSchematic = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(
  campaignsSchema,
);

const times = <T>(count: number, item: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => item(at));
const text = { block: 'text', text: 'Hi' };
const cards = (count: number, first: object = {}) => ({
  ...messageOf([text]),
  cards: times(count, (at) => ({ id: `c${at}`, blocks: [text], ...(at ? {} : first) })),
});
const question = { block: 'question', question: { kind: 'nps', id: 'q', label: 'Q?' } };
const branching = (count: number) =>
  cards(2, { blocks: [question], branches: times(count, () => ({ is: { gte: 9 }, to: 'c1' })) });
const button = (at: number) => ({ id: `b${at}`, label: 'B', action: { do: 'close' } });
const choice = (at: number) => ({ value: `v${at}`, label: 'V' });
const picture = (at: number) => ({ ...choice(at), src: '/a.png' });

const LIMITS: [what: string, most: number, path: string, of: (count: number) => object][] = [
  ['cards', 100, `${CONTENT}.cards`, (count) => fileOf(cards(count))],
  ['branches', 50, `${CONTENT}.cards[0].branches`, (count) => fileOf(branching(count))],
  ['blocks', 50, `${CONTENT}.cards[0].blocks`, (count) => fileOf(messageOf(times(count, () => text)))],
  ['buttons', 20, `${CONTENT}.cards[0].blocks[0].buttons`, (count) => fileOf(messageOf([{ block: 'buttons', buttons: times(count, button) }]))], // prettier-ignore
  ['choices', 200, `${QUESTION}.choices`, (count) => fileOf(asking({ kind: 'choice', choices: times(count, choice) }))], // prettier-ignore
  ['choices', 200, `${QUESTION}.choices`, (count) => fileOf(asking({ kind: 'picture', choices: times(count, picture) }))], // prettier-ignore
  ['campaigns', 2000, 'campaigns', (count) => {
    const { campaigns, ...file } = fileOf(messageOf([text]));
    return { ...file, campaigns: times(count, (at) => ({ ...(campaigns as object[])[0], id: `c${at}` })) };
  }], // prettier-ignore
];

describe('of a file', () => {
  it.each(LIMITS)('%s may be %i and not one more', (what, most, path, of) => {
    const errorsOf = (file: object) =>
      validateCampaignFile(file).problems.filter(({ severity }) => severity === 'error');
    expect(errorsOf(of(most))).toEqual([]);
    expect(isSchematic(of(most))).toBe(true);
    expect(errorsOf(of(most + 1)).map(({ path, message }) => [path, message])).toContainEqual([
      path,
      `${path}: ${most + 1} ${what} are more than ${most}; leave some out, or split it`,
    ]);
    expect(isSchematic(of(most + 1))).toBe(false);
  });
});
