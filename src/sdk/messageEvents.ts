import { AUTOMATIC } from '../core/automatic.js';
import type { Json, Properties, TrackedEvent } from '../core/events.js';
import { purposeOf } from '../core/gates.js';
import type { Program } from '../core/program.js';
import type { Begun, BegunSurvey } from './begunSurvey.js';
import type { Mount } from './messages/contract.js';
import type { StoredRow } from './store.js';
import type { MessageNotice, Notice } from './types.js';

type Campaign = Program['campaigns'][number];

/** Who is told. */
export interface Telling {
  now: () => number;
  uuid: () => string;
  record: (event: TrackedEvent) => void;
  track: (name: string) => void;
  notify: (notice: Notice, detail: MessageNotice) => void;
  fail: () => void;
  begun: BegunSurvey;
}

/** What is undefined is left out when it is written. */
type Unfinished = { [key: string]: Json | undefined };

/** An event about a campaign. */
export function eventOf(
  name: string,
  campaign: Campaign,
  variant: string,
  time: number,
  more: Unfinished = {},
): TrackedEvent {
  return {
    name,
    time,
    purposes: [purposeOf(campaign)],
    properties: {
      campaign: campaign.id,
      version: campaign.version,
      variant,
      tags: campaign.tags,
      ...more,
    } as Properties,
  };
}

/** Whether it was closed in that session, on whichever page; of a tab it is only the panel that is. */
export const wasClosed = ({ id, variants }: Campaign, visit: string, rows: readonly StoredRow[]): boolean =>
  variants[0]!.content.format !== 'tab' &&
  rows.some(
    ({ session, events }) =>
      session === visit &&
      events.some(
        ({ name, properties }) =>
          name === AUTOMATIC.close && properties!.campaign === id && properties!.reason !== 'removed',
      ),
  );

interface Hearing {
  isAgain?: boolean;
  open: (campaign: string) => void;
  /** The panel of a tab is open, or it is not. */
  opened: (isOpen: boolean) => void;
}

/** Turns what a message tells into events and notices. */
export function messageEvents(
  deps: Telling,
  campaign: Campaign,
  variant: string,
  free: () => void,
  begun: Begun,
  { isAgain, open, opened }: Hearing,
): Parameters<Mount>[1] {
  /** Another survey that was begun goes on. */
  const forget = () => {
    if (deps.begun.read()?.submission === begun.submission) deps.begun.keep();
  };
  const record = (name: string, more?: Properties) =>
    deps.record(eventOf(name, campaign, variant, deps.now(), more));
  const notify = (notice: Notice, more?: Partial<MessageNotice>) =>
    deps.notify(notice, { campaign: campaign.id, variant, ...more });
  return {
    shown(omitted) {
      const more = omitted ? { omitted } : undefined;
      if (!isAgain) record(AUTOMATIC.impression, more);
      notify('shown', more);
    },
    clicked(button, action) {
      record(AUTOMATIC.click, { button, action });
      notify('clicked', { button });
    },
    answered(answer) {
      const { submission } = begun;
      const event = eventOf(AUTOMATIC.answer, campaign, variant, deps.now(), { submission, ...answer });
      const { question, kind, value, other } = answer;
      // Who did not allow to be identified is not; and who one is stays out of the tab's storage: after a reload one is asked again.
      if (kind === 'contact') event.purposes!.push('identify');
      else begun.answers[question] = value;
      // As `otherOf` of the survey's chunk has it; without that choice there are no words to it.
      const words = `${question}.other`;
      delete begun.answers[words];
      if (other) begun.answers[words] = other;
      deps.record(event);
      deps.begun.keep(begun);
      notify('answered', { question, value });
    },
    passedOver(question) {
      begun.answers[question] = null;
      deps.begun.keep(begun);
    },
    completed() {
      record(AUTOMATIC.complete, { submission: begun.submission });
      forget();
      // A tab may be answered once more.
      Object.assign(begun, { submission: deps.uuid(), answers: {} });
    },
    closed(reason) {
      forget();
      opened(false);
      record(AUTOMATIC.close, { reason });
      // A closed tab panel leaves its launcher where it is.
      if (campaign.variants[0]!.content.format !== 'tab' || reason === 'removed') free();
      notify('closed', { reason });
    },
    track: deps.track,
    called: (name) => notify('called', { name }),
    open,
    opened: () => opened(true),
    failed: deps.fail,
  };
}
