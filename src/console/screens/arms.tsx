import type { CampaignReport } from '../../collector/api.js';
import { CONTROL } from '../../core/automatic.js';
import { useSpeech } from '../language/language.js';
import { Card } from '../shell/card.js';
import { DataTable, HeadCell, NumberCell } from '../shell/dataTable.js';
import classes from './campaign.module.css';

/** The arms side by side. No lift yet: it needs an interval that holds when one peeks. */
export function Arms({ report: { arms, campaign, inSeveralArms } }: { report: CampaignReport }) {
  const { t, format } = useSpeech();
  if (arms.length === 0) return null;
  return (
    <Card title={t.campaign.arms} hint={t.campaign.armsHint}>
      <DataTable
        caption={t.campaign.armsCaption}
        head={
          <>
            <HeadCell>{t.campaign.arm}</HeadCell>
            <HeadCell numeric>{t.campaigns.exposed}</HeadCell>
            <HeadCell numeric>{t.campaigns.shown}</HeadCell>
            <HeadCell numeric>{t.campaigns.clicked}</HeadCell>
            <HeadCell numeric>{t.campaigns.goal}</HeadCell>
            <HeadCell numeric>{t.campaign.goalRate}</HeadCell>
            {campaign.goal?.value ? <HeadCell numeric>{t.campaigns.goalValue}</HeadCell> : null}
          </>
        }
      >
        {arms.map((arm) => (
          <tr key={arm.variant} data-test={`arm-${arm.variant}`}>
            <th scope="row">{arm.variant === CONTROL ? t.campaign.controlArm : arm.variant}</th>
            <NumberCell value={format.number(arm.exposed)} />
            <NumberCell value={arm.variant === CONTROL ? t.common.none : format.number(arm.shown)} />
            <NumberCell value={arm.variant === CONTROL ? t.common.none : format.number(arm.clicked)} />
            <NumberCell value={format.number(arm.goal)} />
            <NumberCell value={format.rate(arm.goal, arm.exposed)} />
            {campaign.goal?.value ? <NumberCell value={format.money(arm.goalValue)} /> : null}
          </tr>
        ))}
      </DataTable>
      {inSeveralArms > 0 ? (
        <p className={classes.several} data-test="arms-several">
          {t.campaign.inSeveralArms(format.number(inSeveralArms))}
        </p>
      ) : null}
    </Card>
  );
}
