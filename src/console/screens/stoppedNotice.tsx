import { Alert, Button, NumberInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CampaignReport, CampaignStop } from '../../collector/api.js';
import { useChangeStop } from '../api/campaignStop.js';
import { useSpeech } from '../language/language.js';
import { describeError } from '../shell/failure.js';
import { usePlace } from '../shell/site.js';
import { resumedStop, stoppedWords } from '../words/campaign.js';
import classes from './stoppedNotice.module.css';

interface StoppedProps {
  campaign: CampaignReport['campaign'];
  stopped: CampaignStop;
}

/** That the collector stopped the campaign, why, and how it goes on. */
export function StoppedNotice({ campaign, stopped }: StoppedProps) {
  const speech = useSpeech();
  const { t, format } = speech;
  return (
    <Alert title={stoppedWords(stopped, speech)} color="yellow" data-test="stopped">
      <p className={classes.since}>{t.stopped.since(format.dateTime(stopped.at))}</p>
      <Resume campaign={campaign} stopped={stopped} />
    </Alert>
  );
}

/** A higher limit, or going on without the condition. */
function Resume({ campaign, stopped: { by, found = 0, limit = 0 } }: StoppedProps) {
  const { t, format } = useSpeech();
  const { session, site } = usePlace();
  const change = useChangeStop(site.key, session.csrf);
  const isLimit = by !== 'harm';
  const [next, setNext] = useState<number | string>(found + limit);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    const stop = resumedStop(campaign.stop ?? {}, by, isLimit ? Number(next) : undefined);
    change.mutate(
      { id: campaign.id, stop },
      {
        // One that is paused as well is not live by this.
        onSuccess: () =>
          campaign.status === 'live' &&
          notifications.show({ message: t.campaigns.nowLive(campaign.name), color: 'tokiwa' }),
      },
    );
  };
  const failure = change.error && describeError(change.error, t);
  const requestId = failure?.requestId;
  const said = failure ? failure.text + (requestId ? ` (${t.common.requestId(requestId)})` : '') : undefined;
  return (
    <form onSubmit={submit} className={classes.form}>
      {isLimit ? (
        <NumberInput
          label={t.stopped.newLimit}
          description={t.stopped.moreThan(format.number(found))}
          min={found + 1}
          allowDecimal={false}
          required
          withAsterisk={false}
          value={next}
          onChange={setNext}
          error={said}
          data-test="stop-limit"
        />
      ) : said ? (
        <p role="alert">{said}</p>
      ) : null}
      <Button type="submit" variant="default" loading={change.isPending} data-test="stop-resume">
        {isLimit ? t.stopped.resume : t.stopped.resumeHarm}
      </Button>
    </form>
  );
}
