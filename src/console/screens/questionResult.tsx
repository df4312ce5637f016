import type { SurveyReport } from '../../collector/api.js';
import { Distribution } from '../charts/distribution.js';
import { IntervalScale } from '../charts/intervalScale.js';
import { useSpeech } from '../language/language.js';
import { Card } from '../shell/card.js';
import { valueText } from '../words/text.js';
import type { Wordings } from '../words/questions.js';
import classes from './survey.module.css';
import { kindWord } from './surveys.js';

type Question = SurveyReport['questions'][number];

/** Below this many answers an interval says more about its formula than about the visitors. */
export const ENOUGH_ANSWERS = 10;
const TEXTS_SHOWN = 5;

interface QuestionResultProps {
  question: Question;
  responses: SurveyReport['responses'];
  wordings: Wordings;
}

/** One question: its wording, then the picture its kind asks for. */
export function QuestionResult({ question, responses, wordings }: QuestionResultProps) {
  const { t, format } = useSpeech();
  const title = wordings.get(question.question)?.label || question.wording || question.question;
  return (
    <Card title={title}>
      <p className={classes.kind}>
        {kindWord(question.kind, t)} · {t.survey.answers(format.number(question.answers))}
      </p>
      {question.nps ? <NpsScore question={question} nps={question.nps} /> : null}
      {question.csat ? <Share question={question} share={question.csat} method={t.survey.csat} /> : null}
      {question.ces ? (
        <Share
          question={question}
          share={question.ces}
          method={t.survey.ces(format.decimal(question.ces.mean, 1))}
        />
      ) : null}
      {question.rating ? <Mean question={question} rating={question.rating} /> : null}
      {question.distribution?.length ? (
        <Values question={question} title={title} wordings={wordings} />
      ) : null}
      {question.kind === 'text' ? <Texts question={question} responses={responses} /> : null}
    </Card>
  );
}

