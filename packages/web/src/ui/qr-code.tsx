import { encode } from "uqr";

/** Modules of quiet zone around the code, which scanners need. */
const BORDER = 2;

/** A QR code as one path; dark on white in either theme, because many scanners need that. */
export function QrCode(props: { text: string; label: string }) {
  const code = () => encode(props.text, { ecc: "M", border: BORDER });
  const path = () =>
    code()
      .data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
      .join("");
  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${code().size} ${code().size}`}
      shape-rendering="crispEdges"
      class="size-52 rounded-md"
    >
      <rect width="100%" height="100%" fill="white" />
      <path d={path()} fill="black" />
    </svg>
  );
}
