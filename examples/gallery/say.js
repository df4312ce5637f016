/** @type {(en: string, ja: string, ar: string) => { [language: string]: string }} One wording in three languages. */
export const say = (en, ja, ar) => ({ en, ja, ar });
