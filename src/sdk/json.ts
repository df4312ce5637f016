/** As they were when this script loaded; for whom see `pristine.ts`. */
export const { stringify, parse } = JSON;
