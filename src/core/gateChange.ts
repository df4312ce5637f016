/** The smallest change of the visitor, the moment or the campaign that makes a gate answer otherwise. */
import { CONTROL, HOLD_OUT } from './automatic.js';
import { BudgetSpent, createBudget, spend } from './budget.js';
import type { Alteration, Change, Obstacle } from './change.js';
import { createAltered, laterBy, type FirstWorld, type World } from './changedWorld.js';
import { nextDue } from './clockChange.js';
import { isCombination } from './combination.js';
import { conditionChange, type Asking, type Rows } from './conditionChange.js';
import { decide } from './decide.js';
import { LONGEST_MS } from './duration.js';
import type { Finding, Gate } from './decision.js';
import type { Check, Context, Row } from './gates.js';
import { turningPoint } from './later.js';
import { ALL_TRIGGERS } from './liveTriggers.js';
import { notUnderstood } from './notUnderstood.js';
import type { Campaign, SimpleTrigger } from './program.js';
import type { CampaignRules, Rules } from './rules.js';
import { testerOf } from './test.js';
import { readTrigger } from './trigger.js';
import { UnknownOperator } from './unknownOperator.js';
import { pathsFor, propertiesFor } from './valuesFor.js';

/** To compare so many things costs as much as another question. */
const ROWS = 30;

const none = (because: Obstacle): Alteration[] => [{ kind: 'none', because }];

/** Why not all that might do was tried; undefined if it was. */
const missedIn = ({ budget }: World): Alteration[] | undefined =>
  budget?.missed && [{ kind: 'none', ...budget.missed }];

/** A gate, asked anew in whatever world. */
function ask(check: Check, world: World, rows: Rows = new Map(), of?: 'moments'): Row[] {
  const { past, facts, occasion } = world;
  spend(world, 1, of);
  const trace: Context['trace'] = (path, passed, _, found) => void rows.set(path, [passed, found]);
  try {
    const answer = check({ past, facts, now: occasion.now, occasion, memo: [], trace });
    spend(world, rows.size / ROWS, of);
    return answer;
  } catch (error) {
    if (error instanceof BudgetSpent) throw error;
    return [['', false, null, String(error)]];
  }
}

const passesIn = (check: Check, world: World, of?: 'moments') =>
  ask(check, world, undefined, of).every(([, passed]) => passed);

/** Given what failed, what would have to be otherwise. */
type Solve = (asked: {
  campaign: Campaign;
  check: Check;
  world: World;
  failing: Row[];
  rules: Rules;
  alter: Asking['alter'];
}) => Alteration[];

/** What makes the occasion of a trigger: its page, if it asks for one, and what it waits for. Undefined if it cannot be read. */
function occasionFor(trigger: SimpleTrigger, world: World): Alteration[] | undefined {
  const { page } = trigger;
  const { now } = world.occasion;
  try {
    readTrigger(trigger, ALL_TRIGGERS);
    if (page) testerOf(page);
    const [path] = page ? pathsFor(page, true, undefined, now, world) : [];
    const properties = trigger.on == 'event' ? propertiesFor(trigger.where, now, world) : undefined;
    return [
      ...(path === undefined ? [] : [{ kind: 'fact' as const, fact: 'page.path', value: path }]),
      { kind: 'trigger', trigger, ...(properties && { properties }) },
    ];
  } catch (error) {
    if (error instanceof UnknownOperator) return undefined;
    throw error;
  }
}

