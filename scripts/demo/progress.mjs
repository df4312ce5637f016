/** Shows how far the replay is: a bar that moves on a terminal, five lines at most anywhere else. */
export function createProgress(stream) {
  let fifthsSaid = 0;
  return (sent, all) => {
    const line = `  Synthetic visits ${bar(sent / all)} ${sent} of ${all}`;
    if (stream.isTTY) return void stream.write(`\r${line}`);
    // Not by the count alone: with several visits under way one count comes more than once, another never.
    const fifths = sent === all ? 5 : Math.floor(sent / Math.ceil(all / 5));
    if (fifths > fifthsSaid) stream.write(`${line}\n`);
    fifthsSaid = Math.max(fifths, fifthsSaid);
  };
}

function bar(share) {
  const done = Math.floor(share * 30);
  return '█'.repeat(done) + '░'.repeat(30 - done);
}
