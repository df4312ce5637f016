import { Link } from 'wouter';
import type { SurveyReport } from '../../collector/api.js';
import { useSpeech } from '../language/language.js';
import { DataTable, HeadCell } from '../shell/dataTable.js';
import { valueText } from '../words/text.js';
import classes from './tables.module.css';

/** The answers, one row per visitor's submission, with the way to that visitor. */
export function Responses({ report }: { report: SurveyReport }) {
  const { t, format } = useSpeech();
  const wordings = new Map(report.questions.map((question) => [question.question, question.wording]));
  return (
    <DataTable
      caption={t.survey.listCaption}
      head={
        <>
          <HeadCell>{t.survey.time}</HeadCell>
          <HeadCell>{t.survey.visitor}</HeadCell>
          <HeadCell>{t.survey.given}</HeadCell>
        </>
      }
    >
      {report.responses.map((response) => (
        <tr key={response.submission} data-test="survey-response">
          <td>
            {format.dateTime(response.time)}
            <span className={classes.sub}>{response.completed ? t.survey.finished : t.survey.partial}</span>
          </td>
          <td>
            <Link className={classes.mono} href={`/visitors/${encodeURIComponent(response.visitor)}`}>
              {response.visitor.slice(0, 8)}
            </Link>
          </td>
          <td>
            <dl className={classes.given}>
              {response.answers.map((answer) => (
                <div key={answer.question}>
                  <dt>{wordings.get(answer.question) || answer.question}</dt>
                  <dd>{valueText(answer.value, t)}</dd>
                </div>
              ))}
            </dl>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
