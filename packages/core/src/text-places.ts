/** A place in a text, counted from 1 as in editors. */
export interface Place {
  line: number;
  column: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The offsets at which the lines of `text` begin. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const ends =
      code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED);
    if (ends) starts.push(at + 1);
  }
  return starts;
}

/** Reads `text` once; the result gives the offset of a place without reading it again. */
export function offsetsIn(text: string): (place: Place) => number {
  const starts = lineStarts(text);
  return ({ line, column }) => (starts[line - 1] ?? text.length) + column - 1;
}

/** Reads `text` once; the result gives the place of an offset without reading it again. */
export function placesIn(text: string): (offset: number) => Place {
  const starts = lineStarts(text);
  return (offset) => {
    // Halves the lines in question: the offset lies at or after `first`, before `beyond`.
    let first = 0;
    let beyond = starts.length;
    while (beyond - first > 1) {
      const middle = (first + beyond) >> 1;
      if ((starts[middle] ?? 0) <= offset) first = middle;
      else beyond = middle;
    }
    return { line: first + 1, column: offset - (starts[first] ?? 0) + 1 };
  };
}
