import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Timeline } from '../../collector/api.js';
import { useCampaigns, useTimeline } from '../api/reports.js';
import { useSpeech } from '../language/language.js';
import { Empty } from '../shell/empty.js';
import { Screen } from '../shell/screen.js';
import { usePlace } from '../shell/site.js';
import { valueText } from '../words/text.js';
import { SessionSection } from './sessionSection.js';
import classes from './visitor.module.css';
import { Why } from './why.js';

/** One visitor's visits: what they did, what they saw, what they said. */
export function VisitorScreen({ id }: { id: string }) {
  const { t } = useSpeech();
  const { site } = usePlace();
  const report = useTimeline(site.key, id);
  const list = useCampaigns(site.key).data?.campaigns;
  const names = useMemo(() => new Map(list?.map((campaign) => [campaign.id, campaign.name])), [list]);
  const [onlyMessages, setOnlyMessages] = useState(false);
  const who = report.data?.user ?? `${t.visitor.title} ${id.slice(0, 8)}`;
  return (
    <Screen
      title={who}
      back={{ href: '/visitors', label: t.visitor.back }}
      report={report}
      tools={
        <SegmentedControl
          size="xs"
          aria-label={t.visitor.filter}
          value={onlyMessages ? 'messages' : 'all'}
          onChange={(value) => setOnlyMessages(value === 'messages')}
          data={[
            { value: 'all', label: t.visitor.all },
            { value: 'messages', label: t.visitor.messages },
          ]}
        />
      }
    >
      {(data) => (
        <>
          <About timeline={data} />
          {list?.length ? <Why visitor={id} campaigns={list} /> : null}
          <Sessions timeline={data} campaigns={names} onlyMessages={onlyMessages} />
        </>
      )}
    </Screen>
  );
}

const TOLD = new Set(['$impression', '$click', '$close', '$answer', '$complete', '$exposure']);

interface SessionsProps {
  timeline: Timeline;
  campaigns: ReadonlyMap<string, string>;
  onlyMessages: boolean;
}

function Sessions({ timeline, campaigns, onlyMessages }: SessionsProps) {
  const { t } = useSpeech();
  const sessions = timeline.sessions
    .map((session) =>
      onlyMessages ? { ...session, events: session.events.filter((event) => TOLD.has(event.name)) } : session,
    )
    .filter((session) => session.events.length > 0);
  if (sessions.length === 0) return <Empty title={onlyMessages ? t.visitor.nothing : t.visitors.empty} />;
  return sessions.map((session) => (
    <SessionSection key={session.session} session={session} campaigns={campaigns} />
  ));
}

function About({ timeline }: { timeline: Timeline }) {
  const { t } = useSpeech();
  const attributes = Object.entries(timeline.attributes);
  return (
    <dl className={classes.about}>
      <div>
        <dt>{t.visitor.id}</dt>
        <dd className={classes.mono}>{timeline.visitor}</dd>
      </div>
      <div>
        <dt>{t.visitor.user}</dt>
        <dd>{timeline.user ?? t.visitors.anonymous}</dd>
      </div>
      {attributes.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{valueText(value, t)}</dd>
        </div>
      ))}
    </dl>
  );
}