const SOLVE: { [gate in Gate]?: Solve } = {
  status({ failing }) {
    const found = failing[0]![3];
    if (found === null) return none('unpublished');
    // Why it was stopped stands where else its status does.
    return typeof found == 'object' ? none('stopped') : [{ kind: 'edit', path: 'status', value: 'live' }];
  },

  schedule({ campaign, check, world, failing }) {
    if (failing.some(([path, , , found]) => path != 'schedule' && found === undefined)) return none('zone');
    const isSo = (at: number) => passesIn(check, laterBy(world, at), 'moments');
    const at = nextDue(campaign.schedule ?? {}, isSo, world);
    return at === undefined ? none('over') : [{ kind: 'wait', until: at }];
  },

  consent: ({ failing }) => [{ kind: 'consent', purpose: failing[0]![2] as 'measure' }],

  trigger({ campaign, check, world, alter }) {
    const { trigger } = world.occasion;
    // Programs come from afar: one may be nothing at all.
    const own = campaign.triggers
      .filter(Boolean)
      .sort((a, b) => Number(b.on == trigger) - Number(a.on == trigger));
    for (const each of own) {
      const change = isCombination(each) ? undefined : occasionFor(each, world);
      if (!change) continue;
      const found = [change.slice(0, 1), change.slice(-1), change].find((some) =>
        passesIn(check, alter(world, some)),
      );
      if (found) return found;
    }
    // Its parts are told one by one, and those that are missing are marked.
    return none(own.some(isCombination) ? 'parts' : 'noneFound');
  },

  audience({ campaign, check, world, rules, alter, failing }) {
    if (failing.some(([path]) => path == 'rollout')) return none('rollout');
    return audienceChange(campaign, check, world, rules, alter, true) ?? missedIn(world) ?? none('noneFound');
  },

  frequency({ check, world, alter }) {
    const { now } = world.occasion;
    const session: Alteration = { kind: 'session' };
    for (const before of [[], [session]]) {
      const there = alter(world, before);
      if (passesIn(check, there)) return before;
      const isSo = (at: number) => passesIn(check, laterBy(there, at));
      // A window counts to its edge.
      const last = now + LONGEST_MS + 1;
      if (isSo(last)) return [...before, { kind: 'wait', until: turningPoint(isSo, now, last) }];
    }
    return none('spent');
  },

  group: ({ check, world, alter }) =>
    passesIn(check, alter(world, [{ kind: 'session' }])) ? [{ kind: 'session' }] : none('noneFound'),
};

function audienceChange(
  campaign: Campaign,
  check: Check,
  world: World,
  rules: Rules,
  alter: Asking['alter'],
  wanted: boolean,
): Alteration[] | undefined {
  // Several conditions ask in one world, and that is one question.
  const known = new WeakMap<World, Rows>();
  const rowsOf = (there: World) => {
    const before = known.get(there);
    if (before) return before;
    const rows: Rows = new Map();
    known.set(there, rows);
    ask(check, there, rows);
    return rows;
  };
  const asking: Asking = { ...rules.program, atoms: rules.atoms, rows: rowsOf, alter };
  const found = conditionChange(asking, campaign.audience!, 'audience', wanted, world);
  const isSo = (some: readonly Alteration[]) => passesIn(check, alter(world, some)) == wanted;
  if (!found || !isSo(found)) return undefined;
  // What another part has made needless goes, or is less.
  const all = merged(found);
  const needed = all.reduce((kept, one) => {
    const without = kept.filter((other) => other !== one);
    return isSo(without) ? without : kept;
  }, all);
  return needed.reduce((kept, one, index) => {
    const instead = (other: Alteration) => kept.map((same, at) => (at == index ? other : same));
    return instead(least(one, world.occasion.now, (other) => isSo(instead(other))));
  }, needed);
}

/** The same with fewer events, or earlier, as long as that does. */
function least(one: Alteration, now: number, does: (other: Alteration) => boolean): Alteration {
  const isWait = one.kind == 'wait';
  if (!isWait && one.kind != 'event') return one;
  const so = (size: number): Alteration => (isWait ? { ...one, until: size } : { ...one, count: size });
  const isEnough = (size: number) => does(so(size));
  const size = isWait ? one.until : one.count;
  if (!isWait && size == 1) return one;
  // Mostly it is the least already, and to see that takes one question.
  return isEnough(size - 1) ? so(turningPoint(isEnough, isWait ? now : 0, size - 1)) : one;
}

/** The same event, asked for by several conditions, is told of once. */
function merged(alterations: readonly Alteration[]): Alteration[] {
  const all: Alteration[] = [];
  for (const one of alterations) {
    const last = all.at(-1);
    const isSame =
      one.kind == 'event' &&
      last?.kind == 'event' &&
      last.event == one.event &&
      JSON.stringify(last.properties) == JSON.stringify(one.properties);
    if (isSame) all[all.length - 1] = { ...last, count: last.count + one.count };
    else all.push(one);
  }
  return all;
}

