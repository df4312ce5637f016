import { momentAt } from '../../moreOperators.js';
import type { Asked } from './values.js';

/** A date must lie on this side of a moment. */
export interface Side {
  isAfter: boolean;
  moment: string;
}

/** The moments of a test, those in `every` too. Of a negated test there are none. */
export function moments({ test, isNegated }: Asked): Side[] {
  if (isNegated) return [];
  const { after, before, every } = test;
  return [
    ...(after === undefined ? [] : [{ isAfter: true, moment: after }]),
    ...(before === undefined ? [] : [{ isAfter: false, moment: before }]),
    ...(every ? moments({ test: every, isNegated }) : []),
  ];
}

const isFromNow = (moment: string) => moment === 'now' || /^[+-]/.test(moment);

/** False only if no date lies on the right side of all. What moves with now is compared with what does so too. */
export function momentsMeet(sides: readonly Side[]): boolean {
  return [true, false].every((moves) => {
    const among = sides.filter(({ moment }) => isFromNow(moment) === moves);
    const at = (isAfter: boolean) =>
      among.filter((side) => side.isAfter === isAfter).map(({ moment }) => momentAt(moment)(0));
    return Math.max(-Infinity, ...at(true)) < Math.min(Infinity, ...at(false));
  });
}
