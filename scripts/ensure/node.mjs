import { Failure } from '../run.mjs';

/** The oldest Node that the tools and the collector run on; `engines` in package.json says the same. */
const OLDEST = [20, 19];

/** Throws a `Failure` of one sentence if this Node is older than 20.19. */
export function ensureNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const isOldEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  if (!isOldEnough) {
    throw new Failure(
      `Kikubari needs Node ${OLDEST.join('.')} or newer, and this is Node ${version}: install a newer one from https://nodejs.org and try again.`,
    );
  }
}
