import { useId } from 'react';
import type { ReactNode } from 'react';
import classes from './card.module.css';

/** A titled region of a screen. */
export function Card({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.card}>
      <h2 id={id} className={classes.title}>
        {title}
      </h2>
      {children}
      {hint ? <p className={classes.hint}>{hint}</p> : null}
    </section>
  );
}

/** Figures side by side: name, value, and one line that puts the value in relation. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className={classes.figures}>{children}</dl>;
}

interface FigureProps {
  label: string;
  value: string;
  note?: string;
  /** Token of the same colour in the chart below. */
  tone?: 'shown' | 'clicked' | 'answered' | 'goal';
  test?: string;
}

export function Figure({ label, value, note, tone, test }: FigureProps) {
  return (
    <div className={classes.figure} data-tone={tone}>
      <dt>{label}</dt>
      <dd className={classes.value} data-test={test}>
        {value}
      </dd>
      {note ? <dd className={classes.note}>{note}</dd> : null}
    </div>
  );
}
