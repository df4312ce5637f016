import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { SurveyReport } from '../../collector/api.js';
import { useSpeech } from '../language/language.js';
import { DataTable, HeadCell } from '../shell/dataTable.js';
import { answerText } from '../words/questions.js';
import type { Wordings } from '../words/questions.js';
import classes from './tables.module.css';

const ROWS_AT_FIRST = 20;

/** The answers, one row per visitor's submission, with the way to that visitor. */
export function Responses({ report, wordings }: { report: SurveyReport; wordings: Wordings }) {
  const { t, format } = useSpeech();
  const [all, setAll] = useState(false);
  const asked = new Map(report.questions.map((question) => [question.question, question.wording]));
  const responses = all ? report.responses : report.responses.slice(0, ROWS_AT_FIRST);
  const hidden = report.responses.length - responses.length;
  return (
    <>
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
        {responses.map((response) => (
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
                    <dt>
                      {wordings.get(answer.question)?.label || asked.get(answer.question) || answer.question}
                    </dt>
                    <dd>{answerText(answer.value, answer.question, wordings, t)}</dd>
                  </div>
                ))}
              </dl>
            </td>
          </tr>
        ))}
      </DataTable>
      {hidden > 0 ? (
        <Button variant="default" size="xs" mt="sm" onClick={() => setAll(true)}>
          {t.common.more(format.number(hidden))}
        </Button>
      ) : null}
    </>
  );
}
