/** The kinds of visits. A host does the same business in all of them; between them they come by nearly every point. */
import { callVisits } from './callVisits.mjs';
import { deliveryVisits } from './deliveryVisits.mjs';
import { messageVisits } from './messageVisits.mjs';
import { pastVisits } from './pastVisits.mjs';
import { surveyVisits } from './surveyVisits.mjs';

const all = { ...callVisits, ...deliveryVisits, ...messageVisits, ...surveyVisits, ...pastVisits };
for (const [name, scenario] of Object.entries(all)) {
  scenario.name = name;
  const text = String(scenario.run);
  // A method's text is an arrow function's but for its beginning.
  scenario.run = text
    .replace(/^async run\(host\)/, 'async (host) =>')
    .replace(/^async function \w+/, 'async function');
}

export const scenarios = all;
