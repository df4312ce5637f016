import { Badge } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useChangeStatus } from '../api/campaignStatus.js';
import type { CampaignStatus } from '../../core/program.js';
import { useSpeech } from '../language/language.js';
import { describeError } from '../shell/failure.js';
import { usePlace } from '../shell/site.js';
import classes from './statusSwitch.module.css';

interface StatusSwitchProps {
  id: string;
  name: string;
  status: CampaignStatus;
  /** The collector stopped it: only other stop conditions let it go on. */
  isStopped: boolean;
}

/** Live or paused as a switch; a draft or an ended campaign only says what it is. */
export function StatusSwitch({ id, name, status, isStopped }: StatusSwitchProps) {
  const { t } = useSpeech();
  const { session, site } = usePlace();
  const change = useChangeStatus(site.key, session.csrf);
  if (isStopped || (status !== 'live' && status !== 'paused')) {
    return (
      <Badge variant="outline" color="gray" tt="none" data-test={`status-${id}`}>
        {isStopped ? t.stopped.badge : t.statuses[status]}
      </Badge>
    );
  }
  const to = status === 'live' ? 'paused' : 'live';
  const said =
    to === 'live'
      ? { title: t.campaigns.nowLive(name), message: t.campaigns.nowLiveDetail }
      : { title: t.campaigns.nowPaused(name), message: t.campaigns.nowPausedDetail };
  const toggle = () => {
    if (change.isPending) return;
    change.mutate(
      { id, from: status, to },
      {
        onSuccess: () => notifications.show({ ...said, color: 'tokiwa' }),
        onError: (error) => {
          const { text, requestId } = describeError(error, t);
          notifications.show({
            title: t.campaigns.changeFailed(name),
            message: requestId ? `${text} (${t.common.requestId(requestId)})` : text,
            color: 'red',
            autoClose: false,
          });
        },
      },
    );
  };
  return (
    <button
      type="button"
      role="switch"
      aria-checked={status === 'live'}
      aria-label={t.campaigns.toggle(name)}
      aria-busy={change.isPending}
      className={classes.switch}
      onClick={toggle}
      data-test={`status-switch-${id}`}
    >
      <span className={classes.track} aria-hidden="true" />
      <span aria-hidden="true">{t.statuses[status]}</span>
    </button>
  );
}
