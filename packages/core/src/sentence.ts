/** The last line of a program's output, usually the cause of its failure. */
export function lastLine(output: string): string {
  return output.trim().split("\n").at(-1)?.trim() || "it gave no reason";
}

/** A foreign message, punctuated so that another sentence can follow. */
export function asSentence(text: string): string {
  return /[.!?…。！？]["')\]]?$/.test(text) ? text : `${text}.`;
}
