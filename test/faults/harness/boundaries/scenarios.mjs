/** The kinds of visits. A host does the same business in all of them; between them they come by nearly every point. */
import { callVisits } from './callVisits.mjs';
import { collectorVisits } from './collectorVisits.mjs';
import { conditionVisits } from './conditionVisits.mjs';
import { databaseVisits } from './databaseVisits.mjs';
import { formatVisits } from './formatVisits.mjs';
import { liveVisits } from './liveVisits.mjs';
import { messageVisits } from './messageVisits.mjs';
import { pageVisits } from './pageVisits.mjs';
import { pastVisits } from './pastVisits.mjs';
import { personalVisits } from './personalVisits.mjs';
import { ruleVisits } from './ruleVisits.mjs';
import { surveyVisits } from './surveyVisits.mjs';

const all = {
  ...callVisits,
  ...collectorVisits,
  ...conditionVisits,
  ...databaseVisits,
  ...formatVisits,
  ...liveVisits,
  ...messageVisits,
  ...pageVisits,
  ...pastVisits,
  ...personalVisits,
  ...ruleVisits,
  ...surveyVisits,
};
for (const [name, scenario] of Object.entries(all)) {
  scenario.name = name;
  const text = String(scenario.run);
  // A method's text is an arrow function's but for its beginning.
  scenario.run = text
    .replace(/^async run\(host\)/, 'async (host) =>')
    .replace(/^async function \w+/, 'async function');
}

export const scenarios = all;
