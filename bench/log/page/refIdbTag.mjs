/** The bare write-behind as a page loads it: opens its database, records one view, sends it. */
import { start } from './refIdb.mjs';

void start(document.querySelector('script[data-endpoint]').dataset.endpoint).track('page_view', {
  title: document.title,
});
