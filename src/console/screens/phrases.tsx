import type { Phrase } from '../words/conditions.js';
import classes from './campaign.module.css';

/** Sentences as a list, what they hold together one level in. */
export function Phrases({ phrases }: { phrases: Phrase[] }) {
  return (
    <ul className={classes.phrases}>
      {phrases.map((phrase, index) => (
        <li key={index}>
          {phrase.text}
          {phrase.parts?.length ? <Phrases phrases={phrase.parts} /> : null}
        </li>
      ))}
    </ul>
  );
}
