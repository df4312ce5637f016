import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Icon } from '../identity/icons.js';
import { useSpeech } from '../language/language.js';
import { Failure } from './failure.js';
import classes from './screen.module.css';
import { PageSkeleton } from './skeletons.js';

/** What a report query gives to a screen. */
interface Report<T> {
  data: T | undefined;
  error: unknown;
  refetch(): unknown;
}

interface ScreenProps<T extends { asOf: string }> {
  title: string;
  lead?: string;
  back?: { href: string; label: string };
  /** Filters and switches right of the title. */
  tools?: ReactNode;
  report: Report<T>;
  children(data: T): ReactNode;
}

/** One report: heading that takes the focus on arrival, "as of", and the skeleton, failure or content below. */
export function Screen<T extends { asOf: string }>(props: ScreenProps<T>) {
  const { t } = useSpeech();
  const { report } = props;
  return (
    <>
      {props.back ? (
        <Link href={props.back.href} className={classes.back}>
          <Icon name="back" size={14} />
          {props.back.label}
        </Link>
      ) : null}
      <div className={classes.head}>
        <div>
          <Heading title={props.title} />
          {props.lead ? <p className={classes.lead}>{props.lead}</p> : null}
        </div>
        {report.data ? <AsOf iso={report.data.asOf} stale={report.error !== null} /> : null}
      </div>
      {props.tools ? <div className={classes.tools}>{props.tools}</div> : null}
      {report.data && report.error ? (
        <p role="alert" className={classes.stale}>
          {t.common.stale}
        </p>
      ) : null}
      <Body {...props} />
    </>
  );
}

function Body<T extends { asOf: string }>({ report, children }: ScreenProps<T>) {
  if (report.data) return <div className={classes.body}>{children(report.data)}</div>;
  if (report.error) return <Failure error={report.error} retry={() => void report.refetch()} />;
  return <PageSkeleton />;
}

/** Moves the focus to itself when the screen changes, so that keyboard and screen reader start there. */
function Heading({ title }: { title: string }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Not on the first load: there the browser's own start of the page is right.
    if (document.activeElement !== document.body) ref.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  useEffect(() => {
    document.title = `${title} – Kikubari`;
  }, [title]);
  return (
    <h1 ref={ref} tabIndex={-1} className={classes.title}>
      {title}
    </h1>
  );
}

function AsOf({ iso, stale }: { iso: string; stale: boolean }) {
  const { t, format } = useSpeech();
  return (
    <time className={classes.asOf} dateTime={iso} data-stale={stale || undefined} data-test="as-of">
      {t.common.asOf(format.time(iso))}
    </time>
  );
}
