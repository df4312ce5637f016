import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import type { Timeline } from '../../collector/api.js';
import { Icon } from '../identity/icons.js';
import { useSpeech } from '../language/language.js';
import { tell } from '../words/timeline.js';
import { valueText } from '../words/text.js';
import classes from './visitor.module.css';

type Session = Timeline['sessions'][number];

const EVENTS_AT_FIRST = 100;

interface SessionSectionProps {
  session: Session;
  campaigns: ReadonlyMap<string, string>;
}

/** One session, its events in the order they happened. */
export function SessionSection({ session, campaigns }: SessionSectionProps) {
  const { t, format } = useSpeech();
  const id = useId();
  const [all, setAll] = useState(false);
  const events = all ? session.events : session.events.slice(0, EVENTS_AT_FIRST);
  const last = session.events[session.events.length - 1];
  const lastedMs = last ? Date.parse(last.time) - Date.parse(session.startedAt) : 0;
  const hidden = session.events.length - events.length;
  return (
    <section aria-labelledby={id} className={classes.session}>
      <header className={classes.sessionHead}>
        <h2 id={id}>
          {session.number === null
            ? t.visitor.sessionUnknown
            : t.visitor.session(format.number(session.number))}
        </h2>
        <span>{format.dateTime(session.startedAt)}</span>
        <span>{t.visitor.events(format.number(session.events.length))}</span>
        {lastedMs > 0 ? <span>{t.visitor.duration(format.elapsed(lastedMs))}</span> : null}
      </header>
      <ol className={classes.events}>
        {events.map((event) => (
          <EventLine key={event.id} event={event} campaigns={campaigns} />
        ))}
      </ol>
      {hidden > 0 ? (
        <Button variant="default" size="xs" onClick={() => setAll(true)}>
          {t.common.more(format.number(hidden))}
        </Button>
      ) : null}
    </section>
  );
}

function EventLine({
  event,
  campaigns,
}: {
  event: Session['events'][number];
  campaigns: ReadonlyMap<string, string>;
}) {
  const speech = useSpeech();
  const told = tell(event, speech, campaigns);
  const properties = Object.entries(event.properties);
  return (
    <li className={classes.event} data-kind={told.kind} data-test="timeline-event" data-event={event.name}>
      <time dateTime={event.time}>{speech.format.time(event.time)}</time>
      <span className={classes.icon}>
        <Icon name={told.icon} size={16} />
      </span>
      <div className={classes.told}>
        <strong>{told.title}</strong>
        {told.detail ? <span className={classes.detail}>{told.detail}</span> : null}
        {properties.length ? (
          <details className={classes.properties}>
            <summary aria-label={`${speech.t.visitor.properties}: ${event.name}`}>
              <code>{event.name}</code>
            </summary>
            <dl>
              {properties.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{valueText(value, speech.t)}</dd>
                </div>
              ))}
            </dl>
          </details>
        ) : null}
      </div>
    </li>
  );
}
