/** What a page has before all else: the armed point, and ears for what our script lets out. Tabs within it share them. */
(() => {
  const query = new URLSearchParams(location.search);
  const isTab = window.parent !== window;
  const planted = isTab
    ? window.parent.planted
    : { armed: Number(query.get('point')), passed: 0, calls: 0, seen: new Set(), errors: [], at };
  globalThis.planted = planted;
  function at(point) {
    planted.calls += 1;
    if (!planted.seen.has(point)) {
      planted.seen.add(point);
      // What is passed while the page goes is told by the next one.
      if (planted.isLeaving) sessionStorage.setItem('leaving', JSON.stringify([...planted.seen]));
    }
    if (point !== planted.armed) return;
    planted.passed += 1;
    throw new Error(`planted ${point}`);
  }
  addEventListener('error', ({ message }) => planted.errors.push(message));
  addEventListener('unhandledrejection', ({ reason }) => planted.errors.push(`rejected: ${reason}`));
  if (!isTab) addEventListener('pagehide', ({ isTrusted }) => (planted.isLeaving ||= isTrusted), true);
})();
