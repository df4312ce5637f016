import { Button, NativeSelect } from '@mantine/core';
import { useSearchParams } from 'wouter';
import type { CampaignExplanation, CampaignList } from '../../collector/api.js';
import { useExplanation } from '../api/explanation.js';
import { Icon } from '../identity/icons.js';
import { useSpeech } from '../language/language.js';
import { Card } from '../shell/card.js';
import { Failure } from '../shell/failure.js';
import { usePlace } from '../shell/site.js';
import classes from './why.module.css';

type Campaigns = CampaignList['campaigns'];

interface WhyProps {
  visitor: string;
  campaigns: Campaigns;
}

/** Why a campaign is, or is not, shown to this visitor. The choice lives in the address, so that a link shows a colleague the same. */
export function Why({ visitor, campaigns }: WhyProps) {
  const { t } = useSpeech();
  const { session, site } = usePlace();
  const [search, setSearch] = useSearchParams();
  const chosen = campaigns.find(({ id }) => id === search.get('why'));
  const answer = useExplanation(site.key, session.csrf, { visitor, campaign: chosen?.id });
  const choose = (id: string) => setSearch(id ? { why: id } : {}, { replace: true });
  return (
    <Card title={t.why.title}>
      <div className={classes.ask}>
        <NativeSelect
          label={t.why.campaign}
          description={t.why.hint}
          value={chosen?.id ?? ''}
          onChange={(event) => choose(event.currentTarget.value)}
          data={[
            { value: '', label: t.why.choose },
            ...campaigns.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          data-test="why-campaign"
        />
        {chosen ? (
          <Button variant="default" onClick={() => void answer.refetch()} loading={answer.isFetching}>
            {t.why.again}
          </Button>
        ) : null}
      </div>
      <div role="status">
        {chosen && answer.data ? <Answer name={chosen.name} explanation={answer.data} /> : null}
      </div>
      {chosen && answer.error ? <Failure error={answer.error} retry={() => void answer.refetch()} /> : null}
    </Card>
  );
}

/** The outcome first; the collector's sentences say the same of it by the campaign's id. */
function Answer({ name, explanation }: { name: string; explanation: CampaignExplanation }) {
  const { t, format, language } = useSpeech();
  const { shown, at, unknown, sentences } = explanation;
  const [, ...reasons] = sentences[language];
  return (
    <div className={classes.answer} data-shown={shown} data-test="why-answer">
      <p className={classes.outcome}>
        <Icon name={shown ? 'answer' : 'close'} size={16} />
        {shown ? t.why.shown(name) : t.why.notShown(name)}
      </p>
      <ul>
        {reasons.map((reason, index) => (
          <li key={index}>{reason}</li>
        ))}
      </ul>
      <p className={classes.note}>
        {t.why.asOf(format.dateTime(at))}
        {unknown.length > 0 ? ` ${t.why.unknown(unknown.join(', '))}` : null}
      </p>
    </div>
  );
}
