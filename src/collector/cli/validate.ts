import { ClearError } from '../clearError.js';
import { checkCampaignFiles } from './campaignFiles.js';

/** `kikubari validate FILE...`, files of one site: 0 if every file is good (warnings do not count), else 1. */
export async function validate(files: readonly string[]): Promise<number> {
  if (files.length === 0) throw new ClearError('Which file? Use: kikubari validate FILE...');
  let isGood = true;
  for (const { file, errors, warnings, content } of await checkCampaignFiles(files)) {
    for (const line of errors) process.stderr.write(`error: ${line}\n`);
    for (const line of warnings) process.stderr.write(`warning: ${line}\n`);
    if (content) process.stdout.write(`${file}: good, ${content.campaigns.length} campaign(s)\n`);
    isGood &&= errors.length === 0;
  }
  return isGood ? 0 : 1;
}
