import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../../src/core/compile.js';
import { decide } from '../../../src/core/decide.js';
import { pastOf } from '../../../src/core/fold.js';
import type { Campaign } from '../../../src/core/program.js';
import { ALL_KINDS } from '../../../src/core/kinds.js';
import { compileRules } from '../../../src/core/rules.js';
import { expandFacts, expandLog, expandOccasion, expandProgram } from '../../cases/expand.js';
import { decideOn, explainOn } from './asking.js';

const facts = expandFacts();
const occasion = expandOccasion();

describe('decide', () => {
  it('survives any garbage in a campaign, and the others go on', () => {
    const garbage = [
      { triggers: null },
      { triggers: [null] },
      { audience: null },
      { audience: { all: 5 } },
      { audience: { event: 'a', where: { x: null } } },
      { audience: { attribute: 5, is: {} } },
      { audience: { sequence: [null] } },
      { caps: 'often' },
      { caps: [null] },
      { caps: [{ count: 'one', per: 'ever' }] },
      { schedule: 'soon', audience: { nothing: 1 } },
      { variants: null },
      { variants: [{ id: 'a' }] },
      { status: 7 },
      { schedule: 'x'.repeat(10) },
      { caps: ['x'] },
    ];
    for (const [index, broken] of garbage.entries()) {
      const campaigns = [{ id: 'broken', priority: 9, ...broken } as never, { id: 'sound' }];
      const program = expandProgram({ campaigns });
      const decision = decideOn(program, expandLog([]), facts, occasion);
      expect([index, decision.winner?.campaign]).toEqual([index, 'sound']);
      expect(decision.verdicts[0]!.gate).not.toBeNull();
    }
  });

  it('answers the same with a trace, and changes nothing it was given', () => {
    const program = expandProgram({
      segments: { buyers: { event: 'purchase' } },
      campaigns: [
        { id: 'a', audience: { segment: 'buyers' } },
        { id: 'b', priority: 1 },
        { id: 'c', status: 'draft' },
      ],
    });
    const before = JSON.stringify([program, facts, occasion]);
    const log = expandLog([{ name: 'purchase' }]);
    const rules = compileRules(program, ALL_KINDS);
    const past = pastOf(rules.atoms, log);
    const asked = new Set<string>();
    const traced = decide(rules, past, facts, occasion, ({ id }) => asked.add(id));
    const { winner, verdicts } = decide(rules, past, facts, occasion);
    expect([traced.winner, traced.verdicts]).toEqual([winner, verdicts]);
    expect(JSON.stringify([program, facts, occasion])).toBe(before);
    expect(asked).toEqual(new Set(['a', 'b', 'c']));
  });

  it('keeps the arm through a login, which changes the person', () => {
    const content = { format: 'banner' as const, cards: [] };
    const variants = ['x', 'y'].map((id) => ({ id, content }));
    const program = expandProgram({ campaigns: [{ id: 'c', caps: [], variants }] });
    const armOf = (user: string | undefined, log: Parameters<typeof expandLog>[0]) =>
      decideOn(program, expandLog(log), { ...facts, user }, occasion).winner!.variant;
    const first = armOf(undefined, []);
    const users = Array.from({ length: 20 }, (_, i) => `user-${i}`);
    const exposed = [{ name: '$exposure', properties: { campaign: 'c', variant: first } }];
    expect(new Set(users.map((user) => armOf(user, [])))).toEqual(new Set(['x', 'y']));
    expect(new Set(users.map((user) => armOf(user, exposed)))).toEqual(new Set([first]));
  });

  it('answers a nest of shared segments at once', () => {
    const segments = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `s${i}`,
        i ? { all: [{ segment: `s${i - 1}` }, { segment: `s${i - 1}` }] } : { event: 'a' },
      ]),
    );
    const program = expandProgram({ segments, campaigns: [{ id: 'c', audience: { segment: 's59' } }] });
    const startedAt = performance.now();
    expect(decideOn(program, expandLog([{ name: 'a' }]), facts, occasion).winner?.campaign).toBe('c');
    expect(explainOn(program, expandLog([{ name: 'a' }]), facts, occasion, 'c').shown).toBe(true);
    // 2^59 evaluations would not end; the bound is loose because the machine may be busy.
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe('explain', () => {
  it('says what was compared and found, at the path of the condition', () => {
    const audience = {
      all: [
        { visit: 'new' as const, is: { eq: true } },
        { event: 'view_item', is: { gte: 3 } },
      ],
    };
    const program = expandProgram({ campaigns: [{ id: 'c', audience }] });
    const { shown, gate, findings } = explainOn(
      program,
      expandLog([{ name: 'view_item' }]),
      facts,
      occasion,
      'c',
    );
    expect([shown, gate]).toEqual([false, 'audience']);
    expect(findings).toContainEqual({
      gate: 'audience',
      passed: false,
      path: 'audience.all[1]',
      expected: audience.all[1],
      found: [1],
    });
  });
  it('names an unknown part', () => {
    const program = expandProgram({ campaigns: [{ id: 'c', audience: { segment: 'gone' } }] });
    const { findings } = explainOn(program, expandLog([]), facts, occasion, 'c');
    expect(findings.find(({ gate, passed }) => gate === 'audience' && !passed)?.found).toBe('Error: gone');
  });
  it('says of a campaign that is not there that it is not live', () => {
    expect(explainOn(expandProgram({ campaigns: [] }), [], facts, occasion, 'c')).toMatchObject({
      shown: false,
      gate: 'status',
    });
  });
});

describe('compileProgram', () => {
  it('publishes live campaigns only, by id', () => {
    const make = (id: string, status: Campaign['status']) =>
      expandProgram({ campaigns: [{ id, status }] }).campaigns[0]!;
    const program = compileProgram('site', 3, [make('b', 'live'), make('c', 'draft'), make('a', 'live')], {});
    expect(program.campaigns.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(program).toMatchObject({ schema: 1, site: 'site', version: 3 });
    expect('theme' in program).toBe(false);
  });
});
