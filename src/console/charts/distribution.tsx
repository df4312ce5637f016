import { useSpeech } from '../language/language.js';
import classes from './charts.module.css';

interface DistributionProps {
  label: string;
  rows: { value: string; label: string; count: number; tone?: 'good' | 'middle' | 'bad' }[];
  /** Upright for scales, lying for choices with words. */
  upright?: boolean;
}

/** Counts per value as bars that are a list: the number stands in text beside every bar. */
export function Distribution({ label, rows, upright = false }: DistributionProps) {
  const { format } = useSpeech();
  const total = rows.reduce((sum, row) => sum + row.count, 0);
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <ul className={upright ? classes.columns : classes.bars} aria-label={label}>
      {rows.map((row) => (
        <li key={row.value}>
          <span className={classes.barLabel}>{row.label}</span>
          <span className={classes.barTrack} aria-hidden="true">
            <span
              className={classes.bar}
              data-tone={row.tone ?? 'good'}
              style={
                upright
                  ? { height: `${(row.count / most) * 100}%` }
                  : { width: `${(row.count / most) * 100}%` }
              }
            />
          </span>
          <span className={classes.barCount}>
            {format.number(row.count)}
            {upright ? null : <small>{format.rate(row.count, total)}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
