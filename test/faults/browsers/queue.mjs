/** Texts for whoever asks: each goes to one response, and each response gets one. */
export function createQueue() {
  const texts = [];
  let waiting;
  const serve = () => {
    if (!waiting || texts.length === 0) return;
    waiting.end(texts.shift());
    waiting = undefined;
  };
  return {
    put(text) {
      texts.push(text);
      serve();
    },
    take(response) {
      waiting = response;
      serve();
      return response;
    },
  };
}
