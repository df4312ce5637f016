import { validateStop } from '../../core/validate/campaignFile.js';
import type { ReportContext } from '../reports/report.js';
import { stopReached } from '../reports/stopReached.js';
import { listSites } from './settings.js';
import type { Sql } from './sql.js';
import { mayBeStopped, putStop, recordStop, storedCampaigns, type StopFound } from './stops.js';
import type { StoreMethods } from './storeMethods.js';

/** Who writes that a campaign was stopped. */
const ACTOR = 'collector';

/** What of the store is about stop conditions. `flush`: see the applier's. */
export function stopMethods(
  sql: { events: Sql; settings: Sql },
  flush: () => Promise<unknown>,
): Pick<StoreMethods, 'stopCampaigns' | 'setStop'> {
  const contextOf = (site: string, nowMs: number): ReportContext => ({
    ...sql,
    site,
    nowMs,
    asOf: new Date(nowMs).toISOString(),
  });

  return {
    async stopCampaigns(atMs) {
      const stopped: { site: string; campaign: string; stop: StopFound }[] = [];
      for (const { key: site } of await listSites(sql.settings)) {
        const campaigns = (await storedCampaigns(sql.settings, site)).filter(mayBeStopped);
        if (campaigns.length === 0) continue;
        const reached = await stopReached(contextOf(site, atMs), campaigns);
        for (const [id, stop] of reached) {
          const { version } = campaigns.find((one) => one.id === id)!;
          const record = { ...stop, at: new Date(atMs).toISOString(), version };
          if (await recordStop(sql.settings, { site, actor: ACTOR, atMs }, id, record))
            stopped.push({ site, campaign: id, stop });
        }
      }
      return stopped;
    },

    async setStop(change, id, stop) {
      await flush();
      const campaign = (await storedCampaigns(sql.settings, change.site)).find((one) => one.id === id);
      if (!campaign) return undefined;
      const { problems } = stop === null ? { problems: [] } : validateStop(stop, campaign.goal !== undefined);
      if (problems.length > 0) return { refused: problems.map(({ message }) => message).join('\n') };
      const asked = { ...campaign, stop: stop ?? {} };
      const passed = (await stopReached(contextOf(change.site, change.atMs), [asked])).get(id);
      if (passed) return { passed };
      const version = await putStop(sql.settings, change, id, stop);
      return version === undefined ? undefined : { version };
    },
  };
}
