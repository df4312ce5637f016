declare const __VERSION__: string;

/** The SDK's version; the build writes it in. */
export const VERSION: string = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0';
