import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf, type Piece } from '../../../../src/core/template.js';

/** What it is taken apart into, and what was told to be broken. */
function taken(text: string): [pieces: Piece[], broken: string[]] {
  const broken: string[] = [];
  return [piecesOf(text, (inside) => broken.push(inside)), broken];
}

const place = (path: string, ...filters: [name: string, argument?: string][]) => ({ path, filters });

describe('piecesOf', () => {
  it.each<[text: string, pieces: Piece[]]>([
    ['', []],
    ['Hello', ['Hello']],
    ['{{visitor.name}}', [place('visitor.name')]],
    ['Hi {{ visitor.name }}!', ['Hi ', place('visitor.name'), '!']],
    ['{{ a.b }}{{ a.c }}', [place('a.b'), place('a.c')]],
    ['{{ page.query.ref }}', [place('page.query.ref')]],
    ['{{ event.items.0.name }}', [place('event.items.0.name')]],
    ['{{ event.items[].name }}', [place('event.items[].name')]],
    ['{{ visitor.名前 }}', [place('visitor.名前')]],
    ['{{\n\tvisitor.name\n}}', [place('visitor.name')]],
  ])('takes %j apart', (text, pieces) => expect(taken(text)).toEqual([pieces, []]));

  it.each<[text: string, ...filters: [name: string, argument?: string][]]>([
    ['default: "you"', ['default', 'you']],
    ["default:'you'", ['default', 'you']],
    ['default: ""', ['default', '']],
    ['default', ['default']],
    ['number', ['number']],
    ['number:1', ['number', '1']],
    ['number : -1.5', ['number', '-1.5']],
    ['default: "a | b: c"', ['default', 'a | b: c']],
    ['default: "it\'s"', ['default', "it's"]],
    ['default: \'say "hi"\'', ['default', 'say "hi"']],
    ['default: "{ } ${x}"', ['default', '{ } ${x}']],
    ['money: "JPY" | default: "|" | unheard', ['money', 'JPY'], ['default', '|'], ['unheard']],
    ['default: "日本 😀"', ['default', '日本 😀']],
  ])('reads the filters of {{ a.b | %s }}', (text, ...filters) =>
    expect(taken(`{{ a.b | ${text} }}`)).toEqual([[place('a.b', ...filters)], []]),
  );

  it.each([
    '',
    ' ',
    'visitor',
    'visitor.',
    '.name',
    'visitor..name',
    'visitor name',
    '1.a',
    '__proto__.x',
    "constructor.constructor('x')()",
    'visitor.name (1)',
    'visitor["name"].length + 1 ? "a" : "b"',
    'visitor.name |',
    'visitor.name || "x"',
    'visitor.name | default: you',
    'visitor.name | default: "you',
    'visitor.name | default: "you"x',
    'visitor.name | default: "a" "b"',
    'visitor.name | Default',
    'visitor.name | number: 1e9',
    'visitor.name | number: 0x1',
    'visitor.name; alert(1)',
    `visitor.${'x'.repeat(65)}`,
  ])('leaves {{%s}} as it is, and says so', (inside) =>
    expect(taken(`a {{${inside}}} b`)).toEqual([[`a {{${inside}}} b`], [inside]]),
  );

  it.each([
    '${visitor.name}',
    '{visitor.name}',
    '<%= visitor.name %>',
    '}} visitor.name',
    '{ { a.b } }',
    '}}',
  ])('has nothing to say about %s', (text) => expect(taken(text)).toEqual([[text], []]));

  it('finds what is sound behind what is broken, and keeps every brace', () => {
    expect(taken('{{ a {{ b.c }} d')).toEqual([['{{ a ', place('b.c'), ' d'], [' a ']]);
    expect(taken('{{{ b.c }}}')).toEqual([['{{{ b.c }}}'], ['{ b.c ']]);
    expect(taken('{{{{ b.c }}}}')).toEqual([['{{', place('b.c'), '}}'], ['']]);
    expect(taken('{{ b.c')).toEqual([['{{ b.c'], [' b.c']]);
    expect(taken('{{ b.c }')).toEqual([['{{ b.c }'], [' b.c }']]);
    expect(taken('{{ x }} {{ b.c }}')).toEqual([['{{ x }} ', place('b.c')], [' x ']]);
  });

  it('takes no placeholder for another one within its quotes', () => {
    expect(taken('{{ a.b | default: "{{ c.d }}" }}')).toEqual([
      ['{{ a.b | default: "', place('c.d'), '" }}'],
      [' a.b | default: "'],
    ]);
    expect(taken('{{ a.b | default: "}}" }}')).toEqual([
      ['{{ a.b | default: "}}" }}'],
      [' a.b | default: "'],
    ]);
  });

  it('reads nothing twice: much of anything is done in a moment', { timeout: 20_000 }, () => {
    const size = 100_000;
    const units = [
      '{',
      '{{',
      '{{ ',
      '{{}}',
      '}',
      '{{ a.b |',
      '{{ a.b | default: "',
      '{{ a.b }}',
      '|',
      '"',
      'a.',
    ];
    for (const unit of units) {
      const text = unit.repeat(size / unit.length);
      for (const whole of [text, `${text}}}`, `{{${text}`, `{{ a.b | default: "${text}" }}`]) {
        const pieces = piecesOf(whole);
        const literal = pieces.filter((piece) => typeof piece === 'string').join('');
        expect(whole.length - literal.length).toBeGreaterThanOrEqual(0);
      }
    }
    expect(piecesOf('{{ a.b }}'.repeat(size / 10))).toHaveLength(size / 10);
    expect(piecesOf('{{'.repeat(size / 2))).toEqual(['{{'.repeat(size / 2)]);
  });

  it('gives back every text that opens no braces', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('{{'));
        expect(taken(text)).toEqual([text ? [text] : [], []]);
      }),
    ));

  it('loses nothing of what is no placeholder, and never throws', () => {
    const part = fc.constantFrom(
      '{{',
      '}}',
      '{',
      '}',
      '|',
      '"',
      "'",
      ':',
      ' ',
      'a.b',
      'default',
      '\\',
      '1',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const [pieces] = taken(text);
        // Put together again with the placeholders taken out, in order.
        let rest = text;
        for (const piece of pieces) {
          const found = typeof piece === 'string' ? piece : /^\{\{[^]*?\}\}/.exec(rest)![0];
          expect(rest.startsWith(found)).toBe(true);
          rest = rest.slice(found.length);
        }
        expect(rest).toBe('');
      }),
    );
  });
});
