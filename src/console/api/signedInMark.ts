/** That somebody signed in here before: no secret, only what spares a signed-out browser a request that must fail. */
const KEY = 'kikubari-console-signed-in';

/** True also where storage is refused, because then only asking can tell. */
export function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return true;
  }
}

export function rememberSignedIn(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(KEY, '1');
    else localStorage.removeItem(KEY);
  } catch {
    // Then the next start asks.
  }
}