/** What keeps the campaign back beyond its own gates: others, or the arm. */
function lastChange(rules: Rules, campaign: Campaign, { past, facts, occasion }: World): Change[] {
  const { winner, verdicts } = decide(rules, past, facts, occasion, () => {});
  const { gate, variant } = verdicts.find((verdict) => verdict.campaign == campaign.id)!;
  if (gate == 'priority' && winner) {
    const other = rules.program.campaigns.find(({ id }) => id == winner.campaign)!;
    const value = (other.priority ?? 0) + (other.id < campaign.id ? 1 : 0);
    return [{ gate, kind: 'edit', path: 'priority', value }];
  }
  if (gate == 'assignment') return [{ gate, kind: 'edit', path: 'variants', value: [] }];
  if (variant == CONTROL) return [{ gate: 'assignment', kind: 'none', because: 'control' }];
  return variant == HOLD_OUT ? [{ gate: 'assignment', kind: 'none', because: 'holdout' }] : [];
}

/** Of a campaign that is shown: what would end that. */
function endOf(
  { campaign, checks }: CampaignRules,
  world: World,
  rules: Rules,
  alter: Asking['alter'],
): Change[] {
  const checkOf = (gate: Gate) => checks.find(([name]) => name == gate)?.[1];
  const audience =
    campaign.audience && audienceChange(campaign, checkOf('audience')!, world, rules, alter, false);
  return (audience ?? (campaign.audience && missedIn(world)) ?? []).map((one) => ({
    gate: 'audience',
    ...one,
  }));
}

/**
 * For each gate that fails, in their order, the smallest change found that makes it pass, those before it made; of a campaign that is shown
 * what would make its audience fail. Each has been tried by asking again; where none does, it says what stands in the way.
 */
export function changesFor(
  rules: Rules,
  world: FirstWorld,
  id: string,
  findings: readonly Finding[],
  isShown: boolean,
): Change[] {
  const found = rules.campaigns.find(({ campaign }) => campaign.id == id);
  if (!found) return [{ gate: 'status', kind: 'none', because: 'unpublished' }];
  const odd = findings.find(({ found }) => notUnderstood(found) !== undefined);
  if (odd) return [{ gate: odd.gate, kind: 'none', because: 'notUnderstood' }];
  const changes: Change[] = [];
  try {
    find(rules, { ...world, budget: createBudget() }, found, isShown, changes);
  } catch (error) {
    // What cannot be looked through in time is told of as far as it went; what is nested deeper than any stack, or not understood, as well.
    if (![BudgetSpent, RangeError, UnknownOperator].some((kind) => error instanceof kind)) throw error;
    const failing = findings.filter(
      ({ passed, gate }) => !passed && found.checks.some(([own]) => own == gate),
    );
    const left = new Set<Gate>(isShown ? ['audience'] : failing.map(({ gate }) => gate));
    changes.forEach(({ gate }) => left.delete(gate));
    for (const gate of left) changes.push({ gate, kind: 'none', because: 'unsearched' });
  }
  return changes;
}

function find(
  rules: Rules,
  world: FirstWorld,
  found: CampaignRules,
  isShown: boolean,
  changes: Change[],
): void {
  const { campaign } = found;
  const alter = createAltered(rules, world, campaign.id);
  if (isShown) return void changes.push(...endOf(found, world, rules, alter));
  let there: World = world;
  for (const [gate, check] of found.checks) {
    const failing = ask(check, there).filter(([, passed]) => !passed);
    if (!failing.length) continue;
    const alterations = SOLVE[gate]!({ campaign, check, world: there, failing, rules, alter });
    there = alter(there, alterations);
    changes.push(...alterations.map((one): Change => ({ gate, ...one })));
  }
  const isOpen = found.checks.every(([, check]) => passesIn(check, there));
  if (isOpen) changes.push(...lastChange(rules, campaign, there));
}
