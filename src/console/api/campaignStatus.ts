import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CampaignList } from '../../collector/api.js';
import type { CampaignStatus } from '../../core/program.js';
import { campaignsKey } from './reports.js';
import { request } from './request.js';

interface Change {
  id: string;
  from: CampaignStatus;
  to: CampaignStatus;
}

/** The list with one campaign's status replaced, if it still has the status we saw; everything newer is kept. */
export function withStatus(list: CampaignList | undefined, change: Change): CampaignList | undefined {
  if (!list) return list;
  return {
    ...list,
    campaigns: list.campaigns.map((campaign) =>
      campaign.id === change.id && campaign.status === change.from
        ? { ...campaign, status: change.to }
        : campaign,
    ),
  };
}

/** Changes a status at once on the screen and takes back exactly that change when the collector refuses it. */
export function useChangeStatus(site: string, csrf: string) {
  const client = useQueryClient();
  const key = campaignsKey(site);
  return useMutation({
    mutationFn: ({ id, to }: Change) =>
      request<{ status: CampaignStatus; version: number }>(
        `/sites/${encodeURIComponent(site)}/campaigns/${encodeURIComponent(id)}/status`,
        { method: 'PUT', body: { status: to }, csrf },
      ),
    onMutate: async (change) => {
      // A poll already under way would bring the old status back for a moment.
      await client.cancelQueries({ queryKey: key });
      client.setQueryData<CampaignList>(key, (list) => withStatus(list, change));
    },
    onError: (_error, change) => {
      client.setQueryData<CampaignList>(key, (list) =>
        withStatus(list, { ...change, from: change.to, to: change.from }),
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['report', site] }),
  });
}
