import classes from './wordmark.module.css';

/** A ring left open where somebody needs something, and the attention that goes there. */
export function Wordmark() {
  return (
    <span className={classes.wordmark}>
      <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
        <path className={classes.ring} d="M20.6 8.2A10.5 10.5 0 1 0 26 15.4" />
        <circle className={classes.dot} cx="25.2" cy="8" r="3.6" />
      </svg>
      <span className={classes.names}>
        <span lang="ja" className={classes.kanji}>
          気配り
        </span>
        <span className={classes.latin}>Kikubari</span>
      </span>
    </span>
  );
}
