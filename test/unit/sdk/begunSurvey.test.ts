import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createBegunSurvey, type Begun } from '../../../src/sdk/begunSurvey.js';

const begun: Begun = {
  visitor: 'v',
  campaign: 'survey',
  version: 1,
  variant: 'a',
  submission: 's',
  answers: { q: ['a', 'b'] },
};

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.unstubAllGlobals());

it('is there for the next page of the tab until it is forgotten', () => {
  createBegunSurvey('shop').keep(begun);
  const next = createBegunSurvey('shop');
  expect(next.read()).toEqual(begun);
  next.keep();
  expect([next.read(), sessionStorage.length]).toEqual([undefined, 0]);
});

it('is not that of another site of the same origin', () => {
  createBegunSurvey('shop').keep(begun);
  const other = createBegunSurvey('blog');
  expect(other.read()).toBeUndefined();
  other.keep();
  expect(createBegunSurvey('shop').read()).toEqual(begun);
});

it('does without a storage that is refused, full or spoilt', () => {
  const survey = createBegunSurvey('shop');
  expect(survey.read()).toBeUndefined();
  const key = 'kikubari-shop-survey';
  for (const spoilt of ['{', '', 'null']) {
    sessionStorage.setItem(key, spoilt);
    expect(survey.read()).toBeUndefined();
  }
  const refuse = () => {
    throw new DOMException('refused', 'SecurityError');
  };
  for (const storage of [
    { getItem: refuse, setItem: refuse, removeItem: refuse },
    { getItem: () => null, setItem: refuse },
    undefined,
  ]) {
    vi.stubGlobal('sessionStorage', storage);
    expect(survey.read()).toBeUndefined();
    expect(() => survey.keep(begun)).not.toThrow();
    expect(() => survey.keep()).not.toThrow();
  }
});
