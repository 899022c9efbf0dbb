/** What somebody else said, so that another sentence can follow it. */
export function asSentence(text: string): string {
  return /[.!?…。！？]["')\]]?$/.test(text) ? text : `${text}.`;
}
