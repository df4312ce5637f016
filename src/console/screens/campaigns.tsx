import { Link } from 'wouter';
import type { CampaignList } from '../../collector/api.js';
import { useCampaigns } from '../api/reports.js';
import { useSpeech } from '../language/language.js';
import { DataTable, HeadCell, NumberCell } from '../shell/dataTable.js';
import { Empty } from '../shell/empty.js';
import { Screen } from '../shell/screen.js';
import { usePlace } from '../shell/site.js';
import { formatWord } from '../words/text.js';
import classes from './tables.module.css';
import { StatusSwitch } from './statusSwitch.js';

export function CampaignsScreen() {
  const { t } = useSpeech();
  const { site } = usePlace();
  const report = useCampaigns(site.key);
  return (
    <Screen title={t.campaigns.title} report={report}>
      {(data) =>
        data.campaigns.length === 0 ? (
          <Empty title={t.campaigns.empty} hint={t.campaigns.emptyHint} />
        ) : (
          <div>
            <DataTable
              caption={t.campaigns.caption}
              head={
                <>
                  <HeadCell>{t.campaigns.name}</HeadCell>
                  <HeadCell>{t.campaigns.status}</HeadCell>
                  <HeadCell numeric>{t.campaigns.priority}</HeadCell>
                  <HeadCell numeric>{t.campaigns.shown}</HeadCell>
                  <HeadCell numeric>{t.campaigns.clicked}</HeadCell>
                  <HeadCell numeric>{t.campaigns.answered}</HeadCell>
                  <HeadCell numeric>{t.campaigns.goal}</HeadCell>
                </>
              }
            >
              {data.campaigns.map((campaign) => (
                <CampaignRow key={campaign.id} campaign={campaign} />
              ))}
            </DataTable>
            <p className={classes.legend}>{t.campaigns.persons}</p>
          </div>
        )
      }
    </Screen>
  );
}

function CampaignRow({ campaign }: { campaign: CampaignList['campaigns'][number] }) {
  const { t, format } = useSpeech();
  const { counts } = campaign;
  const ofShown = (part: number) => t.campaigns.ofShown(format.rate(part, counts.shown));
  return (
    <tr data-test={`campaign-row-${campaign.id}`}>
      <th scope="row" className={classes.nameCell}>
        <Link href={`/campaigns/${encodeURIComponent(campaign.id)}`}>{campaign.name}</Link>
        <span className={classes.sub}>{formatWord(campaign.format, t)}</span>
      </th>
      <td>
        <StatusSwitch
          id={campaign.id}
          name={campaign.name}
          status={campaign.status}
          isStopped={!!campaign.stopped}
        />
      </td>
      <NumberCell value={format.number(campaign.priority)} />
      <NumberCell
        value={format.number(counts.shown)}
        note={t.campaigns.ofExposed(format.rate(counts.shown, counts.exposed))}
      />
      <NumberCell value={format.number(counts.clicked)} note={ofShown(counts.clicked)} />
      {campaign.questions?.length === 0 ? (
        <NumberCell value={t.common.none} />
      ) : (
        <NumberCell value={format.number(counts.answered)} note={ofShown(counts.answered)} />
      )}
      <NumberCell
        value={format.number(counts.goal)}
        note={t.campaigns.ofExposed(format.rate(counts.goal, counts.exposed))}
      />
    </tr>
  );
}
