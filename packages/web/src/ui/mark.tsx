/** Three marks of a claw, as in the favicon. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true" class="shrink-0">
      <rect width="32" height="32" rx="8" class="fill-accent" />
      <path
        d="M9 8.500c0 6 1.500 9.500 4 15M16 7v17M23 8.500c0 6-1.500 9.500-4 15"
        fill="none"
        class="stroke-on-accent"
        stroke-width="3"
        stroke-linecap="round"
      />
    </svg>
  );
}
