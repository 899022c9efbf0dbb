/** Full-width punctuation brings its own space. */
const WIDE_END = /[。！？；：，、）】」』]$/u;

/** Sentences as one text, in the spacing of their language; empty ones are left out. */
export function joinSentences(...sentences: readonly string[]): string {
  const [first = "", ...others] = sentences.filter((sentence) => sentence !== "");
  return others.reduce((text, next) => `${text}${WIDE_END.test(text) ? "" : " "}${next}`, first);
}
