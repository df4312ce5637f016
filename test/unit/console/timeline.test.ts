import { describe, expect, it } from 'vitest';
import { createFormat } from '../../../src/console/language/format.js';
import { en } from '../../../src/console/language/en.js';
import { tell } from '../../../src/console/words/timeline.js';

const speech = { t: en, format: createFormat('en') };
const campaigns = new Map([['nps', 'NPS after a purchase']]);
const told = (name: string, properties = {}) => tell({ name, properties }, speech, campaigns);

describe('tell', () => {
  it('says what was bought and for how much', () => {
    const properties = {
      value: 4730,
      currency: 'JPY',
      transaction_id: 'T-1',
      items: [{ item_name: '湯のみ' }, { item_name: '急須' }],
    };
    expect(told('purchase', properties)).toMatchObject({
      title: 'Purchased',
      detail: '2 items · ¥4,730 · order T-1',
      kind: 'goal',
    });
  });

  it('names the campaign, and says that control saw nothing', () => {
    expect(told('$impression', { campaign: 'nps', variant: 'a' })).toMatchObject({
      detail: 'NPS after a purchase',
      kind: 'message',
    });
    expect(told('$exposure', { campaign: 'gone', variant: 'control' }).detail).toBe(
      'gone · control, sees nothing',
    );
  });

  it('sets answers off and gives them with their question', () => {
    expect(told('$answer', { wording: 'Would you recommend us?', value: 9 })).toMatchObject({
      detail: 'Would you recommend us? → 9',
      kind: 'answer',
    });
  });

  it('leaves the origin out of the landing page', () => {
    const device = { type: 'mobile' };
    expect(told('$session_start', { landing: 'https://shop.example/a?x=1', device, new: true }).detail).toBe(
      '/a?x=1 · mobile · first visit',
    );
  });

  it('lists what a consent allows', () => {
    expect(told('$consent', { measure: true, survey: false }).detail).toBe('allowed: measurement');
    expect(told('$consent', { measure: false }).detail).toBe('nothing allowed');
  });

  it.each([
    ['items is no list', 'view_item', { items: 'x' }],
    ['an item is null', 'view_item', { items: [null] }],
    ['device is a string', '$session_start', { device: 'x' }],
    ['a value is an object', '$answer', { value: { a: 1 } }],
    ['the name is a property of Object', 'constructor', {}],
  ])('does not stumble when %s', (_case, name, properties) => {
    const { title, detail } = told(name, properties);
    expect(typeof title).toBe('string');
    expect(`${title}${detail}`).not.toMatch(/undefined|\[object|NaN/);
  });
});
