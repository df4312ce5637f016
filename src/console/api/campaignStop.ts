import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Stop } from '../../core/program.js';
import { request } from './request.js';

/** Gives a campaign other stop conditions. */
export function useChangeStop(site: string, csrf: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, stop }: { id: string; stop: Stop | null }) =>
      request<{ version: number }>(
        `/sites/${encodeURIComponent(site)}/campaigns/${encodeURIComponent(id)}/stop`,
        { method: 'PUT', body: { stop }, csrf },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['report', site] }),
  });
}
