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
};

export const surveyWords = { en, ja };
