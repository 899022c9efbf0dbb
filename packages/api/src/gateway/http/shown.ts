const LONGEST = 200;

/**
 * Text from a gateway, in part chosen by an unknown device, as it can be shown on one line: without
 * control characters, and without marks that turn the direction of the text after them.
 */
export function shown(text: string): string {
  const plain = [...text.replace(/[\p{C}\p{Z}]+/gu, " ").trim()];
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST).join("")}…` : plain.join("");
}
