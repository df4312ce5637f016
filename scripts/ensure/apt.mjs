import { run } from '../run.mjs';

/** True if `installWithApt` can do anything here: Debian and its kin, as root. */
export async function hasApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return (await run('apt-get', ['--version'], { quiet: true })).code === 0;
}

/** Installs the packages with what they need; resolves what apt-get said if it could not. */
export async function installWithApt(packages) {
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, quiet: true };
  await run('apt-get', ['update'], options);
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  const { code, output } = await run('apt-get', args, options);
  return code === 0 ? undefined : output.trim().split('\n').slice(-5).join('\n');
}
