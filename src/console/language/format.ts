const UNITS = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' } as const;
const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** Numbers, money, dates and durations as a language writes them. All pure but for the time zone, which is the browser's. */
export interface Format {
  number(value: number): string;
  decimal(value: number, digits: number): string;
  /** A share of 0-1 as a percentage with one decimal. */
  percent(share: number): string;
  /** `part` of `whole` as a percentage, a dash when there is no whole. */
  rate(part: number, whole: number): string;
  /** ISO 4217; unknown codes are written behind the number. */
  money(value: number, currency?: string): string;
  /** `YYYY-MM-DD`, a UTC day. */
  day(day: string): string;
  dateTime(iso: string): string;
  /** A date without a time, of whatever zone, with its year; else as `dateTime`. What is neither is returned as it stands. */
  date(iso: string): string;
  time(iso: string): string;
  /** Milliseconds in the one or two largest units. */
  elapsed(ms: number): string;
  /** An author's duration such as `30m`; what is not one is returned as it stands. */
  duration(written: string): string;
}

function instant(iso: string): Date | null {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Largest unit first, the second one only if it is not zero. */
function splitElapsed(ms: number): [value: number, unit: (typeof STEPS)[number][0]][] {
  const parts: [number, (typeof STEPS)[number][0]][] = [];
  const seconds = Math.max(0, Math.round(ms / 1000));
  let rest = seconds * 1000;
  for (const [unit, size] of STEPS) {
    const value = Math.floor(rest / size);
    rest -= value * size;
    if (parts.length === 1) {
      if (value > 0) parts.push([value, unit]);
      return parts;
    }
    if (value > 0) parts.push([value, unit]);
  }
  return parts.length ? parts : [[0, 'second']];
}

/** Formats of one language; makes its Intl objects once. */
export function createFormat(language: string): Format {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return {
    number: (value) => whole.format(value),
    decimal: (value, digits) => decimal(language, value, digits),
    percent: (value) => share.format(value),
    rate: (part, all) => (all > 0 ? share.format(part / all) : '–'),
    money: (value, currency = 'JPY') => money(language, value, currency),
    ...createDateFormat(language),
    ...createDurationFormat(language),
  };
}

function createDateFormat(language: string): Pick<Format, 'day' | 'dateTime' | 'date' | 'time'> {
  const formatter = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { hourCycle: 'h23', ...options });
  const day = formatter({ month: 'short', day: 'numeric', timeZone: 'UTC' });
  const date = formatter({ year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' });
  const time = formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const dateTime = formatter({
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  const written = (used: Intl.DateTimeFormat, iso: string) => {
    const at = instant(iso);
    return at ? used.format(at) : iso;
  };
  return {
    day: (iso) => written(day, `${iso}T00:00:00Z`),
    dateTime: (iso) => written(dateTime, iso),
    date: (iso) => written(/^\d{4}-\d\d-\d\d$/.test(iso) ? date : dateTime, iso),
    time: (iso) => written(time, iso),
  };
}

function createDurationFormat(language: string): Pick<Format, 'elapsed' | 'duration'> {
  const inUnit = (value: number, unit: string, unitDisplay: 'long' | 'short') => {
    const text = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(value);
    // Japanese sets no space between a number and its counter.
    return language === 'ja' ? text.replace(/\s/g, '') : text;
  };
  return {
    elapsed: (ms) =>
      splitElapsed(ms)
        .map(([value, unit]) => inUnit(value, unit, 'short'))
        .join(language === 'ja' ? '' : ' '),
    duration: (text) => {
      const match = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(text);
      return match ? inUnit(Number(match[1]), UNITS[match[2] as keyof typeof UNITS], 'long') : text;
    },
  };
}

function decimal(language: string, value: number, digits: number): string {
  const format = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // No minus before a zero.
  return format.format(value || 0);
}

function money(language: string, value: number, currency: string): string {
  try {
    return new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    }).format(value);
  } catch {
    return `${new Intl.NumberFormat(language).format(value)} ${currency}`;
  }
}
