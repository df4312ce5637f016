/** Chooses between the words of a part of the frame: Japanese for `ja` and its regions, else English. */
export const wordsFor =
  (language: string) =>
  <Words>({ en, ja }: { en: Words; ja: Words }): Words =>
    /^ja\b/i.test(language) ? ja : en;