function NpsScore({ question, nps }: { question: Question; nps: NonNullable<Question['nps']> }) {
  const { t, format } = useSpeech();
  const one = (value: number) => format.decimal(value, 1);
  const interval = t.survey.interval(one(nps.low), one(nps.high), format.number(question.answers));
  const groups = [
    [t.survey.promoters, nps.promoters, 'good'],
    [t.survey.passives, nps.passives, 'middle'],
    [t.survey.detractors, nps.detractors, 'bad'],
  ] as const;
  return (
    <>
      <p className={classes.score}>
        <span className={classes.big} data-test="nps-score">
          {question.answers > 0 ? one(nps.score) : t.common.none}
        </span>{' '}
        <span data-test="nps-interval">{interval}</span>
      </p>
      {question.answers < ENOUGH_ANSWERS ? (
        <p className={classes.few} data-test="too-few">
          {t.survey.tooFew(format.number(question.answers))}
        </p>
      ) : null}
      {question.answers > 0 ? (
        <IntervalScale
          from={-100}
          to={100}
          low={nps.low}
          high={nps.high}
          score={nps.score}
          label={`${one(nps.score)} ${interval}`}
          format={format.number}
        />
      ) : null}
      <dl className={classes.groups}>
        {groups.map(([label, count, tone]) => (
          <div key={tone} data-tone={tone}>
            <dt>{label}</dt>
            <dd>
              {format.number(count)} <small>{format.rate(count, question.answers)}</small>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

interface ShareProps {
  question: Question;
  share: NonNullable<Question['csat']>;
  /** Which answers it is the share of. */
  method: string;
}

function Share({ question, share, method }: ShareProps) {
  const { t, format } = useSpeech();
  const percent = (bound: number) => format.decimal(bound * 100, 1);
  const interval = t.survey.interval(
    percent(share.low),
    percent(share.high),
    format.number(question.answers),
  );
  return (
    <>
      <p className={classes.score}>
        <span className={classes.big} data-test={`${question.kind}-share`}>
          {question.answers > 0 ? format.percent(share.share) : t.common.none}
        </span>{' '}
        <span>{interval}</span>
      </p>
      <p className={classes.kind}>{method}</p>
      {question.answers < ENOUGH_ANSWERS ? (
        <p className={classes.few}>{t.survey.tooFew(format.number(question.answers))}</p>
      ) : null}
      {question.answers > 0 ? (
        <IntervalScale
          from={0}
          to={100}
          low={share.low * 100}
          high={share.high * 100}
          score={share.share * 100}
          label={interval}
          format={format.number}
        />
      ) : null}
    </>
  );
}

function Mean({ question, rating }: { question: Question; rating: NonNullable<Question['rating']> }) {
  const { t, format } = useSpeech();
  const one = (value: number) => format.decimal(value, 1);
  const of = question.distribution?.length ?? 0;
  const interval = t.survey.interval(one(rating.low), one(rating.high), format.number(question.answers));
  return (
    <>
      <p className={classes.score}>
        <span className={classes.big} data-test="rating-mean">
          {one(rating.mean)}
        </span>{' '}
        <span>{interval}</span>
      </p>
      <p className={classes.kind}>{t.survey.mean(format.number(of))}</p>
      {question.answers < ENOUGH_ANSWERS ? (
        <p className={classes.few}>{t.survey.tooFew(format.number(question.answers))}</p>
      ) : null}
      <IntervalScale
        from={1}
        to={of}
        low={rating.low}
        high={rating.high}
        score={rating.mean}
        label={`${one(rating.mean)} ${interval}`}
        format={one}
      />
    </>
  );
}

function toneOf(kind: Question['kind'], value: string): 'good' | 'middle' | 'bad' {
  const n = Number(value);
  if (kind === 'nps') return n >= 9 ? 'good' : n >= 7 ? 'middle' : 'bad';
  if (kind === 'csat') return n >= 4 ? 'good' : n === 3 ? 'middle' : 'bad';
  if (kind === 'ces') return n >= 5 ? 'good' : n === 4 ? 'middle' : 'bad';
  return value === 'down' && kind === 'thumbs' ? 'bad' : 'good';
}

/** That of a rating is as the collector has it: it may go to any number. */
const SCALES: { [kind in Question['kind']]?: number[] } = {
  nps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  csat: [1, 2, 3, 4, 5],
  ces: [1, 2, 3, 4, 5, 6, 7],
};

/** Every value of a scale, the ones nobody chose too: a gap in the picture is an answer as well. */
export function scaleRows(kind: Question['kind'], distribution: { value: string; count: number }[]) {
  const scale = SCALES[kind];
  const counts = new Map(distribution.map(({ value, count }) => [value, count]));
  const values = scale ? scale.map(String) : distribution.map(({ value }) => value);
  return values.map((value) => ({
    value,
    label: value,
    count: counts.get(value) ?? 0,
    tone: toneOf(kind, value),
  }));
}

function Values({ question, title, wordings }: { question: Question; title: string; wordings: Wordings }) {
  const { t } = useSpeech();
  const choices =
    question.kind === 'thumbs'
      ? new Map([
          ['up', t.common.yes],
          ['down', t.common.no],
        ])
      : wordings.get(question.question)?.choices;
  const rows = scaleRows(question.kind, question.distribution ?? []);
  return (
    <div className={classes.values}>
      <h3>{t.survey.distribution}</h3>
      <Distribution
        label={t.survey.distributionLabel(title)}
        rows={rows.map((row) => ({ ...row, label: choices?.get(row.value) ?? row.label }))}
        upright={question.kind in SCALES || question.kind === 'rating'}
      />
    </div>
  );
}

function Texts({ question, responses }: Omit<QuestionResultProps, 'wordings'>) {
  const { t } = useSpeech();
  const texts = responses
    .flatMap((response) =>
      response.answers
        .filter((answer) => answer.question === question.question)
        .map((answer) => ({ key: response.submission, text: valueText(answer.value, t) })),
    )
    .slice(0, TEXTS_SHOWN);
  if (texts.length === 0) return null;
  return (
    <ul className={classes.texts} aria-label={t.survey.allText}>
      {texts.map(({ key, text }) => (
        <li key={key}>{text}</li>
      ))}
    </ul>
  );
}
