// What the page needs besides what is drawn on it: a way past the navigation for the keyboard,
// the page's name as its first heading, and a new run when the reader turns to another theme,
// because the charts are drawn in the theme's ink.
function skip() {
  if (document.querySelector("a.skip-to-content")) return;
  const link = document.createElement("a");
  link.className = "skip-to-content";
  link.href = "#content";
  link.textContent = "Skip to the content";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const main = document.querySelector('[data-testid="stMain"]');
    if (!main) return;
    main.tabIndex = -1;
    main.focus();
  });
  // Before Streamlit's own root: the first thing that Tab finds.
  document.body.prepend(link);
}

export default function ({ parentElement, data, setTriggerValue }) {
  skip();
  const heading = parentElement.querySelector("h1");
  if (heading.textContent !== data.title) heading.textContent = data.title;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // Streamlit hears of the change as well, and tells the server of its theme with the next run.
  const turned = () => setTimeout(() => setTriggerValue("theme", String(dark.matches)), 250);
  dark.addEventListener("change", turned);
  return () => dark.removeEventListener("change", turned);
}
