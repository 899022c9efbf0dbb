// Runs before the first paint, so that a chosen theme does not flash. Not inline: the content
// security policy allows scripts of this origin only.
try {
  const root = document.documentElement;
  const theme = localStorage.getItem("claw.theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (localStorage.getItem("claw.language") === "en") root.lang = "en";
} catch {
  // Storage is forbidden: the system's theme and the browser's language apply.
}
