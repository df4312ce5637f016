/** Lets the page have its turn: what a message takes is done in several short tasks, for the page must not wait for a long one. */
export const nextTurn = () => new Promise<void>((resolve) => void setTimeout(resolve));
