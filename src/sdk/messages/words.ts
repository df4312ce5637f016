/** The words of the frame and of surveys; what the author wrote comes from the content. */
export interface Words {
  close: string;
  copy: string;
  copied: string;
  copyFailed: string;
  next: string;
  back: string;
  send: string;
  optional: string;
  requiredChoice: string;
  requiredText: string;
  tooLong: (most: number) => string;
  step: (at: number, of: number) => string;
  score: (value: number, of: number) => string;
}

const en: Words = {
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Please select the code and copy it.',
  next: 'Next',
  back: 'Back',
  send: 'Send',
  optional: 'optional',
  requiredChoice: 'Please choose an answer.',
  requiredText: 'Please write an answer.',
  tooLong: (most) => `Please keep it to ${most} characters.`,
  step: (at, of) => `Step ${at} of ${of}`,
  score: (value, of) => `${value} of ${of}`,
};

const ja: Words = {
  close: '閉じる',
  copy: 'コピー',
  copied: 'コピーしました',
  copyFailed: 'コードを選択してコピーしてください。',
  next: '次へ',
  back: '戻る',
  send: '送信する',
  optional: '任意',
  requiredChoice: 'いずれかをお選びください。',
  requiredText: 'ご回答をご入力ください。',
  tooLong: (most) => `${most}文字以内でご入力ください。`,
  step: (at, of) => `${of}問中${at}問目`,
  score: (value, of) => `${of}点中${value}点`,
};

/** Japanese for `ja` and its regions, else English. */
export const wordsIn = (language: string): Words => (/^ja\b/i.test(language) ? ja : en);
