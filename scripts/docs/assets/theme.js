// Runs before the first paint. The system decides between light and dark in the style sheet; only a choice made with
// Redoc's own switch has to be applied here, so that every page of the site follows it.
try {
  const chosen = localStorage.getItem("redoc.colorMode");
  if (chosen === "light" || chosen === "dark") document.documentElement.classList.add(chosen);
} catch {
  // Storage can be forbidden; then there is no choice to follow.
}
