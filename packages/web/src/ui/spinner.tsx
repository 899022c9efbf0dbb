/**
 * Hidden from screen readers: the surrounding control or region is `aria-busy` or has live text.
 */
export function Spinner(props: { class?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      aria-hidden="true"
      class={`shrink-0 animate-spin ${props.class ?? ""}`}
    >
      <path d="M8 2a6 6 0 1 1-5.700 4.100" />
    </svg>
  );
}
