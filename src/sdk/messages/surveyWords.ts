/** The words of surveys; what the author wrote comes from the content. */
export interface SurveyWords {
  close: string;
  next: string;
  back: string;
  send: string;
  optional: string;
  requiredChoice: string;
  requiredText: string;
  tooLong: (most: number) => string;
  step: (at: number, of: number) => string;
  score: (value: number, of: number) => string;
  /** Stands in a dropdown of which nothing is chosen. */
  choose: string;
  up: string;
  down: string;
  /** What the browser refuses, by the kind of question or the field. */
  refused: { date: string; email: string; other: string };
}

const en: SurveyWords = {
  close: 'Close',
  next: 'Next',
  back: 'Back',
  send: 'Send',
  optional: 'optional',
  requiredChoice: 'Please choose an answer.',
  requiredText: 'Please write an answer.',
  tooLong: (most) => `Please keep it to ${most} characters.`,
  step: (at, of) => `Step ${at} of ${of}`,
  score: (value, of) => `${value} of ${of}`,
  choose: 'Please choose',
  up: 'Yes',
  down: 'No',
  refused: {
    date: 'Please choose a day that can be chosen.',
    email: 'Please write it like name@example.com.',
    other: 'Please check what you wrote.',
  },
};

const ja: SurveyWords = {
  close: '閉じる',
  next: '次へ',
  back: '戻る',
  send: '送信する',
  optional: '任意',
  requiredChoice: 'いずれかをお選びください。',
  requiredText: 'ご回答をご入力ください。',
  tooLong: (most) => `${most}文字以内でご入力ください。`,
  step: (at, of) => `${of}問中${at}問目`,
  score: (value, of) => `${of}点中${value}点`,
  choose: '選択してください',
  up: 'はい',
  down: 'いいえ',
  refused: {
    date: '選択できる日付をお選びください。',
    email: 'name@example.com のような形式でご入力ください。',
    other: 'ご入力内容をご確認ください。',
  },
};

export const surveyWords = { part: 'survey' as const, en, ja };
