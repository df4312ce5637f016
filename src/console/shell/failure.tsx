import { Alert, Button } from '@mantine/core';
import { ApiError } from '../api/request.js';
import { useSpeech } from '../language/language.js';
import type { Dictionary } from '../language/en.js';
import classes from './states.module.css';

/** The sentence for an error: our own where we know better, else what the collector's problem+json says. */
export function describeError(error: unknown, t: Dictionary): { text: string; requestId: string | null } {
  if (!(error instanceof ApiError)) return { text: t.errors.unexpected, requestId: null };
  const { requestId } = error;
  if (error.status === 0) return { text: t.errors.offline, requestId };
  if (error.status === 404) return { text: t.errors.notFound, requestId };
  if (error.status >= 200 && error.status < 300) return { text: t.errors.unexpected, requestId };
  return { text: error.detail ?? error.title, requestId };
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useSpeech();
  const { text, requestId } = describeError(error, t);
  return (
    <Alert color="red" title={t.errors.title} className={classes.failure} role="alert">
      <p>{text}</p>
      {requestId ? <p className={classes.requestId}>{t.common.requestId(requestId)}</p> : null}
      {retry ? (
        <Button variant="default" size="xs" mt="sm" onClick={retry}>
          {t.common.retry}
        </Button>
      ) : null}
    </Alert>
  );
}
