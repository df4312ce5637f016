import { h } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Content } from '../../core/content.js';
import { PlainCards } from './cards.js';
import type { SurveyChunk } from './contract.js';
import { adopt } from './host.js';
import { asks } from './shownContent.js';
import type { createSurvey } from './survey.js';
import type { View } from './view.js';

/** What the survey chunk is given, so that Preact is not bundled twice. */
const preact = { h, useLayoutEffect, useRef, useState };

/** Loads, once, what renders the cards: the survey chunk if one asks something. Rejects if it cannot be had; a new call tries again. */
export function createCardsLoader(
  content: Content,
  shadow: ShadowRoot,
  loadSurvey: () => Promise<SurveyChunk>,
): () => Promise<NonNullable<View['Cards']>> {
  let loading: Promise<NonNullable<View['Cards']>> | undefined;
  const load = async () => {
    if (!asks(content)) return PlainCards;
    const chunk = (await loadSurvey()) as { createSurvey: typeof createSurvey };
    const { Cards, css } = chunk.createSurvey(preact);
    adopt(shadow, css);
    return Cards;
  };
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}
