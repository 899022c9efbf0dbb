/** A foreign message, punctuated so that another sentence can follow. */
export function asSentence(text: string): string {
  return /[.!?…。！？]["')\]]?$/.test(text) ? text : `${text}.`;
}
