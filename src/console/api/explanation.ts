import { useQuery } from '@tanstack/react-query';
import type { CampaignExplanation } from '../../collector/api.js';
import { request } from './request.js';

/** Whom it is about, and which campaign; without one nothing is asked. */
interface Asked {
  visitor: string;
  campaign: string | undefined;
}

/**
 * Why a campaign is, or is not, shown to a visitor. Asked once for each choice, and again by `refetch`: an answer replays the whole
 * log of the visitor, and one that changes while it is read helps nobody.
 */
export function useExplanation(site: string, csrf: string, { visitor, campaign }: Asked) {
  return useQuery({
    queryKey: ['explanation', site, visitor, campaign],
    queryFn: ({ signal }) =>
      request<CampaignExplanation>(`/sites/${encodeURIComponent(site)}/explain`, {
        method: 'POST',
        body: { visitor, campaign },
        csrf,
        signal,
      }),
    enabled: campaign !== undefined,
    staleTime: Infinity,
  });
}
