import type { ReactNode } from 'react';
import type { Campaign } from '../../core/program.js';
import { useSpeech } from '../language/language.js';
import { Card } from '../shell/card.js';
import { frequencyWords, goalWords, scheduleWords, stopWords, triggerWords } from '../words/campaign.js';
import { conditionWords } from '../words/conditions.js';
import classes from './campaign.module.css';
import { Phrases } from './phrases.js';

/** Trigger, audience, frequency, schedule and goal as one would say them aloud. */
export function CampaignRules({ campaign }: { campaign: Campaign }) {
  const speech = useSpeech();
  const { t } = speech;
  const frequency = frequencyWords(campaign, speech);
  return (
    <Card title={t.campaign.who}>
      <dl className={classes.rules}>
        {campaign.note ? <Rule name={t.campaign.note}>{campaign.note}</Rule> : null}
        <Rule name={t.campaign.triggers}>
          <Phrases phrases={campaign.triggers.map((trigger) => triggerWords(trigger, speech))} />
        </Rule>
        <Rule name={t.campaign.audience}>
          {campaign.audience ? (
            <Phrases phrases={[conditionWords(campaign.audience, speech)]} />
          ) : (
            t.campaign.everybody
          )}
        </Rule>
        <Rule name={t.campaign.caps}>
          {frequency.length ? <Phrases phrases={frequency} /> : t.campaign.noCaps}
        </Rule>
        <Rule name={t.campaign.schedule}>{scheduleWords(campaign.schedule, speech)}</Rule>
        <Rule name={t.campaign.goal}>
          {campaign.goal ? <Phrases phrases={[goalWords(campaign.goal, speech)]} /> : t.campaign.noGoal}
        </Rule>
        {campaign.stop ? (
          <Rule name={t.campaign.stop}>
            <Phrases phrases={stopWords(campaign.stop, speech)} />
          </Rule>
        ) : null}
      </dl>
    </Card>
  );
}

function Rule({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
