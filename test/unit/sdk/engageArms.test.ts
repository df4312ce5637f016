// @vitest-environment jsdom
/** Between the decision and its claim somebody logs in: the arm of the person they are now is what counts (D9). */
import { afterEach, expect, it } from 'vitest';
import { unitHash } from '../../../src/core/assign.js';
import type { Variant } from '../../../src/core/program.js';
import { expandFacts } from '../../cases/expand.js';
import { pageWith } from './engagePage.js';

const variants: Variant[] = ['a', 'b'].map((id) => ({ id, content: { format: 'banner', cards: [] } }));
const before = expandFacts();
/** A user of another arm than the visitor has without one. */
const userWhere = (isOther: (user: string) => boolean) =>
  Array.from({ length: 50 }, (_, index) => `user-${index}`).find(isOther)!;

afterEach(() => document.body.replaceChildren());

it('who is of another variant now sees that one, once', async () => {
  const armOf = (person: string) => (unitHash(`one/variant/${person}`) < 0.5 ? 'a' : 'b');
  const user = userWhere((one) => armOf(one) !== armOf(before.visitor));
  const { engage, told, mounted, state } = pageWith([{ id: 'one', variants }]);
  const shown = engage.occasion({ trigger: 'page' });
  state.facts = { ...before, user };
  await shown;
  expect(told).toEqual([`exposed one:${armOf(user)}`, 'mounted one']);
  expect(mounted[0]!.request.variant).toBe(armOf(user));
});

it('who is of the hold-out now sees nothing', async () => {
  const isHeld = (person: string) => unitHash(`/holdout/${person}`) < 0.5;
  expect(isHeld(before.visitor)).toBe(false);
  const { engage, told, state } = pageWith([{ id: 'one', variants }], { limits: { holdOut: 0.5 } });
  const shown = engage.occasion({ trigger: 'page' });
  state.facts = { ...before, user: userWhere(isHeld) };
  await shown;
  expect(told.filter((what) => /mounted|:[ab]$/.test(what))).toEqual([]);
});
