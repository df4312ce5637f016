const UNITS: { [unit: string]: [en: string, ja: string] } = {
  s: ['second', '秒'],
  m: ['minute', '分'],
  h: ['hour', '時間'],
  d: ['day', '日間'],
  w: ['week', '週間'],
};

/** A duration in words: `7d` is "7 days" or 「7 日間」; anything else stays as it is. */
export function durationWords(duration: string, language: 'en' | 'ja'): string {
  const [, number, unit] = /^([\d.]+)([smhdw])$/.exec(duration) ?? [];
  const words = unit && UNITS[unit];
  if (!words) return duration;
  if (language === 'ja') return `${number} ${words[1]}`;
  return number === '1' ? `1 ${words[0]}` : `${number} ${words[0]}s`;
}
