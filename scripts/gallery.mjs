/** `npm run gallery`: every message, theme and language, to choose from. `PORT` says where. */
import { buildSdk } from './build.mjs';
import { ensureDependencies, ensureNode } from './ensure.mjs';
import { Failure, runMain } from './run.mjs';

await runMain(async () => {
  ensureNode();
  await ensureDependencies();
  await buildSdk();
  const { serveGallery } = await import('./gallery/server.mjs');
  const port = Number(process.env.PORT ?? 4300);
  const { origin } = await serveGallery({ port }).catch((error) => {
    throw error.code === 'EADDRINUSE'
      ? new Failure(`Port ${port} is taken; say another one with PORT=4301 npm run gallery`)
      : error;
  });
  console.log(`\nThe gallery: ${origin}/\n`);
  await new Promise(() => {});
});
