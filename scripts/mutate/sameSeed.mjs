/** The first failing case is enough, and the next run shall find the same. */
import fc from 'fast-check';

fc.configureGlobal({ endOnFailure: true, seed: 20261126 });
