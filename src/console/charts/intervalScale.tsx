import classes from './charts.module.css';

interface IntervalScaleProps {
  /** Ends of the scale, such as −100 and 100. */
  from: number;
  to: number;
  low: number;
  high: number;
  score: number;
  label: string;
  format(value: number): string;
}

/** A confidence interval drawn on its whole scale, so that a wide one looks wide. */
export function IntervalScale({ from, to, low, high, score, label, format }: IntervalScaleProps) {
  const at = (value: number) => 22 + ((Math.min(to, Math.max(from, value)) - from) / (to - from)) * 456;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => from + part * (to - from));
  return (
    <svg viewBox="0 0 500 54" className={classes.scale} role="img" aria-label={label}>
      <line className={classes.scaleAxis} x1={22} x2={478} y1={22} y2={22} />
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={classes.scaleAxis} x1={at(tick)} x2={at(tick)} y1={17} y2={27} />
          <text className={classes.scaleText} x={at(tick)} y={46} textAnchor="middle">
            {format(tick)}
          </text>
        </g>
      ))}
      <line className={classes.scaleInterval} x1={at(low)} x2={at(high)} y1={22} y2={22} />
      <line className={classes.scaleEnd} x1={at(low)} x2={at(low)} y1={13} y2={31} />
      <line className={classes.scaleEnd} x1={at(high)} x2={at(high)} y1={13} y2={31} />
      <circle className={classes.scaleDot} cx={at(score)} cy={22} r={6.5} />
    </svg>
  );
}
