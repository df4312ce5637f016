import { assign, type Assign } from './assign.js';
import { armsAtom, dispatchKeys, exposedAtom, lastEventAtom, sessionStartAtom, type Atom } from './atoms.js';
import { behaviourKind } from './behaviour.js';
import type { Combined } from './combination.js';
import type { Gate, Occasion, PastEvent } from './decision.js';
import { GATES } from './decision.js';
import { createCompiler, type Faults, type Kinds, type Register } from './evaluate.js';
import { COMPILE, type Check, type Gates, type Tools } from './gates.js';
import type { Program } from './program.js';
import { testerOf } from './test.js';
import type { ReadValues } from './values.js';

/** The atoms of a program, and which of them an event concerns. */
export interface AtomSet {
  list: readonly Atom[];
  register: Register;
  /** Numbers of the atoms that may want the event. */
  concernedBy(event: PastEvent): readonly number[];
  /** The atom that knows where a session began. */
  sessionStart: number;
}

/** A campaign made ready to be judged. */
export interface CampaignRules {
  campaign: Program['campaigns'][number];
  /** In the order they are checked. */
  checks: [gate: Gate, check: Check][];
  /** What its texts may say, if they say anything. */
  values?: ReadValues;
}

/** A program made ready: compiled once, asked at every occasion. */
export interface Rules {
  program: Program;
  /** Whether nothing in it was strange: with more kinds more of it may be understood. */
  isUnderstood: boolean;
  /** Whether it asks for what only the server knows of the user. */
  isPersonal?: boolean;
  /** Whether the page must listen for more than every page does. */
  isLive?: boolean;
  atoms: AtomSet;
  /** By the name of an event the combinations of triggers that wait for it. */
  combined: ReadonlyMap<string, readonly Combined[]>;
  campaigns: readonly CampaignRules[];
  /** The campaigns one of whose triggers may have made this occasion. */
  candidates(occasion: Occasion): readonly CampaignRules[];
  /** The atom that knows the arms of first exposures. */
  arms: number;
  /** The arm of a person that has none yet; undefined if there is none to have. */
  assign: Assign;
  /** The atom that lists a session's exposures. */
  exposed: number;
  /** The atom that keeps the last event of this name; absent if no campaign waits for one. */
  lastEvent: ReadonlyMap<string, number>;
}

/** An empty set of atoms, for `register` to fill. */
export function createAtoms(): AtomSet {
  const list: Atom[] = [];
  const byKey = new Map<string, number>();
  const byConcern = new Map<string, number[]>();
  const register: Register = (atom) => {
    const known = byKey.get(atom.key);
    if (known !== undefined) return known;
    const index = list.push(atom) - 1;
    byKey.set(atom.key, index);
    for (const concern of atom.concerns) addTo(byConcern, concern, index);
    return index;
  };
  return {
    list,
    register,
    concernedBy(event) {
      const [name, about] = dispatchKeys(event);
      const named = byConcern.get(name!) ?? [];
      const ofCampaign = about && byConcern.get(about);
      return ofCampaign ? [...named, ...ofCampaign] : named;
    },
    sessionStart: register(sessionStartAtom()),
  };
}

/** Compiles a program. What this version cannot read turns its campaign off when that is judged; nothing is thrown here. */
export function compileRules(program: Program, kinds: Kinds): Rules {
  const atoms = createAtoms();
  const faults: Faults = { count: 0 };
  const leaves = { event: behaviourKind(), ...kinds.leaves };
  const compile = createCompiler(
    program.segments,
    atoms.register,
    { ...kinds, leaves },
    faults,
    program.facts,
  );
  const shared = { register: atoms.register, compile, faults, limits: program.limits, combined: new Map() };
  const gates = { ...COMPILE, ...kinds.gates };
  const byTrigger = new Map<string, CampaignRules[]>();
  const lastEvent = new Map<string, number>();
  const campaigns = program.campaigns.map((campaign) => {
    const rules: CampaignRules = { campaign, checks: [] };
    const file: Tools['file'] = (on, event) => {
      const key = keyOf(on, event, campaign.id);
      if (byTrigger.get(key)?.at(-1) != rules) addTo(byTrigger, key, rules);
      if (event !== undefined) lastEvent.set(event, atoms.register(lastEventAtom(event)));
    };
    rules.checks = compileGates(campaign, { ...shared, file }, gates);
    readBranches(campaign, faults);
    if (campaign.values) {
      rules.values = kinds.values?.(campaign.values, atoms.register, faults, program.facts);
      if (!rules.values) faults.count++;
    }
    return rules;
  });
  return {
    program,
    isUnderstood: !faults.count,
    ...faults,
    atoms,
    combined: shared.combined,
    campaigns,
    arms: atoms.register(armsAtom()),
    assign: kinds.assign?.(program) ?? assign,
    exposed: atoms.register(exposedAtom()),
    lastEvent,
    candidates: (occasion) => byTrigger.get(occasionKey(occasion)) ?? [],
  };
}

function compileGates(
  campaign: Program['campaigns'][number],
  tools: Tools,
  gates: Gates,
): CampaignRules['checks'] {
  return GATES.flatMap((gate): CampaignRules['checks'] => {
    const compileGate = gates[gate];
    if (!compileGate) return [];
    try {
      return [[gate, compileGate(campaign, tools)]];
    } catch (error) {
      tools.faults.count++;
      return [[gate, () => [[gate, false, null, String(error)]]]];
    }
  });
}

/** The branches of a survey are asked where nothing can be fetched any more: what they compare with must be known before. */
function readBranches({ variants }: Program['campaigns'][number], faults: Faults): void {
  try {
    for (const { branches } of variants.flatMap(({ content }) => content.cards))
      branches?.forEach(({ is }) => testerOf(is));
  } catch {
    faults.count++;
  }
}

const occasionKey = ({ trigger, event, campaign }: Occasion) => keyOf(trigger, event?.name, campaign);

/** Occasions of some kinds are about one name only. */
function keyOf(on: Occasion['trigger'], event: string | undefined, campaign: string | undefined): string {
  return on == 'event' ? `${on} ${event}` : on == 'manual' || on == 'delay' ? `${on} ${campaign}` : on;
}

function addTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
}
