/** The words of the frame itself; what the author wrote comes from the content. */
export interface Words {
  close: string;
  copy: string;
  copied: string;
  copyFailed: string;
}

const en: Words = {
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Please select the code and copy it.',
};

const ja: Words = {
  close: '閉じる',
  copy: 'コピー',
  copied: 'コピーしました',
  copyFailed: 'コードを選択してコピーしてください。',
};

/** Japanese for `ja` and its regions, else English. */
export const wordsIn = (language: string): Words => (/^ja\b/i.test(language) ? ja : en);
