import { createContext, use } from 'react';
import type { Session } from '../../collector/api.js';

/** Who is signed in and the site whose numbers are on the screen. */
export interface Place {
  session: Session;
  site: { key: string; name: string };
}

export const PlaceContext = createContext<Place | null>(null);

export function usePlace(): Place {
  const place = use(PlaceContext);
  if (!place) throw new Error('usePlace needs a signed-in session above it');
  return place;
}
