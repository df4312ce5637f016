/** What is found where the user's facts should be while they are not known. */
export const PERSONAL_GAPS = {
  nobody: 'unknown: nobody is identified',
  notHere: 'unknown: no facts of this user are here',
};
