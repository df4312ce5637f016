#!/usr/bin/env node
import { ClearError, messageOf } from './clearError.js';
import { runCommand } from './cli/command.js';

try {
  process.exitCode = await runCommand(process.argv.slice(2));
} catch (error) {
  const text = error instanceof ClearError ? error.message : `Kikubari failed: ${messageOf(error)}`;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
