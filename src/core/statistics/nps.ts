import { Z_95 } from './wilson.js';

/**
 * Net Promoter Score with its 95 % adjusted-Wald interval (Rocks 2016: three answers added, 3/4 each to promoters and
 * detractors), all in [-100, 100]. Null without answers. Plain Wald would call ten promoters certain.
 */
export function npsInterval(
  promoters: number,
  passives: number,
  detractors: number,
): { score: number; low: number; high: number } | null {
  const count = promoters + passives + detractors;
  if (!(count > 0)) return null;
  const adjusted = count + 3;
  const p = (promoters + 0.75) / adjusted;
  const d = (detractors + 0.75) / adjusted;
  const half = Z_95 * Math.sqrt((p + d - (p - d) ** 2) / adjusted);
  return {
    score: (100 * (promoters - detractors)) / count,
    low: Math.max(-100, 100 * (p - d - half)),
    high: Math.min(100, 100 * (p - d + half)),
  };
}
