import { Link } from 'wouter';
import type { CampaignReport } from '../../collector/api.js';
import { useCampaign } from '../api/reports.js';
import { DailyChart } from '../charts/dailyChart.js';
import { useSpeech } from '../language/language.js';
import { Card, Figure, Figures } from '../shell/card.js';
import { Screen } from '../shell/screen.js';
import { usePlace } from '../shell/site.js';
import { eventWord, formatWord } from '../words/text.js';
import { Arms } from './arms.js';
import classes from './campaign.module.css';
import { CampaignRules } from './campaignRules.js';
import { StatusSwitch } from './statusSwitch.js';
import { StoppedNotice } from './stoppedNotice.js';

/** One campaign: what came of it, day by day and arm by arm, and who sees it when. */
export function CampaignScreen({ id }: { id: string }) {
  const { t, format } = useSpeech();
  const { site } = usePlace();
  const report = useCampaign(site.key, id);
  const campaign = report.data?.campaign;
  return (
    <Screen
      title={campaign?.name ?? id}
      back={{ href: '/campaigns', label: t.campaign.back }}
      report={report}
      tools={campaign && report.data ? <Tools report={report.data} /> : null}
    >
      {(data) => (
        <>
          {data.stopped ? <StoppedNotice campaign={data.campaign} stopped={data.stopped} /> : null}
          <Counts report={data} />
          <Card title={t.campaign.daily}>
            <DailyChart
              label={t.campaign.daily}
              days={data.daily}
              series={(['shown', 'clicked', 'answered', 'goal'] as const).map((name) => ({
                name,
                label: t.campaigns[name],
                color: `var(--k-${name})`,
              }))}
            />
          </Card>
          <Arms report={data} />
          <CampaignRules campaign={data.campaign} />
          <p className={classes.version}>
            {t.campaign.version(format.number(data.version))} · {data.campaign.id}
          </p>
        </>
      )}
    </Screen>
  );
}

function Tools({ report }: { report: CampaignReport }) {
  const { t } = useSpeech();
  const { campaign } = report;
  return (
    <>
      <StatusSwitch
        id={campaign.id}
        name={campaign.name}
        status={campaign.status}
        isStopped={!!report.stopped}
      />
      <span className={classes.format}>{formatWord(campaign.variants[0]?.content.format ?? '', t)}</span>
      {asksQuestions(campaign) ? (
        <Link href={`/surveys/${encodeURIComponent(campaign.id)}`} data-test="survey-link">
          {t.campaign.surveyReport}
        </Link>
      ) : null}
    </>
  );
}

/** Whether any variant holds a question. */
export function asksQuestions(campaign: CampaignReport['campaign']): boolean {
  return campaign.variants.some(({ content }) =>
    content.cards.some((card) => card.blocks.some((block) => block.block === 'question')),
  );
}

function Counts({ report: { counts, campaign } }: { report: CampaignReport }) {
  const { t, format } = useSpeech();
  const ofShown = (part: number) => t.campaigns.ofShown(format.rate(part, counts.shown));
  const ofExposed = (part: number) => t.campaigns.ofExposed(format.rate(part, counts.exposed));
  return (
    <Figures>
      <Figure label={t.campaigns.exposed} value={format.number(counts.exposed)} test="count-exposed" />
      <Figure
        label={t.campaigns.control}
        value={format.number(counts.control)}
        note={ofExposed(counts.control)}
        test="count-control"
      />
      <Figure
        label={t.campaigns.shown}
        value={format.number(counts.shown)}
        note={ofExposed(counts.shown)}
        tone="shown"
        test="count-shown"
      />
      <Figure
        label={t.campaigns.clicked}
        value={format.number(counts.clicked)}
        note={ofShown(counts.clicked)}
        tone="clicked"
        test="count-clicked"
      />
      <Figure
        label={t.campaigns.answered}
        value={format.number(counts.answered)}
        note={ofShown(counts.answered)}
        tone="answered"
        test="count-answered"
      />
      <Figure
        label={t.campaigns.goal}
        value={campaign.goal ? format.number(counts.goal) : t.common.none}
        note={
          campaign.goal
            ? `${ofExposed(counts.goal)} · ${eventWord(campaign.goal.event, t)}`
            : t.campaign.noGoal
        }
        tone="goal"
        test="count-goal"
      />
    </Figures>
  );
}
