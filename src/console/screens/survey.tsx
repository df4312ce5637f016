import { Link } from 'wouter';
import type { SurveyReport } from '../../collector/api.js';
import { useCampaign, useSurvey } from '../api/reports.js';
import { useSpeech } from '../language/language.js';
import { Card, Figure, Figures } from '../shell/card.js';
import { Empty } from '../shell/empty.js';
import { Screen } from '../shell/screen.js';
import { usePlace } from '../shell/site.js';
import { wordingsOf } from '../words/questions.js';
import type { Wordings } from '../words/questions.js';
import { QuestionResult } from './questionResult.js';
import { Responses } from './responses.js';

/** One survey: how many answered, what each question came to, and the answers themselves. */
export function SurveyScreen({ id }: { id: string }) {
  const { t } = useSpeech();
  const { site } = usePlace();
  const report = useSurvey(site.key, id);
  const { language } = useSpeech();
  const campaign = useCampaign(site.key, id).data?.campaign;
  const wordings = wordingsOf(campaign, language);
  return (
    <Screen
      title={campaign?.name ?? id}
      back={{ href: '/surveys', label: t.survey.back }}
      report={report}
      tools={<Link href={`/campaigns/${encodeURIComponent(id)}`}>{t.survey.toCampaign}</Link>}
    >
      {(data) => <SurveyResults report={data} wordings={wordings} />}
    </Screen>
  );
}

function SurveyResults({ report, wordings }: { report: SurveyReport; wordings: Wordings }) {
  const { t, format } = useSpeech();
  return (
    <>
      <Figures>
        <Figure label={t.survey.shown} value={format.number(report.shown)} />
        <Figure label={t.survey.started} value={format.number(report.started)} test="survey-started" />
        <Figure
          label={t.survey.responseRate}
          value={format.rate(report.started, report.shown)}
          note={t.survey.ofShown}
        />
        <Figure
          label={t.survey.completed}
          value={format.number(report.completed)}
          note={`${format.rate(report.completed, report.started)} ${t.survey.ofStarted}`}
        />
      </Figures>
      {report.questions.map((question) => (
        <QuestionResult
          key={question.question}
          question={question}
          responses={report.responses}
          wordings={wordings}
        />
      ))}
      <Card title={t.survey.list}>
        {report.responses.length === 0 ? (
          <Empty title={t.survey.noAnswers} hint={t.survey.noAnswersHint} />
        ) : (
          <Responses report={report} wordings={wordings} />
        )}
      </Card>
    </>
  );
}
