import type { Json } from '../../core/events.js';
import type { Campaign } from '../../core/program.js';
import type { Question } from '../../core/question.js';
import { questionsOf } from '../../core/survey.js';
import type { SurveyReport } from '../api.js';
import { ANSWER, COMPLETE, IMPRESSION } from './eventNames.js';
import { campaignsOf, orderedEvents, type Report, type ReportContext } from './report.js';
import { summaryOf, type ValueCount } from './surveyQuestions.js';

const MAX_RESPONSES = 200;

/** The last answer of each submission to each question: a later partial answer replaces the earlier. */
const ANSWERS = `${orderedEvents(`e.campaign = $id AND e.name IN (${ANSWER}, ${COMPLETE})`)}, said AS (
    SELECT *, coalesce(json_extract_string(props, '$.submission'), CAST(id AS VARCHAR)) AS submission,
      json_extract_string(props, '$.kind') AS kind, json_extract_string(props, '$.wording') AS wording,
      json_extract(props, '$.value') AS answer
    FROM ordered
  ), last_answers AS (
    SELECT * FROM said WHERE name = ${ANSWER} AND question IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY visitor, submission, question ORDER BY n DESC) = 1
  )`;

/**
 * A survey's answers: persons who saw it, started (answered anything) and completed it; per question the number of submissions
 * that answered, NPS with the adjusted-Wald interval, CSAT and CES as shares with Wilson's, ratings as means with that of t; the newest 200
 * submissions.
 */
export const survey: Report<{ campaign: string }, SurveyReport> = async (context, { campaign }) => {
  const document = (await campaignsOf(context)).find((one) => one.id === campaign);
  if (!document) return undefined;
  const values = { site: context.site, id: campaign };
  const [people] = await context.events.rows<{ shown: number; started: number; completed: number }>(
    `SELECT count(DISTINCT v.person) FILTER (e.name = ${IMPRESSION}) AS shown,
       count(DISTINCT v.person) FILTER (e.name = ${ANSWER}) AS started,
       count(DISTINCT v.person) FILTER (e.name = ${COMPLETE}) AS completed
     FROM events e JOIN visitors v ON v.no = e.visitor WHERE e.site = $site AND e.campaign = $id`,
    values,
  );
  const counts = await context.events.rows<ValueCount>(
    `WITH ${ANSWERS}, given AS (
       SELECT question, kind, wording, t, n,
         CASE WHEN kind = 'text' THEN NULL ELSE CAST(answer AS VARCHAR) END AS value FROM last_answers)
     SELECT question, max_by(kind, (t, n)) AS kind, max_by(wording, (t, n)) AS wording, max(t) AS t, value,
       count(*) AS count
     FROM given GROUP BY question, value ORDER BY question, value`,
    values,
  );
  return {
    asOf: context.asOf,
    campaign,
    shown: people?.shown ?? 0,
    started: people?.started ?? 0,
    completed: people?.completed ?? 0,
    questions: summaryOf(counts, questionsIn(document.body)),
    responses: await responsesOf(context, campaign),
  };
};

/** As the survey asks them. */
function questionsIn({ variants }: Campaign): Question[] {
  return variants.flatMap(({ content }) => content.cards.flatMap(questionsOf));
}

interface AnswerRow {
  submission: string;
  visitor: string;
  t: number;
  completed: boolean;
  question: string;
  kind: string | null;
  answer: string | null;
}

async function responsesOf(context: ReportContext, id: string): Promise<SurveyReport['responses']> {
  const rows = await context.events.rows<AnswerRow>(
    `WITH ${ANSWERS}, submissions AS (
       SELECT visitor, submission, max(t) AS t, bool_or(name = ${COMPLETE}) AS completed
       FROM said GROUP BY visitor, submission
       HAVING bool_or(name = ${ANSWER})
       ORDER BY max(t) DESC, submission LIMIT ${MAX_RESPONSES})
     SELECT s.submission, CAST(a.visitor_id AS VARCHAR) AS visitor, s.t, s.completed, a.question, a.kind,
       CAST(a.answer AS VARCHAR) AS answer
     FROM submissions s JOIN last_answers a ON a.visitor = s.visitor AND a.submission = s.submission
     ORDER BY s.t DESC, s.submission, visitor, a.n`,
    { site: context.site, id },
  );
  const responses = new Map<string, SurveyReport['responses'][number]>();
  for (const row of rows) {
    const key = `${row.visitor} ${row.submission}`;
    const response = responses.get(key) ?? {
      submission: row.submission,
      visitor: row.visitor,
      time: new Date(row.t).toISOString(),
      completed: row.completed,
      answers: [],
    };
    response.answers.push({ question: row.question, kind: row.kind ?? 'text', value: valueOf(row.answer) });
    responses.set(key, response);
  }
  return [...responses.values()];
}

function valueOf(json: string | null): Json {
  return json === null ? null : (JSON.parse(json) as Json);
}
