import type { FunnelReport } from '../../collector/api.js';
import { useSpeech } from '../language/language.js';
import { Card, Figure, Figures } from '../shell/card.js';
import { eventWord } from '../words/text.js';
import classes from './funnel.module.css';

/** The step after which the largest share of persons left; null if nobody left anywhere. */
export function worstStep(steps: FunnelReport['steps']): number | null {
  let worst: number | null = null;
  steps.forEach((step, index) => {
    if (index === 0 || step.dropped <= 0) return;
    if (worst === null || step.dropOff > (steps[worst]?.dropOff ?? 0)) worst = index;
  });
  return worst;
}

/** Bars to compare, and between them in words who left and how long the way took. */
export function FunnelSteps({ report: { steps } }: { report: FunnelReport }) {
  const { t, format } = useSpeech();
  const worst = worstStep(steps);
  const [first, last] = [steps[0], steps[steps.length - 1]];
  const [before, at] = worst === null ? [] : [steps[worst - 1], steps[worst]];
  return (
    <>
      <Figures>
        <Figure
          label={t.funnel.overall}
          value={format.rate(last?.people ?? 0, first?.people ?? 0)}
          note={`${format.number(first?.people ?? 0)} → ${t.funnel.persons(format.number(last?.people ?? 0))}`}
        />
        {before && at ? (
          <Figure
            label={t.funnel.biggest}
            value={format.percent(at.dropOff)}
            note={`${eventWord(before.event, t)} → ${eventWord(at.event, t)}`}
          />
        ) : null}
      </Figures>
      <Card title={t.funnel.caption}>
        <ol className={classes.steps}>
          {steps.map((step, index) => (
            <Step key={step.event} step={step} index={index} worst={index === worst} />
          ))}
        </ol>
      </Card>
    </>
  );
}

function Step({
  step,
  index,
  worst,
}: {
  step: FunnelReport['steps'][number];
  index: number;
  worst: boolean;
}) {
  const { t, format } = useSpeech();
  return (
    <li className={classes.step} data-test={`funnel-step-${step.event}`}>
      {index > 0 ? (
        <p className={classes.between} data-worst={worst || undefined}>
          <span className={classes.lost} data-test={`funnel-drop-${step.event}`}>
            {step.dropped > 0
              ? t.funnel.lost(format.number(step.dropped), format.percent(step.dropOff))
              : t.funnel.nobodyLost}
          </span>
          {worst ? <strong className={classes.flag}>{t.funnel.biggest}</strong> : null}
          {step.medianMs === null ? null : <span>{t.funnel.median(format.elapsed(step.medianMs))}</span>}
        </p>
      ) : null}
      <div className={classes.row}>
        <span className={classes.name}>
          <span className={classes.ordinal}>{format.number(index + 1)}</span>
          {eventWord(step.event, t)}
          <code>{step.event}</code>
        </span>
        <span className={classes.track} aria-hidden="true">
          <span className={classes.bar} style={{ width: `${Math.min(1, step.share) * 100}%` }} />
        </span>
        <span className={classes.people}>{t.funnel.persons(format.number(step.people))}</span>
        <span className={classes.share}>{format.percent(step.share)}</span>
      </div>
    </li>
  );
}
