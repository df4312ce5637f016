import { Link } from 'wouter';
import type { CampaignList } from '../../collector/api.js';
import { useCampaigns } from '../api/reports.js';
import type { Dictionary } from '../language/en.js';
import { useSpeech } from '../language/language.js';
import { DataTable, HeadCell, NumberCell } from '../shell/dataTable.js';
import { Empty } from '../shell/empty.js';
import { Screen } from '../shell/screen.js';
import { usePlace } from '../shell/site.js';
import { formatWord } from '../words/text.js';
import classes from './tables.module.css';

type Row = CampaignList['campaigns'][number];

/** A campaign that asks; a collector that does not say so yet is believed once somebody answered. */
export function asks(campaign: Row): boolean {
  return campaign.questions ? campaign.questions.length > 0 : campaign.counts.answered > 0;
}

/** What a kind of question is called. */
export function kindWord(kind: string, t: Dictionary): string {
  const words: Record<string, string> = {
    nps: t.survey.nps,
    csat: t.survey.kindCsat,
    ces: t.survey.kindCes,
    rating: t.survey.rating,
    thumbs: t.survey.thumbs,
    choice: t.survey.choice,
    picture: t.survey.picture,
    date: t.survey.date,
    text: t.survey.text,
  };
  return words[kind] ?? kind;
}

export function SurveysScreen() {
  const { t } = useSpeech();
  const { site } = usePlace();
  const report = useCampaigns(site.key);
  return (
    <Screen title={t.surveys.title} report={report}>
      {(data) => {
        const surveys = data.campaigns.filter(asks);
        if (surveys.length === 0) return <Empty title={t.surveys.empty} hint={t.surveys.emptyHint} />;
        return (
          <DataTable
            caption={t.surveys.caption}
            head={
              <>
                <HeadCell>{t.campaigns.name}</HeadCell>
                <HeadCell>{t.campaigns.status}</HeadCell>
                <HeadCell>{t.surveys.questions}</HeadCell>
                <HeadCell numeric>{t.surveys.shown}</HeadCell>
                <HeadCell numeric>{t.surveys.answered}</HeadCell>
                <HeadCell numeric>{t.surveys.rate}</HeadCell>
                <HeadCell numeric>{t.surveys.completed}</HeadCell>
              </>
            }
          >
            {surveys.map((survey) => (
              <SurveyRow key={survey.id} survey={survey} />
            ))}
          </DataTable>
        );
      }}
    </Screen>
  );
}

function SurveyRow({ survey }: { survey: Row }) {
  const { t, format } = useSpeech();
  const { counts } = survey;
  const kinds = [...new Set(survey.questions ?? [])].map((kind) => kindWord(kind, t));
  return (
    <tr data-test={`survey-row-${survey.id}`}>
      <th scope="row" className={classes.nameCell}>
        <Link href={`/surveys/${encodeURIComponent(survey.id)}`}>{survey.name}</Link>
        <span className={classes.sub}>{formatWord(survey.format, t)}</span>
      </th>
      <td>{t.statuses[survey.status]}</td>
      <td>{kinds.join(' · ')}</td>
      <NumberCell value={format.number(counts.shown)} />
      <NumberCell value={format.number(counts.answered)} />
      <NumberCell value={format.rate(counts.answered, counts.shown)} />
      <NumberCell value={format.number(counts.completed)} />
    </tr>
  );
}
