const LONGEST = 200;

/**
 * Text from a gateway, some of it chosen by whoever asked it, as it can be shown on one line:
 * without control characters and marks that turn the direction of what follows.
 */
export function shown(text: string): string {
  const plain = [...text.replace(/[\p{C}\p{Z}]+/gu, " ").trim()];
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST).join("")}…` : plain.join("");
}
