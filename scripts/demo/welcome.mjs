/** What the demo says once it listens: where everything is, and how to sign in. */
export function welcome({ url, dataDir, firstAdmin }) {
  return [
    '',
    `  Demo shop   ${url}/shop/`,
    `  Console     ${url}/console/`,
    ...(firstAdmin
      ? [
          `  Sign in as  ${firstAdmin.email}`,
          `  Password    ${firstAdmin.password}   (shown only now: write it down)`,
        ]
      : [
          '  Sign in as  admin@localhost, with the password shown at the first start; if it is lost, stop this and run',
          `              node src/collector/dist/kikubari.js password --data ${quoted(dataDir)}`,
        ]),
    `  Data        ${dataDir}`,
    '',
    '  Ctrl-C stops it; nothing is lost.',
    '',
  ].join('\n');
}

/** As a shell takes it for one word. */
function quoted(path) {
  return /^[\w./:\\-]+$/.test(path) ? path : `"${path}"`;
}
