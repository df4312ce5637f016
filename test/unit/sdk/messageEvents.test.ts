import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Format } from '../../../src/core/content.js';
import type { TrackedEvent } from '../../../src/core/events.js';
import { createBegunSurvey, type Begun } from '../../../src/sdk/begunSurvey.js';
import { messageEvents } from '../../../src/sdk/messageEvents.js';
import type { Answer } from '../../../src/sdk/messages/contract.js';
import { expandProgram, NOW } from '../../cases/expand.js';

beforeEach(() => sessionStorage.clear());

/** What a message tells, and what became of it. */
function message(format: Format = 'banner', { id = 'hello', isAgain = false } = {}) {
  const content = { format, cards: [] };
  const { campaigns } = expandProgram({
    campaigns: [{ id, version: 3, purpose: 'survey', tags: ['t'], variants: [{ id: 'a', content }] }],
  });
  const recorded: TrackedEvent[] = [];
  const spies = {
    notify: vi.fn(),
    track: vi.fn(),
    fail: vi.fn(),
    free: vi.fn(),
    open: vi.fn(),
    opened: vi.fn(),
  };
  const survey = createBegunSurvey('test');
  const begun: Begun = {
    visitor: 'v',
    campaign: id,
    version: 3,
    variant: 'a',
    submission: `${id}-1`,
    answers: {},
  };
  const deps = {
    ...spies,
    now: () => NOW,
    uuid: () => `${id}-2`,
    record: (event: TrackedEvent) => void recorded.push(event),
    begun: survey,
  };
  const { free, open, opened } = spies;
  const events = messageEvents(deps, campaigns[0]!, 'a', free, begun, { isAgain, open, opened });
  const names = () => recorded.map(({ name }) => name);
  return { events, recorded, names, ...spies, kept: survey.read };
}

const answer = (question: string, value: Answer['value'], more: Partial<Answer> = {}): Answer => ({
  card: 'one',
  question,
  kind: 'choice',
  value,
  wording: 'How?',
  ...more,
});

describe('an answer', () => {
  it('is an event of its submission, a notice, and kept for the next page', () => {
    const { events, recorded, notify, kept } = message();
    events.answered(answer('q', 'other', { other: 'mine' }));
    events.answered(answer('p', 3));
    expect(recorded[0]).toEqual({
      name: '$answer',
      time: NOW,
      purposes: ['survey'],
      properties: {
        campaign: 'hello',
        version: 3,
        variant: 'a',
        tags: ['t'],
        submission: 'hello-1',
        card: 'one',
        question: 'q',
        kind: 'choice',
        value: 'other',
        wording: 'How?',
        other: 'mine',
      },
    });
    expect(notify).toHaveBeenCalledWith('answered', {
      campaign: 'hello',
      variant: 'a',
      question: 'q',
      value: 'other',
    });
    expect(kept()).toEqual({
      visitor: 'v',
      campaign: 'hello',
      version: 3,
      variant: 'a',
      submission: 'hello-1',
      answers: { q: 'other', 'q.other': 'mine', p: 3 },
    });
  });

  it('that is no more one’s own is kept without the words one wrote', () => {
    const { events, kept } = message();
    events.answered(answer('q', 'other', { other: 'mine' }));
    events.answered(answer('q', 'a'));
    expect(kept()!.answers).toEqual({ q: 'a' });
  });

  it('that is none is kept for the next page, and is neither event nor notice', () => {
    const { events, names, notify, kept } = message();
    events.passedOver('q');
    events.answered(answer('p', 3));
    expect([kept()!.answers, names(), notify.mock.calls.length]).toEqual([{ q: null, p: 3 }, ['$answer'], 1]);
  });

  it('of how to be reached stays out of the storage of the tab', () => {
    const { events, kept } = message();
    events.answered(answer('q', 'a'));
    events.answered(answer('mail', 'mei@example.com', { kind: 'contact' }));
    expect(kept()!.answers).toEqual({ q: 'a' });
  });

  it('of how to be reached needs consent to be identified, and no other does', () => {
    const { events, recorded } = message();
    events.answered(answer('mail', 'mei@example.com', { kind: 'contact' }));
    events.answered(answer('q', 'a'));
    expect(recorded.map(({ purposes }) => purposes)).toEqual([['survey', 'identify'], ['survey']]);
  });
});

describe('a survey that is over', () => {
  it.each(['completed', 'closed'] as const)('because it is %s does not go on on the next page', (how) => {
    const { events, kept } = message();
    events.answered(answer('q', 'a'));
    events[how]('close');
    expect(kept()).toBeUndefined();
  });

  it('leaves another that was begun as it is', () => {
    const survey = message('inline', { id: 'survey' });
    survey.events.answered(answer('q', 'a'));
    const toast = message('toast', { id: 'toast' });
    toast.events.closed('close');
    toast.events.completed();
    expect(toast.kept()).toMatchObject({ campaign: 'survey', answers: { q: 'a' } });
  });

  it('and is answered once more, in a tab, is another submission', () => {
    const { events, recorded, kept } = message('tab');
    events.answered(answer('q', 'a'));
    events.completed();
    events.answered(answer('p', 'b'));
    expect(recorded.map(({ properties }) => properties!.submission)).toEqual([
      'hello-1',
      'hello-1',
      'hello-2',
    ]);
    expect(kept()).toMatchObject({ submission: 'hello-2', answers: { p: 'b' } });
  });
});

it('has one impression, and none where it only goes on', () => {
  const first = message();
  first.events.shown();
  expect([first.names(), first.notify.mock.calls.length]).toEqual([['$impression'], 1]);
  const again = message('banner', { isAgain: true });
  again.events.shown();
  expect([again.names(), again.notify.mock.calls]).toEqual([
    [],
    [['shown', { campaign: 'hello', variant: 'a' }]],
  ]);
});

it('says how many of its blocks are left out, if any are', () => {
  const { events, recorded, notify } = message();
  events.shown(2);
  expect([recorded[0]!.properties!.omitted, notify.mock.calls]).toEqual([
    2,
    [['shown', { campaign: 'hello', variant: 'a', omitted: 2 }]],
  ]);
  const whole = message();
  whole.events.shown();
  expect(whole.recorded[0]!.properties).not.toHaveProperty('omitted');
});

it.each<[Format, 'close' | 'removed', freed: number]>([
  ['banner', 'close', 1],
  ['inline', 'close', 1],
  ['tab', 'close', 0],
  ['tab', 'removed', 1],
])('a %s that is closed (%s) gives its place free: %s', (format, reason, freed) => {
  const { events, recorded, free, notify } = message(format);
  events.closed(reason);
  expect(free).toHaveBeenCalledTimes(freed);
  expect(recorded[0]).toMatchObject({ name: '$close', properties: { reason } });
  expect(notify).toHaveBeenCalledWith('closed', { campaign: 'hello', variant: 'a', reason });
});

it('passes on what buttons do', () => {
  const { events, recorded, notify, track, open, fail } = message();
  events.clicked('go', 'call');
  events.called('chat');
  events.track('liked');
  events.open('other');
  events.failed();
  expect(recorded).toMatchObject([{ name: '$click', properties: { button: 'go', action: 'call' } }]);
  expect(notify.mock.calls).toEqual([
    ['clicked', { campaign: 'hello', variant: 'a', button: 'go' }],
    ['called', { campaign: 'hello', variant: 'a', name: 'chat' }],
  ]);
  expect([track.mock.calls, open.mock.calls, fail.mock.calls]).toEqual([[['liked']], [['other']], [[]]]);
});
