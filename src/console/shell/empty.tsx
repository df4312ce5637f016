import type { ReactNode } from 'react';
import classes from './states.module.css';

/** Nothing to show: says so, and what to do about it. */
export function Empty({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className={classes.empty} role="status">
      <svg viewBox="0 0 64 32" width="64" height="32" aria-hidden="true">
        <path className={classes.emptyLine} d="M4 26c10 0 12-16 24-16s14 12 32 12" />
        <circle className={classes.emptyDot} cx="28" cy="10" r="4" />
      </svg>
      <p className={classes.emptyTitle}>{title}</p>
      {hint ? <p className={classes.emptyHint}>{hint}</p> : null}
      {children}
    </div>
  );
}
