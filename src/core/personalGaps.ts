/** What is found where the user's facts should be while they are not known. */
export const PERSONAL_GAPS = {
  nobody: 'unknown: nobody is identified',
  notHere: 'unknown: no facts of this user are here',
};

/** What is found in place of a fact of the device that the log does not have. */
export const NOT_TOLD = 'unknown: the device has not told it';
