import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type {
  CampaignList,
  CampaignReport,
  FunnelReport,
  Overview,
  SurveyReport,
  Timeline,
  VisitorList,
} from '../../collector/api.js';
import { request } from './request.js';

/** What happens in the shop is in the console within 5 s: visible reports ask again this often. */
export const POLL_MS = 2000;

/** `keep` shows the report of the last choice until the new one is there; only for choices about the same thing. */
function useReport<T>(site: string, path: string, keep = false) {
  return useQuery({
    queryKey: ['report', site, path],
    queryFn: ({ signal }) => request<T>(`/sites/${encodeURIComponent(site)}/${path}`, { signal }),
    refetchInterval: POLL_MS,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}

/** The cache key of a site's campaign list, for the optimistic status switch. */
export const campaignsKey = (site: string) => ['report', site, 'campaigns'] as const;

export const useOverview = (site: string) => useReport<Overview>(site, 'overview');
export const useCampaigns = (site: string) => useReport<CampaignList>(site, 'campaigns');
export const useCampaign = (site: string, id: string) =>
  useReport<CampaignReport>(site, `campaigns/${encodeURIComponent(id)}`);
export const useSurvey = (site: string, id: string) =>
  useReport<SurveyReport>(site, `surveys/${encodeURIComponent(id)}`);
export const useTimeline = (site: string, visitor: string) =>
  useReport<Timeline>(site, `visitors/${encodeURIComponent(visitor)}`);

export function useFunnel(site: string, ask: { steps: readonly string[]; days: number; window: number }) {
  const query = new URLSearchParams({
    steps: ask.steps.join(','),
    days: String(ask.days),
    window: String(ask.window),
  });
  return useReport<FunnelReport>(site, `funnel?${query}`, true);
}

export function useVisitors(site: string, search: string) {
  const query = new URLSearchParams({ limit: '50', ...(search ? { q: search } : {}) });
  return useReport<VisitorList>(site, `visitors?${query}`, true);
}
