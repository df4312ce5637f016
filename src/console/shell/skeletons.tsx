import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useSpeech } from '../language/language.js';
import classes from './states.module.css';

/** The outline of a report while its first numbers are on their way. */
export function PageSkeleton() {
  const { t } = useSpeech();
  return (
    <Stack gap="lg" className={classes.skeleton} role="status">
      <VisuallyHidden>{t.common.loading}</VisuallyHidden>
      <Skeleton height={30} width={220} />
      <div className={classes.skeletonRow}>
        {[0, 1, 2, 3].map((tile) => (
          <Skeleton key={tile} height={92} radius="md" />
        ))}
      </div>
      <Skeleton height={280} radius="md" />
    </Stack>
  );
}
