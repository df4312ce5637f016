/** One engine at a time, in Node or in a page: made ready, held to what is expected, and asked again and again. */
import { enginesWith } from './engines.mjs';
import { expected, RULES } from './shapes.mjs';

export function createContest(core) {
  const engines = enginesWith(core);
  const ready = {};
  return {
    names: Object.keys(engines),
    /** Makes it ready and asks it once: what a first visit pays. How many of the answers are wrong. */
    async begin(name) {
      const ask = (ready[name] = engines[name](RULES));
      const answers = await ask();
      return RULES.filter((rule, index) => answers[index] !== expected(rule)).length;
    },
    /** The same without looking at the answers. */
    async beginCold(name) {
      await (ready[name] = engines[name](RULES))();
    },
    /** Asks all rules so often. How many that were. */
    async ask(name, times) {
      for (let time = 0; time < times; time++) {
        const answers = ready[name]();
        if (answers.then) await answers;
      }
      return RULES.length * times;
    },
  };
}
